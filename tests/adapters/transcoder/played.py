"""A set as a player sees it: a media playlist's segments are put together, decoded and measured."""

import io
from array import array
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import av
import m3u8

_RANGES = {0: "untold", 1: "tv", 2: "full"}


@dataclass(frozen=True)
class PlayedPicture:
    """One rendition, decoded: times in seconds, lightness 0 to 255 of each frame,
    ``formats`` the kinds of pixel and their range."""

    times: list[float]
    lightness: list[float]
    sizes: set[tuple[int, int]]
    key_times: list[float]
    formats: set[tuple[str, str]]

    @property
    def frame_seconds(self) -> float:
        return (self.times[-1] - self.times[0]) / max(1, len(self.times) - 1)

    @property
    def seconds(self) -> float:
        return self.times[-1] - self.times[0] + self.frame_seconds


@dataclass(frozen=True)
class PlayedSound:
    """One sound track, decoded: ``loudness`` of each millisecond, 0 to 1, from ``start_seconds`` on."""

    start_seconds: float
    channels: int
    seconds: float
    first_channel: "array[float]"
    sample_rate: int

    @cached_property
    def loudness(self) -> list[float]:
        """The loudest sample of each millisecond."""
        step = self.sample_rate // 1000
        starts = range(0, len(self.first_channel), step)
        return [max(map(abs, self.first_channel[start : start + step])) for start in starts]


def whole_stream(folder: Path, playlist: str) -> io.BytesIO:
    """The header and all segments that the playlist lists, in a row."""
    listed = m3u8.load(str(folder / playlist))
    names = [listed.segment_map[0].uri, *(segment.uri for segment in listed.segments)]
    return io.BytesIO(b"".join((folder / name).read_bytes() for name in names))


@cache
def play_picture(folder: Path, playlist: str) -> PlayedPicture:
    with av.open(whole_stream(folder, playlist), mode="r") as container:
        frames = list(container.decode(container.streams.video[0]))
    return PlayedPicture(
        times=[frame.time for frame in frames],
        lightness=[_lightness(frame) for frame in frames],
        sizes={(frame.width, frame.height) for frame in frames},
        formats={(frame.format.name, _RANGES[frame.color_range]) for frame in frames},
        key_times=[frame.time for frame in frames if frame.key_frame],
    )


@cache
def play_sound(folder: Path, playlist: str) -> PlayedSound:
    with av.open(whole_stream(folder, playlist), mode="r") as container:
        stream = container.streams.audio[0]
        frames = [frame for frame in container.decode(stream) if frame.time is not None]
        channels = stream.codec_context.channels
        rate = stream.codec_context.sample_rate
    last = frames[-1]
    first_channel = array("f", b"".join(bytes(frame.planes[0])[: 4 * frame.samples] for frame in frames))
    return PlayedSound(
        start_seconds=float(frames[0].time or 0),
        channels=channels,
        seconds=float(last.time or 0) + last.samples / last.sample_rate,
        first_channel=first_channel,
        sample_rate=rate,
    )


def _lightness(frame: av.VideoFrame) -> float:
    """The mean of the luma plane, of every seventh line of it."""
    plane, luma = frame.planes[0], bytes(frame.planes[0])
    lines = [luma[row * plane.line_size :][: frame.width] for row in range(0, frame.height, 7)]
    return sum(map(sum, lines)) / (len(lines) * frame.width)
