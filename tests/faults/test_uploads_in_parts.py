"""A service that is killed over a film in parts, by the kernel and without a word, goes on where it was."""

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import httpx
import pytest

from server_fixtures import Server

PART_BYTES = 8 * 1024 * 1024
PARTS = 4


def film_of_parts(film: Path) -> bytes:
    """A film, and after its last box what fills ``PARTS`` parts."""
    content = film.read_bytes()
    rest = PARTS * PART_BYTES - len(content) - 8
    return content + (rest + 8).to_bytes(4, "big") + b"free" + secrets.token_bytes(rest)


def send(admin: httpx.Client, upload: str, content: bytes, number: int) -> None:
    address = admin.get(f"{upload}/parts/{number}").raise_for_status().json()["url"]
    part = content[(number - 1) * PART_BYTES : number * PART_BYTES]
    httpx.put(address, content=part, timeout=30).raise_for_status()


def complete(admin: httpx.Client, upload: str, content: bytes) -> httpx.Response:
    parts = [
        {
            "partNumber": number,
            "etag": hashlib.md5(content[(number - 1) * PART_BYTES : number * PART_BYTES]).hexdigest(),
        }
        for number in range(1, PARTS + 1)
    ]
    return admin.post(f"{upload}/complete", json={"parts": parts}, timeout=60)


@pytest.fixture
def admin(server: Server) -> Iterator[httpx.Client]:
    with closing(server.admin()) as client:
        yield client


def test_killed_over_parts_and_over_completing_it_makes_one_job_of_the_whole_film(
    server: Server, admin: httpx.Client, film: Path
) -> None:
    chance, content = Random(20261124), film_of_parts(film)
    said = {"filename": "film.mp4", "size": len(content), "contentType": "video/mp4"}
    upload = admin.post("/ingest/uploads", json=said).raise_for_status().headers["Location"]

    send(admin, upload, content, 3)
    killed_over(server, lambda: send(admin, upload, content, 1), chance)
    arrived = {part["partNumber"] for part in admin.get(upload).raise_for_status().json()["parts"]}
    for number in set(range(1, PARTS + 1)) - arrived:
        send(admin, upload, content, number)
    for _ in range(2):
        killed_over(server, lambda: complete(admin, upload, content), chance)
    answer = complete(admin, upload, content)

    assert 3 in arrived
    assert answer.status_code == 202, answer.text
    jobs = admin.get("/ingest/jobs").json()["items"]
    assert [job["id"] for job in jobs] == [answer.json()["id"]]
    stored = Path(server.environment["DATA_DIR"]) / "media" / "sources" / jobs[0]["id"] / "film"
    assert stored.read_bytes() == content


def killed_over(server: Server, doing: Callable[[], object], chance: Random) -> None:
    """Kills the service at some moment of what is being done, and starts it anew."""

    def try_it() -> None:
        with suppress(httpx.HTTPError):
            doing()

    attempt = threading.Thread(target=try_it)
    attempt.start()
    attempt.join(chance.uniform(0.0, 0.3))
    server.kill()
    attempt.join()
    server.start("--no-worker")
