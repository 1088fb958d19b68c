"""A set as a player sees it: a media playlist's segments are put together, decoded and measured."""

import io
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import m3u8


@dataclass(frozen=True)
class PlayedPicture:
    """One rendition, decoded: times in seconds, lightness 0 to 255 of each frame."""

    times: list[float]
    lightness: list[float]
    sizes: set[tuple[int, int]]
    key_times: list[float]

    @property
    def frame_seconds(self) -> float:
        return (self.times[-1] - self.times[0]) / max(1, len(self.times) - 1)

    @property
    def seconds(self) -> float:
        return self.times[-1] - self.times[0] + self.frame_seconds


@dataclass(frozen=True)
class PlayedSound:
    """One sound track, decoded: ``loudness`` of each frame of sound, 0 to 1, beginning at ``times``."""

    times: list[float]
    loudness: list[float]
    channels: int
    seconds: float


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
        key_times=[frame.time for frame in frames if frame.key_frame],
    )


@cache
def play_sound(folder: Path, playlist: str) -> PlayedSound:
    with av.open(whole_stream(folder, playlist), mode="r") as container:
        stream = container.streams.audio[0]
        frames = [frame for frame in container.decode(stream) if frame.time is not None]
        channels = stream.codec_context.channels
    last = frames[-1]
    return PlayedSound(
        times=[float(frame.time or 0) for frame in frames],
        loudness=[_loudness(frame) for frame in frames],
        channels=channels,
        seconds=float(last.time or 0) + last.samples / last.sample_rate,
    )


def _lightness(frame: av.VideoFrame) -> float:
    """The mean of the luma plane, of every 61st pixel of it."""
    sample = bytes(frame.planes[0])[::61]
    return sum(sample) / len(sample)


def _loudness(frame: av.AudioFrame) -> float:
    return max(abs(value) for plane in frame.planes for value in array("f", bytes(plane)))
