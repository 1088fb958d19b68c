"""Films that break off on the way in."""

import socket
from urllib.parse import urlsplit

import pytest

from faults.conftest import PATIENCE_SECONDS, Scene
from server_fixtures import eventually

pytestmark = pytest.mark.slow
HALF = bytes(300_000)


def begin_to_send(scene: Scene) -> socket.socket:
    """Sends half a film, and waits until it lies on the disk."""
    address = urlsplit(scene.server.url)
    connection = socket.create_connection((str(address.hostname), int(address.port or 0)))
    head = (
        f"POST /ingest/videos HTTP/1.1\r\nHost: {address.netloc}\r\n"
        f"Authorization: {scene.admin.headers['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 1000000\r\n\r\n"
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n'
    )
    connection.sendall(head.encode() + HALF)
    eventually(lambda: _bytes_on_disk(scene) > len(HALF) // 2, seconds=PATIENCE_SECONDS, otherwise=scene.log)
    return connection


def _bytes_on_disk(scene: Scene) -> int:
    return sum((scene.data / "incoming" / name).stat().st_size for name in scene.files("incoming"))


def test_a_film_whose_sender_hangs_up_leaves_nothing_and_is_no_fault_of_ours(scene: Scene) -> None:
    connection = begin_to_send(scene)

    connection.close()

    eventually(lambda: scene.files("incoming") == [], seconds=PATIENCE_SECONDS)
    assert scene.admin.get("/ingest/jobs").json()["items"] == []
    assert "unexpected error" not in scene.log()


def test_a_service_killed_while_a_film_comes_in_sweeps_the_rest_away_when_it_starts(scene: Scene) -> None:
    with begin_to_send(scene):
        worker = scene.worker()
        scene.server.kill()
        worker.wait(PATIENCE_SECONDS)
    half_a_film = scene.files("incoming")

    scene.server.start()

    assert len(half_a_film) == 1
    eventually(lambda: scene.files("incoming") == [], seconds=PATIENCE_SECONDS, otherwise=scene.log)
    assert scene.admin.get("/ingest/jobs").json()["items"] == []
    assert scene.shows() == []
    assert scene.files("media") == []
