"""The HLS playlists over a set (RFC 8216), written by us: the muxer's own state bandwidths far too low.

Every URI is relative, so that the playlists play under any prefix.
"""

from math import ceil

from showsondemand.adapters.transcoder.cmaf_set import CmafSet, SetAudio, SetRendition, SetSubtitle
from showsondemand.adapters.transcoder.languages import CLOSED_CAPTIONS_LABEL, UNDETERMINED
from showsondemand.adapters.transcoder.segments import SegmentedStream

_VERSION = "#EXT-X-VERSION:7"
_SUBTITLES = "subtitles"
_CLOSED_CAPTIONS = "captions"
_AUDIO_GROUPS = {2: "stereo", 6: "surround"}


def media_playlist(stream: SegmentedStream) -> str:
    """The playlist of one rendition's or sound track's segments."""
    lines = [
        "#EXTM3U",
        _VERSION,
        f"#EXT-X-TARGETDURATION:{stream.target_seconds}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{stream.init}"',
    ]
    for segment in stream.segments:
        lines += [f"#EXTINF:{stream.seconds_of(segment):.6f},", segment.file]
    return _text([*lines, "#EXT-X-ENDLIST"])


def subtitle_playlist_text(subtitle: SetSubtitle, duration_seconds: float) -> str:
    """The playlist of one text track: a single segment as long as the film."""
    return _text(
        [
            "#EXTM3U",
            _VERSION,
            f"#EXT-X-TARGETDURATION:{max(1, ceil(duration_seconds))}",
            "#EXT-X-PLAYLIST-TYPE:VOD",
            f"#EXTINF:{duration_seconds:.6f},",
            subtitle.file,
            "#EXT-X-ENDLIST",
        ]
    )


def master_playlist(cmaf: CmafSet) -> str:
    """The playlist of all renditions, each once for every kind of sound (stereo, 5.1)."""
    lines = ["#EXTM3U", _VERSION, "#EXT-X-INDEPENDENT-SEGMENTS"]
    groups = _audio_groups(cmaf)
    for name, tracks in groups.items():
        lines += [_audio_line(name, track, default=track is tracks[0]) for track in tracks]
    lines += [_subtitle_line(subtitle) for subtitle in cmaf.subtitles]
    lines += [_closed_captions_line()] if cmaf.closed_captions else []
    for group in groups or {"": ()}:
        for rendition in cmaf.renditions:
            lines += [_variant_line(cmaf, rendition, group, groups.get(group, ())), rendition.playlist]
    return _text(lines)


def _audio_groups(cmaf: CmafSet) -> dict[str, tuple[SetAudio, ...]]:
    """A group for each number of channels; a language that lacks it stands in with what it has."""
    by_channels = cmaf.audio_by_channels()
    fewest = next(iter(by_channels.values()), ())
    groups = {}
    for channels, tracks in by_channels.items():
        in_group = {track.track.index: track for track in (*fewest, *tracks)}
        groups[_AUDIO_GROUPS[channels]] = tuple(in_group.values())
    return groups


def _audio_line(group: str, audio: SetAudio, *, default: bool) -> str:
    attributes = [
        "TYPE=AUDIO",
        f'GROUP-ID="{group}"',
        f'NAME="{audio.track.label}"',
        *_language(audio.track.language),
        f"DEFAULT={_yes(default)}",
        "AUTOSELECT=YES",
        f'CHANNELS="{audio.track.channels}"',
        f'URI="{audio.playlist}"',
    ]
    return f"#EXT-X-MEDIA:{','.join(attributes)}"


def _subtitle_line(subtitle: SetSubtitle) -> str:
    attributes = [
        "TYPE=SUBTITLES",
        f'GROUP-ID="{_SUBTITLES}"',
        f'NAME="{subtitle.track.label}"',
        *_language(subtitle.track.language),
        "DEFAULT=NO",
        "AUTOSELECT=YES",
        f"FORCED={_yes(subtitle.track.forced)}",
        f'URI="{subtitle.playlist}"',
    ]
    return f"#EXT-X-MEDIA:{','.join(attributes)}"


def _closed_captions_line() -> str:
    """Of the four channels that frames may carry, the first: the others are hardly ever used, and in no header."""
    attributes = [
        "TYPE=CLOSED-CAPTIONS",
        f'GROUP-ID="{_CLOSED_CAPTIONS}"',
        f'NAME="{CLOSED_CAPTIONS_LABEL}"',
        "DEFAULT=NO",
        "AUTOSELECT=YES",
        'INSTREAM-ID="CC1"',
    ]
    return f"#EXT-X-MEDIA:{','.join(attributes)}"


def _variant_line(cmaf: CmafSet, rendition: SetRendition, group: str, audio: tuple[SetAudio, ...]) -> str:
    """The heaviest sound track of the group counts into the bandwidths: any of them may be chosen."""
    codecs = [rendition.stream.codecs, *dict.fromkeys(track.stream.codecs for track in audio)]
    peak = rendition.stream.peak_bits + max((track.stream.peak_bits for track in audio), default=0)
    average = rendition.stream.average_bits + max((track.stream.average_bits for track in audio), default=0)
    attributes = [
        f"BANDWIDTH={peak}",
        f"AVERAGE-BANDWIDTH={average}",
        f'CODECS="{",".join(codecs)}"',
        f"RESOLUTION={rendition.rung.width}x{rendition.rung.height}",
        f"FRAME-RATE={float(cmaf.frame_rate):.3f}",
        "VIDEO-RANGE=SDR",
    ]
    if group:
        attributes.append(f'AUDIO="{group}"')
    if cmaf.subtitles:
        attributes.append(f'SUBTITLES="{_SUBTITLES}"')
    if cmaf.closed_captions:
        attributes.append(f'CLOSED-CAPTIONS="{_CLOSED_CAPTIONS}"')
    return f"#EXT-X-STREAM-INF:{','.join(attributes)}"


def _language(tag: str) -> list[str]:
    return [] if tag == UNDETERMINED else [f'LANGUAGE="{tag}"']


def _yes(answer: bool) -> str:  # noqa: FBT001 - YES or NO of a playlist is exactly a boolean
    return "YES" if answer else "NO"


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
