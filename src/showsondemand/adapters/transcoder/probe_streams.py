"""Reads what each stream of an opened film is, for the probe's child process.

Everything here is said by the file, which may lie; the bounds are checked in ``probe_child``.
"""

from dataclasses import dataclass
from fractions import Fraction

import av
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.stream import Stream as AvStream
from av.subtitles.stream import SubtitleStream as AvSubtitleStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream as AvVideoStream

from showsondemand.adapters.transcoder.languages import bcp47
from showsondemand.adapters.transcoder.port import AudioStream, SubtitleStream, Transfer, VideoStream

MICROSECONDS = 1_000_000
_QUARTER_TURN = 90
_TITLE_LETTERS = 80
# An average over whole milliseconds, or with a longer last frame, is off by less than this.
_ROUNDED_RATE = Fraction(1, 1000)

# ITU-T H.273, tables 2 to 4: the code points of colour that need more than a tag.
_TRANSFERS = {16: Transfer.PQ, 18: Transfer.HLG}
_PRIMARIES_BT2020 = 9
_MATRIX_UNSPECIFIED = (0, 2)
# What a decoder sets beside a frame that carries captions (ATSC A/53, part 4).
_CAPTIONS = "A53_CC"


@dataclass(frozen=True)
class Span:
    """When a stream begins and ends, in seconds from the container's first timestamp."""

    start: float
    end: float


def container_start(container: InputContainer) -> float:
    """The first timestamp of the file in seconds: where ffmpeg puts its own zero."""
    return (container.start_time or 0) / MICROSECONDS


def stream_start(container: InputContainer, stream: AvStream) -> float:
    """When a stream begins, in seconds after the container does."""
    if stream.start_time is None or stream.time_base is None:
        return 0.0
    return max(0.0, float(stream.start_time * stream.time_base) - container_start(container))


def describe_video(stream: AvVideoStream, frames: list[VideoFrame], span: Span, kilobits: int) -> VideoStream:
    """The picture stream, judged by its first decoded frames where the header is known to lie."""
    first = frames[0]
    rotation = first.rotation % 360
    width, height = _display_size(first, stream.sample_aspect_ratio, rotation)
    average = Fraction(stream.average_rate or stream.guessed_rate or stream.base_rate or 25)
    steady = stream.base_rate is not None and abs(stream.base_rate - average) <= average * _ROUNDED_RATE
    return VideoStream(
        index=stream.index,
        codec=stream.codec_context.name,
        width=first.width,
        height=first.height,
        display_width=width,
        display_height=height,
        rotation_degrees=rotation,
        frame_rate=Fraction(stream.base_rate or average) if steady else average,
        steady=steady,
        interlaced=any(frame.interlaced_frame for frame in frames),
        pixel_format=first.format.name,
        transfer=_TRANSFERS.get(int(first.color_trc), Transfer.SDR),
        wide_gamut=int(first.color_primaries) == _PRIMARIES_BT2020,
        tagged_matrix=int(first.colorspace) not in _MATRIX_UNSPECIFIED,
        closed_captions=any(frame.side_data.get(_CAPTIONS) is not None for frame in frames),
        start_seconds=span.start,
        end_seconds=span.end,
        kilobits=kilobits,
    )


def _display_size(frame: VideoFrame, aspect: Fraction | None, rotation: int) -> tuple[int, int]:
    """The size that the picture is seen at: wider where its pixels are wide, turned where it is turned."""
    width, height = frame.width, frame.height
    if aspect:
        width = round(width * aspect)
    return (height, width) if rotation % 180 == _QUARTER_TURN else (width, height)


def describe_audio(stream: AvAudioStream, span: Span) -> AudioStream:
    """A sound stream; a commentary or a description for the blind says so by its disposition."""
    aside = Disposition.comment | Disposition.visual_impaired | Disposition.karaoke
    return AudioStream(
        index=stream.index,
        codec=stream.codec_context.name,
        channels=stream.codec_context.channels,
        sample_rate=stream.codec_context.sample_rate,
        language=bcp47(stream.metadata.get("language")),
        title=_title(stream),
        default=bool(stream.disposition & Disposition.default),
        commentary=bool(stream.disposition & aside),
        start_seconds=span.start,
        end_seconds=span.end,
    )


def describe_subtitle(stream: AvSubtitleStream) -> SubtitleStream:
    """A stream of text."""
    return SubtitleStream(
        index=stream.index,
        codec=stream.codec_context.name,
        language=bcp47(stream.metadata.get("language")),
        title=_title(stream),
        default=bool(stream.disposition & Disposition.default),
        forced=bool(stream.disposition & Disposition.forced),
        hearing_impaired=bool(stream.disposition & Disposition.hearing_impaired),
    )


def _title(stream: AvStream) -> str:
    """The stream's title as one short line that can stand in a manifest."""
    printable = "".join(letter for letter in stream.metadata.get("title", "") if letter.isprintable())
    return printable.replace('"', "").strip()[:_TITLE_LETTERS]


def decoder_name(stream: AvStream) -> str:
    """The decoder that would read this stream; empty where there is none."""
    try:
        return str(stream.codec_context.codec.name)
    except (AttributeError, av.FFmpegError):
        return ""
