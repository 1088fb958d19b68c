"""The one client for addresses of strangers: it resolves, checks, and connects to exactly what it has checked."""

import asyncio
import socket
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from showsondemand.adapters.fetcher.port import ByteRange, Fetched, FetchFailed, FetchFault
from showsondemand.adapters.fetcher.public_addresses import is_public

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CONNECT_SECONDS = 5.0
_FETCH_SECONDS = 10.0
_AT_ONCE = 4
_MOST_ANSWER_BYTES = 64 * 1024
_AGENT = ("User-Agent", "showsondemand")
_HEADERS = (
    ("Accept", "*/*"),
    ("Accept-Encoding", "identity"),
    # Asking as a web page would, so that the answer shows whether one may read it.
    ("Origin", "https://player.example"),
)


@dataclass(frozen=True)
class _Request:
    """What is sent to ``url``, which is plain."""

    method: str
    url: str
    headers: list[tuple[str, str]]
    body: bytes | None = None

    def through(self, pool: httpcore.AsyncConnectionPool) -> AbstractAsyncContextManager[httpcore.Response]:
        """The answer, open to be read."""
        headers = [("Host", urlsplit(self.url).netloc), _AGENT, *self.headers]
        if self.body is not None:
            headers.append(("Content-Length", str(len(self.body))))
        return pool.stream(self.method, self.url, headers=headers, content=self.body)


class _AddressRefused(Exception):
    """A host whose addresses are not all public."""


class GuardedFetcher:
    """A ``Fetcher`` and ``WebhookSender`` over the network, with four requests at once; more of them wait.

    ``allow_private`` opens addresses inside, for development.
    """

    def __init__(self, *, allow_private: bool = False, fetch_seconds: float = _FETCH_SECONDS) -> None:
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._backend = _CheckingBackend(allow_private=allow_private)
        self._fetch_seconds = fetch_seconds

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        """See the port. The time is for all redirects together."""
        try:
            async with self._gate, asyncio.timeout(self._fetch_seconds):
                return await self._follow(url, most_bytes, wanted, perf_counter())
        except TimeoutError as error:
            raise self._too_slow() from error

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """See the port."""
        request = _Request("POST", _plain(url), [*headers.items()], body)
        try:
            async with self._gate, asyncio.timeout(self._fetch_seconds):
                status, _, _ = await self._ask(request, _MOST_ANSWER_BYTES)
        except TimeoutError as error:
            raise self._too_slow() from error
        return status

    def _too_slow(self) -> FetchFailed:
        detail = f"The answer was not there after {self._fetch_seconds:.0f} seconds."
        return FetchFailed(FetchFault.TOO_SLOW, detail, limit=self._fetch_seconds)

    async def _follow(self, url: str, most_bytes: int, wanted: ByteRange | None, began: float) -> Fetched:
        for _ in range(_MOST_REDIRECTS + 1):
            url = _plain(url)
            request = _Request("GET", url, [*_HEADERS, *_range(wanted)])
            status, headers, body = await self._ask(request, most_bytes)
            target = headers.get("location")
            if status not in _REDIRECTS or target is None:
                return Fetched(url, status, headers, body, perf_counter() - began)
            url = _led_to(url, target)
        detail = f"It led on to another address more than {_MOST_REDIRECTS} times."
        raise FetchFailed(FetchFault.TOO_MANY_REDIRECTS, detail, limit=_MOST_REDIRECTS)

    async def _ask(self, request: "_Request", most_bytes: int) -> tuple[int, dict[str, str], bytes]:
        # A pool a request: what one address has opened is never used for another.
        pool = httpcore.AsyncConnectionPool(network_backend=self._backend, retries=0)
        try:
            async with pool, request.through(pool) as answer:
                received = {name.decode().lower(): value.decode("latin-1") for name, value in answer.headers}
                return answer.status, received, await _bounded(answer, most_bytes)
        except _AddressRefused as error:
            raise FetchFailed(FetchFault.ADDRESS_REFUSED, str(error)) from error
        except (httpcore.ConnectError, httpcore.ConnectTimeout, OSError) as error:
            raise FetchFailed(FetchFault.UNREACHABLE, "Nobody answers at that host and port.") from error
        except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise FetchFailed(FetchFault.BROKEN_ANSWER, "The answer broke off or is no HTTP.") from error
        except (ValueError, UnicodeError) as error:
            raise FetchFailed(FetchFault.ADDRESS_REFUSED, "The address cannot be read.") from error


class _CheckingBackend(httpcore.AsyncNetworkBackend):
    """Opens connections to checked addresses only; TLS still goes by the name that was asked for."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """One of the host's addresses, all of which have to be public."""
        addresses = await _resolve(host, port)
        if not self._allow_private and not all(is_public(address) for address in addresses):
            raise _AddressRefused("The host is not on the public internet.")
        return await self._network.connect_tcp(
            addresses[0], port, timeout or _CONNECT_SECONDS, local_address, socket_options
        )

    async def connect_unix_socket(self, path: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        """Never: a URL names no file."""
        raise _AddressRefused(f"{path} is no host.")

    async def sleep(self, seconds: float) -> None:
        """Between tries, of which there is one."""
        await asyncio.sleep(seconds)


async def _resolve(host: str, port: int) -> list[str]:
    """Every address of the host; spellings such as ``0x7f.1`` come out as the address that they mean."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(FetchFault.NO_SUCH_HOST, "There is no host of that name.") from error
    return [str(address[0]) for *_, address in found]


def _led_to(url: str, target: str) -> str:
    try:
        return urljoin(url, target)
    except ValueError as error:
        raise FetchFailed(FetchFault.ADDRESS_REFUSED, "It leads on to what is no address.") from error


def _range(wanted: ByteRange | None) -> list[tuple[str, str]]:
    if wanted is None:
        return []
    return [("Range", f"bytes={wanted.first}-{wanted.first + wanted.length - 1}")]


def _plain(url: str) -> str:
    """``url`` in ASCII. Raises ``FetchFailed`` for what is no http or https URL, or carries credentials."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        plain = plain and not any(character <= " " or character == "\x7f" for character in url)
        written = str(httpx.URL(url))
    except (ValueError, httpx.InvalidURL):
        plain = False
    if not plain:
        raise FetchFailed(FetchFault.ADDRESS_REFUSED, "Only http and https addresses are asked.")
    return written


async def _bounded(answer: httpcore.Response, most_bytes: int) -> bytes:
    """The body, given up as soon as it is too long."""
    body = bytearray()
    async for part in answer.aiter_stream():
        body += part
        if len(body) > most_bytes:
            detail = f"The answer is longer than {most_bytes:,} bytes."
            raise FetchFailed(FetchFault.TOO_LARGE, detail, limit=most_bytes)
    return bytes(body)
