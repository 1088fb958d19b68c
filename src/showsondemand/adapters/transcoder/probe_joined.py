"""How long a broadcast recording really lasts: one that was paused, cut or joined begins to count anew in its midst.

ffmpeg plays such parts one right after the other, and so they are counted here; a header and a look at the last
packets know nothing of it. Only MPEG's transport and program streams are made so.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import pairwise

import av
from av.container import InputContainer
from av.stream import Stream

from showsondemand.adapters.transcoder.probe_packets import packets_of
from showsondemand.adapters.transcoder.probe_streams import Span, container_start
from showsondemand.adapters.transcoder.source_limits import BROADCAST_FORMATS

# Reading half a gigabyte takes a second or two; of a larger file some places tell whether it has to be read.
_SOON_READ_BYTES = 512 << 20
_PLACES = 64
# ffmpeg's own bounds (dts_delta_threshold, and a tenth of a second backwards).
_LONGEST_PAUSE_SECONDS, _LONGEST_STEP_BACK_SECONDS = 10.0, 0.1
_UNEVEN_SECONDS = 1.0


def may_count_anew(container: InputContainer, picture: Stream) -> bool:
    """Whether the file has to be read from one end to the other to know how long it lasts."""
    if container.format.name not in BROADCAST_FORMATS:
        return False
    if container.size <= _SOON_READ_BYTES:
        return True
    seen = list(_times_at_places(container, picture))
    return any(later < earlier - _UNEVEN_SECONDS for earlier, later in pairwise(seen))


def joined_spans(container: InputContainer, streams: Sequence[Stream]) -> dict[int, Span]:
    """When each stream begins and ends, its parts one right after the other, by its index; nothing of one whole."""
    with suppress(av.FFmpegError):
        container.seek(0, backward=True, unsupported_byte_offset=True)
    shift, zero = 0.0, container_start(container)
    expected: dict[int, float] = {}
    spans: dict[int, Span] = {}
    for packet in packets_of(container, *streams):
        if packet.dts is None or packet.pts is None:
            continue
        index, unit = packet.stream.index, packet.time_base
        length = float((packet.duration or 0) * unit)
        time = float(packet.dts * unit) - zero + shift
        due = expected.get(index, time)
        if time - due > _LONGEST_PAUSE_SECONDS or time < due - _LONGEST_STEP_BACK_SECONDS - length:
            shift += due - time
            time = due
        expected[index] = time + length
        shown = float(packet.pts * unit) - zero + shift
        known = spans.get(index, Span(max(0.0, shown), 0.0))
        spans[index] = Span(known.start, max(known.end, shown + length))
    return spans if shift else {}


def _times_at_places(container: InputContainer, picture: Stream) -> Iterator[float]:
    """The time of the first packet of the picture at places evenly spread over the file."""
    for place in range(_PLACES):
        with suppress(av.FFmpegError):
            container.seek(container.size * place // _PLACES, unsupported_byte_offset=True)
            packet = next(packets_of(container, picture), None)
            if packet is not None and packet.dts is not None:
                yield float(packet.dts * packet.time_base)
