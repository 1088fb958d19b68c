"""What two servers could read in two ways, or what no honest client sends, is refused before any app sees it."""

import json
from contextlib import closing

import pytest

from serving.conftest import Wire, rest_of

CHUNKED = b"5\r\nhello\r\n0\r\n\r\n"


def request(*lines: bytes, body: bytes = b"", first: bytes = b"POST /auth/login HTTP/1.1") -> bytes:
    return b"\r\n".join([first, *lines, b"", b""]) + body


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(
            request(b"Host: a", b"Content-Length: 5", b"Transfer-Encoding: chunked", body=CHUNKED),
            id="length and chunks",
        ),
        pytest.param(
            request(b"Host: a", b"Content-Length: 5", b"Content-Length: 6", body=b"hello!"), id="two lengths"
        ),
        pytest.param(request(b"Host: a", b"Transfer-Encoding: xchunked", body=CHUNKED), id="xchunked"),
        pytest.param(
            request(b"Host: a", b"Transfer-Encoding: gzip, chunked", body=CHUNKED), id="gzip, chunked"
        ),
        pytest.param(request(b"Host: a", b"Transfer-Encoding : chunked", body=CHUNKED), id="space"),
        pytest.param(b"GET /shows HTTP/1.1\nHost: a\n\n", id="bare line feeds"),
        pytest.param(request(b"Host: a", b"X-One: 1", b" folded: 2"), id="folded"),
        pytest.param(
            request(b"Host: a", b"Transfer-Encoding: chunked", body=b"0x5\r\nhello\r\n0\r\n\r\n"),
            id="0x5 chunk",
        ),
        pytest.param(request(b"Host: a", b"Content-Length: +5", body=b"hello"), id="signed length"),
        pytest.param(request(b"Host: a", b"X-One: a\x00b"), id="a zero"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
        pytest.param(request(b"Connection: close", first=b"GET /shows HTTP/1.1"), id="no host"),
        pytest.param(
            request(b"Host: a", b"Host: b", b"Connection: close", first=b"GET /shows HTTP/1.1"),
            id="two hosts",
        ),
    ],
)
def test_an_ambiguous_request_is_refused_and_nothing_behind_it_is_read(wire: Wire, sent: bytes) -> None:
    answer = wire.answers(sent + b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")

    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == 400


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(request(b"Host: a", b"X-Long: " + b"x" * 40_000), 431, id="one long field"),
        pytest.param(request(b"Host: a", *[b"X-%d: 1234567890" % n for n in range(2_000)]), 431, id="many"),
        pytest.param(b"GET /shows HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 40_000, 431, id="no end"),
        pytest.param(
            request(b"Host: a", b"Authorization: Bearer " + b"x" * 60_000), 401, id="one long token"
        ),
        pytest.param(
            b"GET /shows HTTP/1.1\r\nHost: a\r\nauthorization: Bearer " + b"x" * 60_000,
            401,
            id="token without end",
        ),
        pytest.param(
            request(b"Host: a", b"Authorization: Bearer x", b"X-Long: " + b"x" * 40_000),
            431,
            id="beside a token",
        ),
        pytest.param(b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414, id="long address"),
        pytest.param(b"GET /?q=" + b"x" * 9_000, 414, id="address without end"),
    ],
)
def test_a_head_or_an_address_that_is_too_large_is_refused(wire: Wire, sent: bytes, status: int) -> None:
    assert wire.status(sent) == status


def test_a_head_of_thirty_kilobytes_is_read(wire: Wire) -> None:
    sent = request(
        b"Host: a", b"X-Long: " + b"x" * 30_000, b"Connection: close", first=b"GET /health/live HTTP/1.1"
    )

    assert wire.status(sent) == 200


def test_a_trailer_counts_for_nothing(wire: Wire) -> None:
    trailer = b"0\r\nAuthorization: Bearer x\r\nHost: b\r\n\r\n"

    answer = wire.answers(
        request(
            b"Host: a",
            b"Transfer-Encoding: chunked",
            b"Connection: close",
            first=b"GET /health/live HTTP/1.1",
            body=trailer,
        )
    )

    assert answer.startswith(b"HTTP/1.1 200 ")


def test_an_offer_to_change_the_protocol_is_answered_as_the_request_that_it_is(wire: Wire) -> None:
    sent = request(
        b"Host: a",
        b"Connection: Upgrade",
        b"Upgrade: websocket",
        b"Sec-WebSocket-Version: 13",
        first=b"GET /health/live HTTP/1.1",
    )

    answer = wire.answers(sent)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"connection: close" in answer


def test_requests_sent_at_once_are_answered_in_turn(wire: Wire) -> None:
    one = request(b"Host: a", first=b"GET /health/live HTTP/1.1")
    last = request(b"Host: a", b"Connection: close", first=b"GET /health/live HTTP/1.1")

    answer = wire.answers(one + one + last)

    assert answer.count(b"HTTP/1.1 200 OK") == 3


def test_what_is_wrong_behind_a_good_request_takes_nothing_from_its_answer(wire: Wire) -> None:
    good = request(b"Host: a", first=b"GET /health/ready HTTP/1.1")

    with closing(wire.open()) as connection:
        connection.sendall(good + b"\x00\x01\x02 no request\r\n\r\n")
        answer = rest_of(connection)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b'"status":"ok"' in answer
