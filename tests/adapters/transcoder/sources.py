"""Films that exist only as what a probe would say of them."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from showsondemand.adapters.transcoder.port import (
    AudioStream,
    SourceProbe,
    SubtitleStream,
    Transfer,
    VideoStream,
)

_VIDEO = VideoStream(
    index=0,
    codec="h264",
    width=1920,
    height=1080,
    display_width=1920,
    display_height=1080,
    rotation_degrees=0,
    frame_rate=Fraction(25),
    steady=True,
    interlaced=False,
    pixel_format="yuv420p",
    transfer=Transfer.SDR,
    wide_gamut=False,
    tagged_matrix=True,
    closed_captions=False,
    start_seconds=0.0,
    end_seconds=60.0,
    kilobits=20_000,
)
_AUDIO = AudioStream(
    index=1,
    codec="aac",
    channels=2,
    sample_rate=48_000,
    language="und",
    title="",
    default=False,
    commentary=False,
    start_seconds=0.0,
    end_seconds=60.0,
)
_SUBTITLE = SubtitleStream(
    index=5, codec="subrip", language="und", title="", default=False, forced=False, hearing_impaired=False
)


def a_picture(**changes: Any) -> VideoStream:
    """1080p at 25 frames a second for a minute; a changed size is also the size it is seen at."""
    for side in ("width", "height"):
        if side in changes:
            changes.setdefault(f"display_{side}", changes[side])
    return replace(_VIDEO, **changes)


def a_sound(**changes: Any) -> AudioStream:
    return replace(_AUDIO, **changes)


def a_text(**changes: Any) -> SubtitleStream:
    return replace(_SUBTITLE, **changes)


def a_film(
    video: VideoStream = _VIDEO,
    audio: tuple[AudioStream, ...] = (),
    subtitles: tuple[SubtitleStream, ...] = (),
) -> SourceProbe:
    return SourceProbe(
        format="mov",
        size_bytes=1_000_000,
        duration_seconds=max(video.end_seconds, *(stream.end_seconds for stream in audio), 0.0),
        video=video,
        audio=audio,
        subtitles=subtitles,
    )
