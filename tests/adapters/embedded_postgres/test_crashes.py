"""Whatever is killed, and whenever: what was committed is there, and the next start finds its way."""

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest

from adapters.embedded_postgres.scene import OtherProcess, ask, eventually, postmaster_of, servers_of
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder
from showsondemand.adapters.embedded_postgres.identity import identity_for
from showsondemand.adapters.embedded_postgres.installations import installation_of
from showsondemand.adapters.embedded_postgres.server_command import ENVIRONMENT

StartProcess = Callable[..., OtherProcess]


@pytest.fixture
def somebody_else() -> Iterator[subprocess.Popen[bytes]]:
    """A living process that has nothing to do with PostgreSQL."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


def test_killing_the_owner_ends_its_server_and_loses_no_committed_row(
    used_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(used_folder)
    ask(owner.got()["url"], "INSERT INTO film VALUES ('Sintel')")

    owner.kill()

    assert eventually(lambda: not servers_of(used_folder))
    with embedded_postgres(used_folder) as database:
        assert database.owned
        assert ask(database.url, "DELETE FROM film RETURNING title") == "Sintel"


def test_a_start_at_once_after_the_owner_was_killed_waits_for_what_it_left(
    used_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(used_folder)
    ask(owner.got()["url"], "INSERT INTO film VALUES ('Sintel')")

    owner.kill()
    with embedded_postgres(used_folder) as database:
        kept = ask(database.url, "DELETE FROM film RETURNING title")

    assert kept == "Sintel"


def test_a_statement_that_never_ends_does_not_outlive_its_server(
    used_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(used_folder)
    url = owner.got()["url"]
    with ThreadPoolExecutor() as threads:
        endless = threads.submit(ask, url, "DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$")
        assert eventually(lambda: ask(url, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %'"))

        owner.kill()
        assert eventually(lambda: len(servers_of(used_folder)) == 1)
        (orphan,) = servers_of(used_folder)
        with embedded_postgres(used_folder):
            assert orphan not in servers_of(used_folder)

        assert isinstance(endless.exception(), asyncpg.PostgresError | ConnectionError)


def test_a_killed_server_is_started_again_at_its_address_with_every_committed_row(used_folder: Path) -> None:
    def answers() -> bool:
        try:
            return bool(ask(database.url, "SELECT count(*) = 1 FROM film"))
        except (OSError, asyncpg.PostgresError):
            return False

    with embedded_postgres(used_folder) as database:
        ask(database.url, "INSERT INTO film VALUES ('Sintel')")
        postmaster_of(used_folder).kill()

        assert eventually(answers)
        assert ask(database.url, "DELETE FROM film RETURNING title") == "Sintel"

    assert servers_of(used_folder) == []


def test_a_cluster_that_was_never_finished_is_cleared_away(used_folder: Path) -> None:
    half = used_folder / "making-1-00000000"
    half.joinpath("base").mkdir(parents=True)

    with embedded_postgres(used_folder) as database:
        answer = ask(database.url, "SELECT 1")

    assert answer == 1
    assert not half.exists()


def test_an_owner_killed_while_it_makes_the_cluster_leaves_none(
    new_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(new_folder)
    assert eventually(lambda: list(new_folder.glob("making-*/base/*")))

    owner.kill()

    assert not (new_folder / "cluster").exists()
    with embedded_postgres(new_folder) as database:
        assert ask(database.url, "SELECT 1") == 1
    assert not list(new_folder.glob("making-*"))


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(
    used_folder: Path, somebody_else: subprocess.Popen[bytes]
) -> None:
    pid_file = DatabaseFolder(used_folder).cluster / "postmaster.pid"
    pid_file.write_text(f"{somebody_else.pid}\n{pid_file.parent}\n", encoding="utf-8")

    with embedded_postgres(used_folder) as database:
        answer = ask(database.url, "SELECT 1")

    assert answer == 1
    assert somebody_else.poll() is None


def test_a_pid_file_that_names_another_clusters_server_leaves_that_server_alone(
    used_folder: Path, new_folder: Path
) -> None:
    pid_file = DatabaseFolder(used_folder).cluster / "postmaster.pid"
    with embedded_postgres(new_folder) as other:
        others_server = postmaster_of(new_folder)
        pid_file.write_text(f"{others_server.pid}\n{pid_file.parent}\n", encoding="utf-8")

        with embedded_postgres(used_folder) as database:
            answer = ask(database.url, "SELECT 1")

        assert answer == 1
        assert postmaster_of(new_folder) == others_server
        assert ask(other.url, "SELECT 1") == 1


def test_a_server_that_somebody_started_by_hand_is_shut_down_first(used_folder: Path) -> None:
    cluster = DatabaseFolder(used_folder).cluster
    by_hand = [installation_of(cluster).postgres, "-D", str(cluster), "-c", "listen_addresses="]
    by_hand += ["-c", f"unix_socket_directories={cluster}"]
    command = identity_for(cluster, allow_namespaces=True).command(by_hand, used_folder)
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL) as server:
        assert eventually(lambda: "ready" in _text(cluster / "postmaster.pid"))

        with embedded_postgres(used_folder) as database:
            answer = ask(database.url, "SELECT 1")

        assert server.wait() == 0
    assert answer == 1


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
