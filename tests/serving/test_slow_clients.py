"""Whoever is slow loses their own connection, and nobody else's time."""

import asyncio
import resource
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from statistics import quantiles
from time import monotonic, perf_counter

import httpx
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from server_fixtures import Server, eventually, free_port
from serving.conftest import Wire
from showsondemand import connections
from showsondemand.connections import BoundedConnection

SLOW_SOCKETS = 2_000
MOST_PROBE_SECONDS = 0.5
HEAD = b"HTTP/1.1\r\nHost: a\r\n"
UPLOAD = b"POST /ingest/videos " + HEAD
UNREAD_BYTES = 40_000_000

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Connect = Callable[[], Awaitable[Connection]]


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with how much came, or with far more than a socket holds."""
    if scope["type"] != "http":
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message.get("more_body", False)
    body = b"x" * UNREAD_BYTES if scope["path"] == "/large" else str(size).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


class Place:
    """A server over ``echo`` whose patience is shorter than the service's."""

    def __init__(self) -> None:
        self.port = free_port()
        self.refused: list[str] = []
        protocol = partial(BoundedConnection, refused=self.refused.append)
        self.server = uvicorn.Server(
            uvicorn.Config(echo, port=self.port, http=protocol, ws="none", lifespan="off", log_config=None)  # type: ignore[arg-type]
        )

    async def connect(self) -> Connection:
        return await asyncio.open_connection("127.0.0.1", self.port)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        serving = asyncio.create_task(self.server.serve())
        await asyncio.to_thread(eventually, lambda: self.server.started, seconds=10)
        yield
        self.server.should_exit = self.server.force_exit = True
        await serving


@pytest.fixture
async def hasty(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "UPLOAD_SECONDS", "READER_SECONDS"):
        monkeypatch.setattr(connections, name, 0.3)
    place = Place()
    async with place.running():
        yield place


async def drip(writer: asyncio.StreamWriter, piece: bytes, *, times: int) -> None:
    """A piece each twentieth of a second, for as long as somebody takes them."""
    with suppress(ConnectionError):
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)


async def what_comes_back(place: Place, begin: bytes, piece: bytes = b"", *, times: int = 12) -> bytes:
    reader, writer = await place.connect()
    writer.write(begin)
    dripping = asyncio.create_task(drip(writer, piece, times=times))
    received = bytearray()
    with suppress(ConnectionError):  # what came before a reset counts
        async with asyncio.timeout(10):
            while arrived := await reader.read(65_536):
                received += arrived
    await dripping
    writer.close()
    return bytes(received)


async def test_a_head_that_does_not_end_is_refused(hasty: Place) -> None:
    answer = await what_comes_back(hasty, b"GET / HTTP/1.1\r\nHost: a\r\n", b"X-A: b\r\n")

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert hasty.refused == ["request-too-slow"]


async def test_a_connection_on_which_nothing_comes_is_closed_without_a_word(hasty: Place) -> None:
    answer = await what_comes_back(hasty, b"")

    assert (answer, hasty.refused) == (b"", ["idle"])


async def test_line_breaks_do_not_keep_a_connection_open(hasty: Place) -> None:
    answer = await what_comes_back(hasty, b"GET / " + HEAD + b"\r\n", b"\r\n")

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert hasty.refused == ["request-too-slow"]


async def test_a_second_request_has_as_long_for_its_head_as_the_first(hasty: Place) -> None:
    answer = await what_comes_back(hasty, b"GET / " + HEAD + b"\r\nGET / " + HEAD, b"X-A: b\r\n")

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"HTTP/1.1 408 " in answer


async def test_a_body_that_does_not_end_is_refused(hasty: Place) -> None:
    answer = await what_comes_back(hasty, b"POST /auth/login " + HEAD + b"Content-Length: 900\r\n\r\n", b"x")

    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_film_that_comes_slower_than_the_slowest_line_is_refused(hasty: Place) -> None:
    answer = await what_comes_back(hasty, UPLOAD + b"Content-Length: 900000\r\n\r\n", b"x" * 100, times=10)

    assert answer.startswith(b"HTTP/1.1 408 ")


async def test_a_film_that_keeps_coming_has_all_the_time_it_needs(hasty: Place) -> None:
    pieces = 20

    answer = await what_comes_back(
        hasty,
        UPLOAD + b"Connection: close\r\nContent-Length: 20000\r\n\r\n",
        b"x" * 1000,
        times=pieces,
    )

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"20000" in answer
    assert hasty.refused == []


async def test_an_answer_that_nobody_takes_is_given_up(hasty: Place) -> None:
    _, writer = await hasty.connect()
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    writer.write(b"GET /large " + HEAD + b"\r\n")

    await asyncio.to_thread(eventually, lambda: hasty.refused == ["reader"], seconds=10)
    writer.close()


@pytest.mark.alone
async def test_two_thousand_slow_sockets_do_not_keep_anybody_waiting(place: Server, wire: Wire) -> None:
    hold = asyncio.create_task(hold_sockets(wire))
    await asyncio.sleep(1)
    seconds, statuses = [], set()

    async with httpx.AsyncClient(timeout=10) as honest:
        until = monotonic() + 6
        while monotonic() < until:
            began = perf_counter()
            statuses.add((await honest.get(f"{place.url}/shows?limit=1")).status_code)
            seconds.append(perf_counter() - began)
            await asyncio.sleep(0.02)

    held, ended = await hold
    assert statuses == {200}
    assert quantiles(seconds, n=100)[98] < MOST_PROBE_SECONDS
    assert held == SLOW_SOCKETS
    assert ended == SLOW_SOCKETS


async def hold_sockets(wire: Wire) -> tuple[int, int]:
    """Opens all of them, sends each a little now and then; how many were open, and how many the service ended."""
    begun = [
        b"",
        b"GET /shows HTTP/1.1\r\nHost: a\r\n",
        b"POST /auth/login " + HEAD + b"Content-Length: 99\r\n\r\n",
    ]
    sockets: list[socket.socket] = []
    for number in range(SLOW_SOCKETS):
        each = socket.socket()
        each.setblocking(False)
        await asyncio.get_running_loop().sock_connect(each, (wire.host, wire.port))
        with suppress(OSError):
            each.send(begun[number % len(begun)])
        sockets.append(each)
    still, until = set(sockets), monotonic() + 25
    while still and monotonic() < until:
        for each in list(still):
            if _has_ended(each):
                still.discard(each)
                each.close()
            elif each.fileno() % 3:
                with suppress(OSError):
                    each.send(b"x" if each.fileno() % 2 else b"X: y\r\n")
        await asyncio.sleep(0.5)
    for each in still:
        each.close()
    return len(sockets), len(sockets) - len(still)


def _has_ended(each: socket.socket) -> bool:
    try:
        return each.recv(4096) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.fixture(autouse=True)
def _enough_files() -> Iterator[None]:
    """What pytest itself may open: two thousand sockets and what else there is."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, SLOW_SOCKETS * 2), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))
