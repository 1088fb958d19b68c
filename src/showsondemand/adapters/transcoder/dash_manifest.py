"""The DASH manifest over a set (ISO/IEC 23009-1), written by us from the segments that the playlists list."""

from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from showsondemand.adapters.transcoder.cmaf_set import CmafSet, SetAudio, SetSubtitle
from showsondemand.adapters.transcoder.languages import UNDETERMINED
from showsondemand.adapters.transcoder.plan import SEGMENT_SECONDS
from showsondemand.adapters.transcoder.segments import Segment, SegmentedStream
from showsondemand.adapters.transcoder.set_names import INIT_TEMPLATE, SEGMENT_TEMPLATE

_SCHEMA = "urn:mpeg:dash:schema:mpd:2011"
_LIVE_PROFILE = "urn:mpeg:dash:profile:isoff-live:2011"  # segment templates; ``type`` says that it is over
_ROLE = "urn:mpeg:dash:role:2011"
_CLOSED_CAPTIONS = "urn:scte:dash:cc:cea-608:2015"  # ANSI/SCTE 214-1
# ISO/IEC 23091-3, ChannelConfiguration: 2 is stereo, 6 is 5.1, so that both are their number of channels.
_CHANNELS = "urn:mpeg:mpegB:cicp:ChannelConfiguration"


def manifest(cmaf: CmafSet) -> str:
    """The whole MPD: a set for the pictures, one for each sound track and one for each text track."""
    root = ET.Element(
        "MPD",
        {
            "xmlns": _SCHEMA,
            "profiles": _LIVE_PROFILE,
            "type": "static",
            "mediaPresentationDuration": _duration(cmaf.duration_seconds),
            "minBufferTime": f"PT{SEGMENT_SECONDS}S",
        },
    )
    period = ET.SubElement(root, "Period", {"id": "0", "start": "PT0S"})
    _video_set(period, cmaf)
    for audio in cmaf.audio:
        _audio_set(period, audio)
    for subtitle in cmaf.subtitles:
        _subtitle_set(period, subtitle)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _video_set(period: ET.Element, cmaf: CmafSet) -> None:
    """Renditions share one timeline: ``verification`` has seen that their segments begin together."""
    video = _set(period, "video", "video/mp4")
    if cmaf.closed_captions:
        ET.SubElement(video, "Accessibility", {"schemeIdUri": _CLOSED_CAPTIONS, "value": "CC1"})
    _segments(video, cmaf.renditions[0].stream)
    for rendition in cmaf.renditions:
        ET.SubElement(
            video,
            "Representation",
            {
                "id": str(rendition.stream.number),
                "codecs": rendition.stream.codecs,
                "bandwidth": str(rendition.stream.peak_bits),
                "width": str(rendition.rung.width),
                "height": str(rendition.rung.height),
                "frameRate": str(cmaf.frame_rate),
                "sar": "1:1",
            },
        )


def _audio_set(period: ET.Element, audio: SetAudio) -> None:
    sound = _set(period, "audio", "audio/mp4", audio.track.language)
    role = "main" if audio.track.default else "alternate"
    ET.SubElement(sound, "Label").text = audio.track.label
    ET.SubElement(sound, "Role", {"schemeIdUri": _ROLE, "value": role})
    _segments(sound, audio.stream)
    representation = ET.SubElement(
        sound,
        "Representation",
        {
            "id": str(audio.stream.number),
            "codecs": audio.stream.codecs,
            "bandwidth": str(audio.stream.peak_bits),
            "audioSamplingRate": "48000",
        },
    )
    channels = {"schemeIdUri": _CHANNELS, "value": str(audio.track.channels)}
    ET.SubElement(representation, "AudioChannelConfiguration", channels)


def _subtitle_set(period: ET.Element, subtitle: SetSubtitle) -> None:
    text = ET.SubElement(period, "AdaptationSet", {"contentType": "text", "mimeType": "text/vtt"})
    if subtitle.track.language != UNDETERMINED:
        text.set("lang", subtitle.track.language)
    role = "forced-subtitle" if subtitle.track.forced else "subtitle"
    ET.SubElement(text, "Label").text = subtitle.track.label
    ET.SubElement(text, "Role", {"schemeIdUri": _ROLE, "value": role})
    name = subtitle.file.removesuffix(".vtt")
    representation = ET.SubElement(text, "Representation", {"id": name, "bandwidth": "256"})
    ET.SubElement(representation, "BaseURL").text = subtitle.file


def _set(period: ET.Element, content: str, mime_type: str, language: str = UNDETERMINED) -> ET.Element:
    made = ET.SubElement(
        period,
        "AdaptationSet",
        {"contentType": content, "mimeType": mime_type, "segmentAlignment": "true", "startWithSAP": "1"},
    )
    if language != UNDETERMINED:
        made.set("lang", language)
    return made


def _segments(made: ET.Element, stream: SegmentedStream) -> None:
    template = ET.SubElement(
        made,
        "SegmentTemplate",
        {
            "timescale": str(stream.timescale),
            "initialization": INIT_TEMPLATE,
            "media": SEGMENT_TEMPLATE,
            "startNumber": "1",
        },
    )
    timeline = ET.SubElement(template, "SegmentTimeline")
    for position, (ticks, count) in enumerate(_runs(stream.segments)):
        step = ET.SubElement(timeline, "S", {"t": str(stream.start_ticks)} if position == 0 else {})
        step.set("d", str(ticks))
        if count > 1:
            step.set("r", str(count - 1))


def _runs(segments: Iterable[Segment]) -> list[tuple[int, int]]:
    """Segments of one length in a row, as that length and how many they are."""
    return [(ticks, len(list(run))) for ticks, run in groupby(segments, key=lambda segment: segment.ticks)]


def _duration(seconds: float) -> str:
    return f"PT{seconds:.6f}S"
