"""With nginx in front, media leave by it: the app says what, and to whom."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nginx_front import nginx_before
from server_fixtures import Server, new_server

CONTENT = bytes(range(256)) * 4_000
KEY = "videos/a/1/poster.jpg"


@pytest.fixture
def handing_server(tmp_path: Path, migrated_database_url: str) -> Iterator[Server]:
    server = new_server(tmp_path, DATABASE_URL=migrated_database_url, MEDIA_ACCEL_REDIRECT="/kept/")
    file = tmp_path / "data" / "media" / KEY
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    server.start("--no-worker")
    yield server
    server.stop()


@pytest.fixture
def front(handing_server: Server, tmp_path: Path) -> Iterator[str]:
    with nginx_before([handing_server], tmp_path) as url:
        yield url


def test_nginx_sends_what_the_app_allows_and_nothing_else(front: str) -> None:
    whole = httpx.get(f"{front}/media/{KEY}")
    passage = httpx.get(f"{front}/media/{KEY}", headers={"Range": "bytes=1000-1999"})
    known = httpx.get(f"{front}/media/{KEY}", headers={"If-None-Match": whole.headers["ETag"]})

    assert whole.content == CONTENT
    assert whole.headers["Content-Type"] == "image/jpeg"
    assert whole.headers["Cache-Control"] == "public, max-age=3600"
    assert whole.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert (passage.status_code, passage.content) == (206, CONTENT[1000:2000])
    assert known.status_code == 304
    assert httpx.get(f"{front}/kept/{KEY}").status_code == 404
    assert httpx.get(f"{front}/media/videos/a/1/master.m3u8").status_code == 401
    assert httpx.get(f"{front}/metrics").status_code == 404
    assert httpx.get(f"{front}/shows").status_code == 200
