"""A disk that is full refuses for now, keeps what it has, and goes on when there is room."""

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.config import Settings
from showsondemand.wiring import Wiring
from vod_ingest.sender import PART_BYTES, Sender

ROOM_MEGABYTES = 12


@pytest.fixture
def small_disk(settings: Settings) -> Iterator[Path]:
    """The data folder, on a file system of its own with little room."""
    folder = settings.data_folder
    folder.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM_MEGABYTES}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("only root makes file systems, and not in every container")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


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
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
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
