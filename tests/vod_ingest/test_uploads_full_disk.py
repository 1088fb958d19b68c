"""A disk that is full refuses for now, keeps what it has, and goes on when there is room."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.config import Settings
from showsondemand.wiring import Wiring
from small_disk import make_room, small_disk_at
from vod_ingest.sender import PART_BYTES, Sender

ROOM_MEGABYTES = 12


@pytest.fixture
def small_disk(settings: Settings) -> Iterator[Path]:
    """The data folder, on a file system of its own with little room."""
    with small_disk_at(settings.data_folder, ROOM_MEGABYTES):
        yield settings.data_folder


@pytest.fixture
def sender(small_disk: Path, client: TestClient, people: People, film: Path) -> Sender:
    """Somebody with a film of a part and a half, of which the disk holds one copy and no second one."""
    film_bytes = film.read_bytes()
    rest = PART_BYTES + PART_BYTES // 4 - len(film_bytes) - 8
    padded = film_bytes + (rest + 8).to_bytes(4, "big") + b"free" + secrets.token_bytes(rest)
    return Sender(client, people.editor().headers, padded)


def test_a_film_that_finds_no_room_to_be_put_together_waits_for_it(small_disk: Path, sender: Sender) -> None:
    sender.begin()
    sender.send_all()

    refused = sender.complete()
    make_room(small_disk, 64)
    completed = sender.complete()

    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/storage-unavailable")
    assert "Retry-After" in refused.headers
    assert completed.status_code == 202


def test_a_part_that_finds_no_room_is_not_kept(small_disk: Path, sender: Sender, wiring: Wiring) -> None:
    (small_disk / "ballast").write_bytes(bytes(8 * 1024 * 1024))
    sender.begin()

    refused = sender.send(1)
    (small_disk / "ballast").unlink()
    arrived = sender.send(1)

    assert refused.status_code == 503
    assert arrived.status_code == 200
    assert len(sender.read()["parts"]) == 1
