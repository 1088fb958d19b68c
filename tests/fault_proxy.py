"""A neighbour on the network that can be slow, silent, rude or broken: stands between us and a real server."""

import asyncio
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

_CHUNK_BYTES = 65_536
_LATENCY_SECONDS = 0.25
_AT_ONCE_RST = struct.pack("ii", 1, 0)  # SO_LINGER: closing throws away and tells the other side so
_ERROR = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


Target = tuple[str, int] | Path  # or a socket in the file system


class Mood(Enum):
    """How what passes through is treated, from the next byte on."""

    WELL = auto()
    SLOW = auto()
    RESETTING = auto()
    SILENT = auto()
    BROKEN = auto()  # answers each request with HTTP's 500


class FaultProxy:
    """Listens on a port of its own; ``mood`` may be changed at any time, from any thread."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._mood = Mood.WELL
        self._changed = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._listening = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._listening.wait()

    def be(self, mood: Mood) -> None:
        self._loop.call_soon_threadsafe(self._become, mood)

    def lead_to(self, target: Target) -> None:
        """From the next connection on."""
        self._target = target

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _become(self, mood: Mood) -> None:
        self._mood = mood
        self._changed.set()
        self._changed = asyncio.Event()
        if mood is Mood.RESETTING:
            for writer in self._open:
                _reset(writer)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
            with suppress(asyncio.CancelledError, OSError):
                self._loop.run_until_complete(task)
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if self._mood is Mood.BROKEN:
                await reader.read(_CHUNK_BYTES)
                writer.write(_ERROR)
                await writer.drain()
                return
            await self._weather()
            up_reader, up_writer = await _connect(self._target)
            self._open.add(up_writer)
            try:
                await asyncio.wait(
                    [
                        asyncio.ensure_future(self._pump(reader, up_writer)),
                        asyncio.ensure_future(self._pump(up_reader, writer)),
                    ],
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                self._open.discard(up_writer)
                up_writer.transport.abort()
        except OSError:
            _reset(writer)
        finally:
            self._open.discard(writer)
            writer.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(_CHUNK_BYTES):
                await self._weather()
                if self._mood is Mood.BROKEN:
                    return
                writer.write(chunk)
                await writer.drain()

    async def _weather(self) -> None:
        """Lets something through, later or never. Raises ``ConnectionResetError``."""
        while self._mood is Mood.SILENT:
            await self._changed.wait()
        if self._mood is Mood.SLOW:
            await asyncio.sleep(_LATENCY_SECONDS)
        if self._mood is Mood.RESETTING:
            raise ConnectionResetError


@contextmanager
def proxy_to(target: Target) -> Iterator[FaultProxy]:
    """A proxy in front of a server."""
    proxy = FaultProxy(target)
    try:
        yield proxy
    finally:
        proxy.close()


@contextmanager
def proxy_to_database(database_url: str) -> Iterator[tuple[FaultProxy, str]]:
    """A proxy in front of a PostgreSQL server, and the URL of the database through it."""
    url = make_url(database_url)
    by_socket = "host" in url.query
    target: Target = (
        Path(str(url.query["host"])) / f".s.PGSQL.{url.query['port']}"
        if by_socket
        else address_in(database_url)
    )
    with proxy_to(target) as proxy:
        through = url.set(host="127.0.0.1", port=proxy.port).difference_update_query(["host", "port"])
        yield proxy, through.render_as_string(hide_password=False)


def address_in(url: str) -> Target:
    """Host and port of a URL."""
    parts = urlsplit(url)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


async def _connect(target: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if isinstance(target, Path):
        return await asyncio.open_unix_connection(target)
    return await asyncio.open_connection(*target)


def _reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE_RST)
    writer.transport.abort()
