"""The guarded fetcher goes where it may, whatever an address looks like, and comes back in time."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.adapters.fetcher.port import ByteRange, FetchFailed, FetchFault
from showsondemand.adapters.fetcher.public_addresses import is_public

Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
MOST = 1_000_000


@asynccontextmanager
async def web_server(answer: Answer) -> AsyncIterator[str]:
    """A server on this machine that answers each request by ``answer``; its URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(await reader.readuntil(b"\r\n\r\n"), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


def saying(*lines: str, body: bytes = b"") -> Answer:
    """Answers everything with these lines and this body."""

    async def answer(_request: bytes, writer: asyncio.StreamWriter) -> None:
        head = [*lines, f"Content-Length: {len(body)}", "Connection: close", "", ""]
        writer.write("\r\n".join(head).encode() + body)
        await writer.drain()

    return answer


async def fault_of(fetcher: GuardedFetcher, url: str) -> FetchFault:
    with pytest.raises(FetchFailed) as failed:
        await fetcher.fetch(url, most_bytes=MOST)
    return failed.value.fault


SPELLINGS_OF_HERE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.0.0.1.:80/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/",
    "http://192.0.0.192/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://①②⑦.⓪.⓪.①/",
]


@pytest.mark.parametrize("url", SPELLINGS_OF_HERE)
async def test_no_spelling_of_an_address_inside_is_asked(url: str) -> None:
    fault = await fault_of(GuardedFetcher(), url)

    assert fault in {FetchFault.ADDRESS_REFUSED, FetchFault.NO_SUCH_HOST}


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://127.0.0.1:6379/_INFO",
        "data:text/plain,hello",
        "//example.org/",
        "http:///nothing",
        "http://user:secret@example.org/",
        "http://example.org@127.0.0.1/",
        "http://exa mple.org/",
        "http://example.org/\r\nX-Evil: 1",
        "http://example.org:99999/",
        "http://[::1",
        "",
    ],
)
async def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    assert await fault_of(GuardedFetcher(allow_private=True), url) is FetchFault.ADDRESS_REFUSED


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "8.8.8.8"])
def test_addresses_of_the_public_internet_are_public(address: str) -> None:
    assert is_public(address)


async def test_a_name_that_leads_inside_by_one_of_its_addresses_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "10.0.0.1")
    ]

    async def both(*_: object, **__: object) -> list[object]:
        return list(found)

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)

    assert await fault_of(GuardedFetcher(), "http://rebind.example/") is FetchFault.ADDRESS_REFUSED


async def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    real, asked = loop.getaddrinfo, []

    async def counted(host: str, port: int, **more: int) -> object:
        asked.append(host)
        return await real("127.0.0.1" if host == "name.example" else host, port, **more)

    monkeypatch.setattr(loop, "getaddrinfo", counted)
    async with web_server(saying("HTTP/1.1 200 OK", body=b"here")) as url:
        port = url.rpartition(":")[2]

        fetched = await GuardedFetcher(allow_private=True).fetch(
            f"http://name.example:{port}/", most_bytes=MOST
        )

    assert fetched.body == b"here"
    assert asked.count("name.example") == 1


async def test_a_redirect_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with web_server(saying("HTTP/1.1 302 Found", "Location: file:///etc/passwd")) as url:
        fault = await fault_of(GuardedFetcher(allow_private=True), url)

    assert fault is FetchFault.ADDRESS_REFUSED


async def test_an_endless_redirect_ends() -> None:
    async with web_server(saying("HTTP/1.1 302 Found", "Location: /again")) as url:
        fault = await fault_of(GuardedFetcher(allow_private=True), url)

    assert fault is FetchFault.TOO_MANY_REDIRECTS


async def test_an_answer_that_never_ends_is_given_up() -> None:
    async def drip(_request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with web_server(drip) as url:
        fault = await fault_of(GuardedFetcher(allow_private=True, fetch_seconds=0.5), url)

    assert fault is FetchFault.TOO_SLOW


async def test_an_answer_that_is_too_large_is_given_up() -> None:
    async with web_server(saying("HTTP/1.1 200 OK", body=bytes(MOST + 1))) as url:
        fault = await fault_of(GuardedFetcher(allow_private=True), url)

    assert fault is FetchFault.TOO_LARGE


async def test_what_is_no_http_is_said_to_be_broken() -> None:
    async with web_server(saying("SSH-2.0-OpenSSH_9.2")) as url:
        fault = await fault_of(GuardedFetcher(allow_private=True), url)

    assert fault is FetchFault.BROKEN_ANSWER


async def test_a_port_where_nobody_listens_is_unreachable() -> None:
    async with web_server(saying("HTTP/1.1 200 OK")) as url:
        pass

    assert await fault_of(GuardedFetcher(allow_private=True), url) is FetchFault.UNREACHABLE


async def test_a_range_is_asked_for_and_any_status_is_an_answer() -> None:
    seen = []

    async def answer(request: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(request)
        await saying("HTTP/1.1 404 Not Found", "X-Why: none")(request, writer)

    async with web_server(answer) as url:
        fetched = await GuardedFetcher(allow_private=True).fetch(
            url, most_bytes=MOST, wanted=ByteRange(first=10, length=5)
        )

    assert (fetched.status, fetched.headers["x-why"]) == (404, "none")
    assert b"Range: bytes=10-14\r\n" in seen[0]
    assert b"Cookie" not in seen[0]
