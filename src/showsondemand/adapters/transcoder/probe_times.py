"""Finds when each stream of an opened film really ends, by reading its last packets instead of its header.

A header may promise hours that the file does not hold (an upload cut short) or none at all (a recording).
"""

from contextlib import suppress

import av
from av.container import InputContainer
from av.stream import Stream

from showsondemand.adapters.transcoder.port import NotAVideo, RefusalCode
from showsondemand.adapters.transcoder.probe_packets import packets_of
from showsondemand.adapters.transcoder.probe_streams import (
    MICROSECONDS,
    Span,
    container_start,
    stream_start,
)

_TAIL_SECONDS = 10
_TOLERATED_SECONDS = 1.0
_TOLERATED_SHARE = 0.01


def span(container: InputContainer, stream: Stream) -> Span:
    """When ``stream`` begins and ends. Raises ``NotAVideo`` where far less is there than was promised."""
    start = stream_start(container, stream)
    promised = _promised_end(container, stream)
    searched_from = max(0.0, (promised or _container_end(container)) - _TAIL_SECONDS)
    end = _last_end(container, stream, searched_from)
    if end is None and promised is None:
        end = _last_end(container, stream, 0.0)
    if promised is not None and _is_cut_short(promised, end):
        raise NotAVideo(RefusalCode.TRUNCATED, "The file ends before the film does. Was it sent whole?")
    return Span(start, max(start, end or start))


def _is_cut_short(promised: float, end: float | None) -> bool:
    return promised - (end or 0.0) > max(_TOLERATED_SECONDS, promised * _TOLERATED_SHARE)


def _promised_end(container: InputContainer, stream: Stream) -> float | None:
    """When the stream's own header says that it ends; ``None`` where it says nothing."""
    start = stream_start(container, stream)
    if stream.duration and stream.time_base:
        return start + float(stream.duration * stream.time_base)
    # Matroska's statistics tag, 00:00:40.084000000, counts from zero and not from the first timestamp.
    written = stream.metadata.get("DURATION", "")
    try:
        hours, minutes, seconds = (float(part) for part in written.split(":"))
    except ValueError:
        return None
    return hours * 3600 + minutes * 60 + seconds - container_start(container)


def _container_end(container: InputContainer) -> float:
    return (container.duration or 0) / MICROSECONDS


def _last_end(container: InputContainer, stream: Stream, from_seconds: float) -> float | None:
    """The end of the last packet of ``stream`` from there on; ``None`` where there is no packet."""
    start = container_start(container)
    with suppress(av.FFmpegError):  # a file that cannot be wound is read on from where it stands
        container.seek(int((from_seconds + start) * MICROSECONDS), backward=True)
    ends = [
        float((packet.pts + (packet.duration or 0)) * packet.time_base) - start
        for packet in packets_of(container, stream)
        if packet.pts is not None
    ]
    return max(ends, default=None)
