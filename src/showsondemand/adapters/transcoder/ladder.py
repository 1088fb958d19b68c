"""Which renditions a film gets: the one table of qualities, and the rungs of it that a given film can fill.

Sizes and bitrates are those of the common H.264 ladder for streaming video (Apple's "HLS Authoring
Specification for Apple Devices", section 1.5, and the AWS "Video on Demand" solution list the same steps).
Ours sit at the low end of their ranges, because constant quality decides and the bitrate is only a ceiling.
Above 1080p H.264 costs four times the work for a picture that few screens show: those rungs are there, but
not climbed by default.
"""

from dataclasses import dataclass

from showsondemand.adapters.transcoder.port import VideoStream

TALLEST_BY_DEFAULT = 1080


@dataclass(frozen=True)
class Quality:
    """A line of the table. ``height`` counts along the short side; ``crf`` is x264's constant rate factor."""

    height: int
    crf: int
    most_kilobits: int


@dataclass(frozen=True)
class Rung:
    """One rendition to encode: its exact size in pixels, quality, and the ceiling of its bitrate."""

    width: int
    height: int
    crf: int
    most_kilobits: int


LADDER = (
    Quality(2160, 22, 14_000),
    Quality(1440, 22, 8_500),
    Quality(1080, 22, 5_000),
    Quality(720, 22, 2_800),
    Quality(480, 23, 1_400),
    Quality(360, 23, 800),
    Quality(240, 24, 400),
)

# A rung that is nearly as tall as the one above it costs work and storage and looks the same.
_CLOSEST_RUNGS = 0.9

# Bits grow more slowly than pixels: the power is the usual rule of thumb for one film in several sizes.
_BITS_PER_PIXELS_POWER = 0.75
# How many bits H.264 needs for the picture that the source's codec holds in one.
_BITS_FOR_ONE = {"hevc": 1.6, "vp9": 1.6, "av1": 2.0, "libdav1d": 2.0}
_LEAST_KILOBITS = 64


def rungs_for(video: VideoStream, tallest: int = TALLEST_BY_DEFAULT) -> tuple[Rung, ...]:
    """The rungs for a film, tallest first, at least one; nothing is scaled up.

    The top rung is the film's own size (``tallest`` at most, along the short side), then every line of the
    table that is clearly lower. Sides are even, as 4:2:0 asks. No ceiling is above what the source spends.
    """
    short_side = min(video.display_width, video.display_height)
    top = min(short_side, tallest)
    heights = [top, *(quality.height for quality in LADDER if quality.height <= top * _CLOSEST_RUNGS)]
    return tuple(_rung(video, height / short_side, _quality_at(height)) for height in heights)


def _quality_at(height: int) -> Quality:
    """The lowest line of the table that is at least this tall."""
    return min((quality for quality in LADDER if quality.height >= height), key=lambda q: q.height)


def _rung(video: VideoStream, scale: float, quality: Quality) -> Rung:
    spent = video.kilobits * _BITS_FOR_ONE.get(video.codec, 1.0) * scale ** (2 * _BITS_PER_PIXELS_POWER)
    return Rung(
        width=_even(video.display_width, scale),
        height=_even(video.display_height, scale),
        crf=quality.crf,
        most_kilobits=max(_LEAST_KILOBITS, int(min(quality.most_kilobits, spent))),
    )


def _even(pixels: int, scale: float) -> int:
    """The nearest even size; the film's own odd side loses its last line rather than gain one."""
    return max(2, min(round(pixels * scale / 2), pixels // 2) * 2)
