"""The pictures that MediaConvert takes from a film: small ones for the storyboard, a few large ones for the poster."""

from typing import Any

from showsondemand.adapters.transcoder.plan import Plan
from showsondemand.adapters.transcoder.storyboard import timestamp

_FRAMES, _SMALL, _LARGE = "frame", "_small", "_poster"
# What the names of the large ones begin with.
POSTERS = f"{_FRAMES}{_LARGE}"
_POSTERS = 10
_JPEG_QUALITY = 80
_Json = dict[str, Any]


def storyboard_vtt(plan: Plan) -> str:
    """A cue for each small picture; their counter begins with 0."""
    step = plan.storyboard.interval_seconds
    cues = ["WEBVTT"]
    for number in range(plan.storyboard.pictures):
        begin, end = number * step, min((number + 1) * step, plan.duration_seconds)
        cues.append(f"{timestamp(begin)} --> {timestamp(end)}\n{_FRAMES}{_SMALL}.{number:07d}.jpg")
    return "\n\n".join(cues) + "\n"


def pictures_group(folder: str, plan: Plan) -> _Json:
    """Small pictures for the storyboard, and ten large ones to choose the poster of: events name the last alone."""
    board = plan.storyboard
    apart = max(1, int(plan.duration_seconds / _POSTERS))
    return {
        "Name": "Pictures",
        "OutputGroupSettings": {
            "Type": "FILE_GROUP_SETTINGS",
            "FileGroupSettings": {"Destination": f"{folder}/{_FRAMES}"},
        },
        "Outputs": [
            _frames(_SMALL, board.tile_width, board.tile_height, board.interval_seconds),
            _frames(_LARGE, plan.poster_width, plan.poster_height, apart, most=_POSTERS),
        ],
    }


def _frames(modifier: str, width: int, height: int, seconds: int, most: int = 10_000_000) -> _Json:
    return {
        "NameModifier": modifier,
        "ContainerSettings": {"Container": "RAW"},
        "VideoDescription": {
            "Width": width,
            "Height": height,
            "CodecSettings": {
                "Codec": "FRAME_CAPTURE",
                "FrameCaptureSettings": {
                    "FramerateNumerator": 1,
                    "FramerateDenominator": seconds,
                    "MaxCaptures": most,
                    "Quality": _JPEG_QUALITY,
                },
            },
        },
    }
