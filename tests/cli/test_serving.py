"""``serve`` says where to go, ends when it is told to, and leaves nothing behind however it ends."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from cli.commands import environment, run
from server_fixtures import Server, eventually, new_server

GONE_SECONDS = 20
WORKER = "showsondemand.cli.main"


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Server]:
    """A running service on a database of its own making, in a folder that root's PostgreSQL can reach."""
    server = new_server(tmp_path)
    try:
        server.start()
    except AssertionError:
        if os.environ.get("CI") or "cannot run here" not in server.log.read_text(encoding="utf-8"):
            raise
        pytest.skip("no embedded PostgreSQL runs here")
    yield server
    if server.process.poll() is None:
        server.stop()


def below(server: Server) -> list[psutil.Process]:
    """Every process that the service has started."""
    return psutil.Process(server.process.pid).children(recursive=True)


def are_gone(processes: list[psutil.Process]) -> bool:
    return not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def begin_transcoding(server: Server, film: Path) -> None:
    """Returns in mid-transcode."""
    with closing(server.admin()) as client, film.open("rb") as content:
        answer = client.post("/ingest/videos", files={"file": content})
        assert answer.status_code == 202, answer.text
    eventually(lambda: bool(server.children("-filter_complex")), seconds=60, otherwise=server.log.read_text)


def test_it_says_where_to_go(server: Server) -> None:
    said = server.log.read_text(encoding="utf-8")

    assert f"answers at {server.url}" in said
    assert f"{server.url}/docs" in said
    assert "create-admin" not in said


def test_without_an_admin_it_says_how_to_become_one(tmp_path: Path, migrated_database_url: str) -> None:
    server = new_server(tmp_path, DATABASE_URL=migrated_database_url, ADMIN_EMAIL="", ADMIN_PASSWORD="")

    server.start("--no-worker")

    assert server.stop() == 0
    assert "showsondemand create-admin YOU@EXAMPLE.ORG" in server.log.read_text(encoding="utf-8")


def test_without_a_public_address_films_play_from_the_port_it_listens_on(
    tmp_path: Path, migrated_database_url: str
) -> None:
    server = new_server(tmp_path, DATABASE_URL=migrated_database_url, PUBLIC_BASE_URL="")
    server.start("--no-worker")

    with closing(server.admin()) as client:
        made = client.post(
            "/shows", json={"title": "Sintel", "hlsSrcVideoURL": f"{server.url}/media/videos/a/1/x.m3u8"}
        )
    assert server.stop() == 0

    assert made.json()["hlsSrcVideoURL"].startswith(f"{server.url}/media/")


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("serve", "--port", str(port), given=environment(tmp_path))

    assert ended.returncode == 1
    assert ended.stderr == (
        f"Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with --host and --port.\n"
    )
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_in_mid_transcode_it_ends_well_and_leaves_nothing(
    number: signal.Signals, embedded: Server, film: Path
) -> None:
    begin_transcoding(embedded, film)
    started = below(embedded)

    embedded.process.send_signal(number)

    assert embedded.process.wait(GONE_SECONDS) == 0
    assert are_gone(started)


def test_killed_in_mid_transcode_it_leaves_nothing_and_finishes_the_film_afterwards(
    embedded: Server, film: Path
) -> None:
    begin_transcoding(embedded, film)
    started = below(embedded)

    embedded.kill()

    eventually(lambda: are_gone(started), seconds=GONE_SECONDS)
    embedded.start()
    with closing(embedded.admin()) as client:

        def shows() -> list[dict[str, object]]:
            items: list[dict[str, object]] = client.get("/shows", params={"state": "all"}).json()["items"]
            return items

        eventually(lambda: bool(shows()), seconds=120, otherwise=embedded.log.read_text)
        assert len(shows()) == 1


def test_a_worker_that_is_killed_is_replaced(embedded: Server) -> None:
    (worker,) = embedded.children(WORKER)

    worker.kill()

    eventually(lambda: [each.pid for each in embedded.children(WORKER)] not in ([], [worker.pid]), seconds=30)


def test_a_second_service_on_the_same_folder_shares_the_first_ones_database(
    embedded: Server, tmp_path: Path
) -> None:
    second = new_server(tmp_path)
    second.log = tmp_path / "second.log"
    with closing(embedded.admin()) as client:
        client.post("/shows", json={"title": "Sintel"})

    second.start("--no-worker")
    with closing(second.admin()) as client:
        shows = client.get("/shows", params={"state": "all"}).json()["items"]

    assert second.stop() == 0
    assert [show["title"] for show in shows] == ["Sintel"]
    assert "run by another showsondemand" in second.log.read_text(encoding="utf-8")
    assert embedded.is_ready()
