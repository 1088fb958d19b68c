"""Looks at one hostile file and prints what it is, as JSON, in a process of its own that may die of it.

``python -I -m showsondemand.adapters.transcoder.probe_child FILE``: prints ``{"probe": ...}`` or
``{"refusal": {"code", "reason"}}`` and exits 0; exits ``BROKE_ON_THE_FILE`` where looking failed.
"""

import json
import sys
import traceback
from itertools import islice
from pathlib import Path

import av
from av.audio.stream import AudioStream as AvAudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.subtitles.stream import SubtitleStream as AvSubtitleStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream as AvVideoStream

from showsondemand.adapters.transcoder import source_limits
from showsondemand.adapters.transcoder.port import NotAVideo, RefusalCode, SourceProbe, VideoStream
from showsondemand.adapters.transcoder.probe_joined import joined_spans, may_count_anew
from showsondemand.adapters.transcoder.probe_json import BROKE_ON_THE_FILE, to_json
from showsondemand.adapters.transcoder.probe_packets import packets_of
from showsondemand.adapters.transcoder.probe_streams import (
    MICROSECONDS,
    Span,
    decoder_name,
    describe_audio,
    describe_subtitle,
    describe_video,
)
from showsondemand.adapters.transcoder.probe_times import span

_FRAMES_TO_JUDGE_BY = 8
_PACKETS_TO_FIND_THEM_IN = 1_000
_KNOWN_HEADS = {4: b"ftyp", 0: b"\x1a\x45\xdf\xa3"}


def look_at(file: Path) -> SourceProbe:
    """What the film is made of. Raises ``NotAVideo``."""
    with _open(file) as container:
        if len(container.streams) > source_limits.MOST_STREAMS:
            most = source_limits.MOST_STREAMS
            raise NotAVideo(RefusalCode.TOO_MANY_STREAMS, f"The file holds more than {most} streams.")
        _refuse_too_long((container.duration or 0) / MICROSECONDS)
        picture = _picture_stream(container)
        sounds = _sound_streams(container)
        frames = _first_frames(container, picture)
        spans = _spans(container, picture, sounds)
        video = describe_video(picture, frames, spans[picture.index], _kilobits(container, picture, sounds))
        audio = [describe_audio(s, spans[s.index]) for s in sounds if spans[s.index].end > 0]
        probe = SourceProbe(
            format=container.format.name,
            size_bytes=container.size,
            duration_seconds=max(video.end_seconds, *(stream.end_seconds for stream in audio), 0.0),
            video=video,
            audio=tuple(audio),
            subtitles=tuple(describe_subtitle(s) for s in _text_streams(container)),
        )
        _refuse_out_of_bounds(probe, spans[picture.index])
    return probe


def _open(file: Path) -> InputContainer:
    if file.stat().st_size == 0:
        raise NotAVideo(RefusalCode.EMPTY, "The file is empty.")
    try:
        return av.open(f"file:{file}", options=source_limits.input_whitelists())
    except (av.FFmpegError, ValueError, UnicodeError) as error:
        if _begins_like_a_film(file):
            raise NotAVideo(
                RefusalCode.TRUNCATED, "The file begins like a film but cannot be read. Was it sent whole?"
            ) from error
        raise NotAVideo(
            RefusalCode.NOT_A_VIDEO, "The file is not a film in a format that is accepted here."
        ) from error


def _begins_like_a_film(file: Path) -> bool:
    with file.open("rb") as opened:
        head = opened.read(16)
    return any(head[at:].startswith(mark) for at, mark in _KNOWN_HEADS.items())


def _picture_stream(container: InputContainer) -> AvVideoStream:
    """The first stream of moving pictures; covers and thumbnails are none."""
    still = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image
    moving = [stream for stream in container.streams.video if not stream.disposition & still]
    if not moving:
        raise NotAVideo(RefusalCode.NO_VIDEO_STREAM, "The file has no picture, only sound or nothing at all.")
    for stream in moving:
        if decoder_name(stream) in source_limits.VIDEO_CODECS:
            return stream
    raise NotAVideo(RefusalCode.UNSUPPORTED_CODEC, "The picture is coded in a way that is not accepted here.")


def _sound_streams(container: InputContainer) -> list[AvAudioStream]:
    readable = [s for s in container.streams.audio if decoder_name(s) in source_limits.AUDIO_CODECS]
    if container.streams.audio and not readable:
        raise NotAVideo(
            RefusalCode.UNSUPPORTED_CODEC, "The sound is coded in a way that is not accepted here."
        )
    return [stream for stream in readable if stream.codec_context.channels]


def _text_streams(container: InputContainer) -> list[AvSubtitleStream]:
    return [s for s in container.streams.subtitles if decoder_name(s) in source_limits.SUBTITLE_CODECS]


def _spans(container: InputContainer, picture: AvVideoStream, sounds: list[AvAudioStream]) -> dict[int, Span]:
    """When each stream begins and ends, by its index."""
    streams = (picture, *sounds)
    joined = joined_spans(container, streams) if may_count_anew(container, picture) else {}
    if picture.index in joined:
        return {stream.index: joined.get(stream.index, Span(0.0, 0.0)) for stream in streams}
    return {stream.index: span(container, stream) for stream in streams}


def _first_frames(container: InputContainer, stream: AvVideoStream) -> list[VideoFrame]:
    """A few decoded frames; a film that starts in the middle of a group has broken ones first."""
    if not _fits(stream.codec_context.width, stream.codec_context.height):
        raise _too_large()
    stream.codec_context.options = source_limits.decoder_bounds()
    frames: list[VideoFrame] = []
    for packet in islice(packets_of(container, stream), _PACKETS_TO_FIND_THEM_IN):
        frames += _decoded(stream, packet)
        if len(frames) >= _FRAMES_TO_JUDGE_BY:
            break
    if not frames:
        raise NotAVideo(RefusalCode.NOT_A_VIDEO, "Not a single frame of the picture can be decoded.")
    return frames


def _decoded(stream: AvVideoStream, packet: "av.Packet[AvVideoStream]") -> list[VideoFrame]:
    try:
        return list(stream.decode(packet))
    except av.FFmpegError:
        return []


def _kilobits(container: InputContainer, picture: AvVideoStream, sounds: list[AvAudioStream]) -> int:
    """The picture's average bitrate: the header's, else what the sound leaves of the whole file's."""
    if picture.codec_context.bit_rate:
        return max(1, picture.codec_context.bit_rate // 1000)
    sound = sum(stream.codec_context.bit_rate or 0 for stream in sounds)
    return max(1, (container.bit_rate - sound) // 1000)


def _fits(width: int, height: int) -> bool:
    sides_fit = max(width, height) <= source_limits.MOST_SIDE_PIXELS
    return sides_fit and width * height <= source_limits.MOST_PIXELS


def _too_large() -> NotAVideo:
    return NotAVideo(
        RefusalCode.TOO_LARGE_FRAME, "The picture is larger than 8192 pixels a side or 40 megapixels."
    )


def _refuse_too_long(seconds: float) -> None:
    if seconds > source_limits.MOST_SECONDS:
        raise NotAVideo(RefusalCode.TOO_LONG, "The film is longer than six hours.")


def _refuse_out_of_bounds(probe: SourceProbe, picture: Span) -> None:
    _refuse_too_long(probe.duration_seconds)
    if picture.end - picture.start < source_limits.LEAST_SECONDS:
        raise NotAVideo(RefusalCode.TOO_SHORT, "The film is shorter than a fifth of a second.")
    _refuse_frames_out_of_bounds(probe.video)


def _refuse_frames_out_of_bounds(video: VideoStream) -> None:
    if not (_fits(video.width, video.height) and _fits(video.display_width, video.display_height)):
        raise _too_large()
    sides = (video.width, video.height, video.display_width, video.display_height)
    if min(sides) < source_limits.LEAST_SIDE_PIXELS:
        raise NotAVideo(RefusalCode.TOO_SMALL_FRAME, "The picture is smaller than 16 pixels a side.")
    if round(video.frame_rate) > source_limits.MOST_FRAMES_PER_SECOND:
        raise NotAVideo(RefusalCode.TOO_MANY_FRAMES, "The film has more than 120 frames a second.")


def main() -> None:
    """Print the probe or the refusal of the file named by the only argument."""
    try:
        answer: dict[str, object] = {"probe": to_json(look_at(Path(sys.argv[1])))}
    except NotAVideo as refused:
        answer = {"refusal": {"code": refused.code, "reason": refused.reason}}
    except Exception:  # noqa: BLE001 - whatever a hostile file sets off is the file's fault, not ours to retry
        traceback.print_exc()
        sys.exit(BROKE_ON_THE_FILE)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
