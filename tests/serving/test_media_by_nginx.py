"""With nginx in front, media leave by it: the app says what, and to whom."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from house_rules.source_tree import REPOSITORY
from server_fixtures import Server, eventually, free_port, new_server

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
    """The address of an nginx that is set up as deploy/nginx.conf says."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is not installed")
        pytest.skip("nginx is not installed")
    port = free_port()
    site = (REPOSITORY / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    site = site.replace("127.0.0.1:8000", handing_server.url.removeprefix("http://"))
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace(
        "/data/media/", f"{tmp_path}/data/media/"
    )
    log = tmp_path / "nginx.log"
    temporary = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"user root;\ndaemon off;\npid {tmp_path}/nginx.pid;\nerror_log {log};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}{site}}}\n",
        encoding="utf-8",
    )
    command = [program, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(log)]
    with subprocess.Popen(command) as nginx:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: answers(f"{url}/health/live"), seconds=20, otherwise=log.read_text)
        yield url
        nginx.terminate()


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False


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
