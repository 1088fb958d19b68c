"""The packets of a stream or several of an opened film, up to the first that is broken."""

from collections.abc import Iterator
from typing import Any

import av
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream


def packets_of(container: InputContainer, *streams: Stream) -> "Iterator[Packet[Any]]":
    """From where the container stands to its end; behind a broken packet nothing is to be trusted."""
    packets = container.demux(*streams)
    while True:
        try:
            yield next(packets)
        except IndexError:
            # A stream that was not there when the film was opened, as broadcasts have it: PyAV knows no place
            # for its packet, and reads on when asked anew.
            packets = container.demux(*streams)
        except (StopIteration, av.FFmpegError):
            return
