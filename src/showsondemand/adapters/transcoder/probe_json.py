"""What the probe's child process and its parent say to each other: a probe as JSON, and one exit code."""

from dataclasses import asdict
from fractions import Fraction
from typing import Any

from showsondemand.adapters.transcoder.port import (
    AudioStream,
    SourceProbe,
    SubtitleStream,
    Transfer,
    VideoStream,
)

# sysexits.h, EX_SOFTWARE: the child came to look at the file, and something in it gave way.
BROKE_ON_THE_FILE = 70


def to_json(probe: SourceProbe) -> dict[str, Any]:
    """Only what JSON knows: the frame rate becomes the text ``30000/1001``."""
    written = asdict(probe)
    written["video"]["frame_rate"] = str(probe.video.frame_rate)
    return written


def from_json(written: dict[str, Any]) -> SourceProbe:
    """The probe that ``to_json`` wrote. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for all else."""
    video = dict(written["video"])
    video["frame_rate"] = Fraction(video["frame_rate"])
    video["transfer"] = Transfer(video["transfer"])
    return SourceProbe(
        format=written["format"],
        size_bytes=written["size_bytes"],
        duration_seconds=written["duration_seconds"],
        video=VideoStream(**video),
        audio=tuple(AudioStream(**stream) for stream in written["audio"]),
        subtitles=tuple(SubtitleStream(**stream) for stream in written["subtitles"]),
    )
