"""Told to stop in the middle of everything, the service ends soon, ends well, and keeps what it has said it has."""

import socket
import time
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from server_fixtures import Server

MOST_SECONDS = 10
PART_BYTES = 8 * 1024 * 1024
LARGE_FILE = "videos/a/1/poster.jpg"
LARGE_BYTES = 60_000_000


def open_stream(server: Server, head: str, *, more: bytes = b"") -> socket.socket:
    """A request whose answer, or whose body, does not end by itself."""
    host, _, port = server.url.removeprefix("http://").partition(":")
    connection = socket.create_connection((host, int(port)), timeout=30)
    connection.sendall(f"{head}\r\nHost: {host}\r\n\r\n".encode() + more)
    return connection


def begin_upload(admin: httpx.Client, film: Path) -> tuple[str, list[str]]:
    """An upload of two parts: its id and the addresses of both."""
    answer = admin.post(
        "/ingest/uploads",
        json={"filename": "film.mp4", "size": PART_BYTES + 1000, "contentType": "video/mp4"},
    )
    assert answer.status_code == 201, answer.text
    upload = answer.json()["uploadId"]
    return upload, [
        admin.get(f"/ingest/uploads/{upload}/parts/{number}").raise_for_status().json()["url"]
        for number in (1, 2)
    ]


@pytest.mark.alone
def test_with_events_media_and_an_upload_open_it_ends_within_ten_seconds_and_loses_nothing(
    server: Server, film: Path
) -> None:
    large = Path(server.environment["DATA_DIR"]) / "media" / LARGE_FILE
    large.parent.mkdir(parents=True)
    large.write_bytes(bytes(LARGE_BYTES))
    with ExitStack() as open_ones, closing(server.admin()) as admin:
        with film.open("rb") as content:
            job = admin.post("/ingest/videos", files={"file": content}).raise_for_status().json()["id"]
        upload, (first, second) = begin_upload(admin, film)
        httpx.put(first, content=bytes(PART_BYTES)).raise_for_status()
        token = admin.headers["Authorization"]
        events = open_stream(server, f"GET /ingest/jobs/{job}/events HTTP/1.1\r\nAuthorization: {token}")
        media = open_stream(server, f"GET /media/{LARGE_FILE} HTTP/1.1")
        path = second.removeprefix(server.url)
        part = open_stream(server, f"PUT {path} HTTP/1.1\r\nContent-Length: 1000", more=b"half")
        for each in (events, media, part):
            open_ones.enter_context(closing(each))
        assert events.recv(15) == b"HTTP/1.1 200 OK"
        assert media.recv(15) == b"HTTP/1.1 200 OK"

        began = time.monotonic()
        code = server.stop()
        seconds = time.monotonic() - began
        told = part.recv(12)

    assert code == 0, server.log.read_text(encoding="utf-8")
    assert seconds < MOST_SECONDS
    assert told == b"HTTP/1.1 503"
    assert [line for line in server.log.read_text(encoding="utf-8").splitlines() if '"error"' in line] == []
    server.start()
    with closing(server.admin()) as admin:
        arrived = admin.get(f"/ingest/uploads/{upload}").json()["parts"]
        kept = admin.get(f"/ingest/jobs/{job}").json()
    assert [part["partNumber"] for part in arrived] == [1]
    assert kept["state"] in {"queued", "running", "completed"}
