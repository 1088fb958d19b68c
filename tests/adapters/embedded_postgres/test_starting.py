"""What somebody gets who asks for a database where there is none."""

import asyncio
import resource
import socket
import stat
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from adapters.embedded_postgres.scene import ask, servers_of
from showsondemand.adapters.embedded_postgres import server
from showsondemand.adapters.embedded_postgres.cluster import Credentials
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder
from showsondemand.adapters.embedded_postgres.server_command import socket_path
from showsondemand.adapters.embedded_postgres.server_log import ServerLog


def test_a_first_start_makes_a_database_that_keeps_every_language(new_folder: Path) -> None:
    with embedded_postgres(new_folder) as database:
        name = ask(database.url, "SELECT current_database()")
        lowered = ask(database.url, "SELECT lower('ÀÉ ЖУК')")
        checksums = ask(database.url, "SHOW data_checksums")
        ask(database.url, "CREATE EXTENSION pg_trgm")
        trigrams = ask(database.url, "SELECT show_trgm('Жук')")

    assert database.owned
    assert name == "showsondemand"
    assert lowered == "àé жук"
    assert checksums == "on"
    assert trigrams


def test_rows_outlast_the_server(used_folder: Path) -> None:
    with embedded_postgres(used_folder) as database:
        ask(database.url, "INSERT INTO film VALUES ('Sintel')")

    with embedded_postgres(used_folder) as database:
        kept = ask(database.url, "DELETE FROM film RETURNING title")

    assert kept == "Sintel"


def test_no_server_is_left_after_the_block(used_folder: Path) -> None:
    with embedded_postgres(used_folder):
        during = servers_of(used_folder)

    assert during
    assert servers_of(used_folder) == []


def test_a_connection_left_open_does_not_keep_the_server_from_stopping(used_folder: Path) -> None:
    async def forget_a_connection() -> None:
        with embedded_postgres(used_folder) as database:
            connection = await asyncpg.connect(database.url)
        connection.terminate()

    asyncio.run(forget_a_connection())

    assert servers_of(used_folder) == []


def test_the_application_is_no_superuser_but_may_make_databases(used_folder: Path) -> None:
    with embedded_postgres(used_folder) as database:
        powers = ask(
            database.url,
            "SELECT (rolsuper, rolcreatedb, rolcreaterole) FROM pg_roles WHERE rolname = current_user",
        )

    assert powers == (False, True, False)


@pytest.mark.parametrize("login", ["showsondemand:wrong", "showsondemand", "postgres:wrong", "postgres"])
def test_nobody_gets_in_without_the_password(used_folder: Path, login: str) -> None:
    with embedded_postgres(used_folder) as database:
        ours = urlsplit(database.url).netloc.removesuffix("@")
        by_socket = database.url.replace(ours, login)
        port = DatabaseFolder(used_folder).port.read_text(encoding="ascii")
        by_tcp = f"postgresql://{login}@127.0.0.1:{port}/showsondemand"

        for url in (by_socket, by_tcp):
            with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
                ask(url, "SELECT 1")


def test_the_password_opens_the_tcp_port_as_well(used_folder: Path) -> None:
    with embedded_postgres(used_folder):
        port = DatabaseFolder(used_folder).port.read_text(encoding="ascii")
        password = Credentials.of(DatabaseFolder(used_folder).cluster).password

        answer = ask(f"postgresql://showsondemand:{password}@127.0.0.1:{port}/showsondemand", "SELECT 1")

    assert answer == 1


def test_other_users_may_read_nothing_in_the_folder(used_folder: Path) -> None:
    with embedded_postgres(used_folder):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in used_folder.iterdir()}

    assert modes == {
        "cluster": 0o700,
        "owner.lock": 0o600,
        "postgres.log": 0o600,
        "server.port": 0o600,
    }


def test_a_path_that_no_url_can_hold_is_served_by_tcp(used_folder: Path, copied_folder: Path) -> None:
    folder = copied_folder.rename(copied_folder.with_name("with a space, a comma & 100 %"))

    with embedded_postgres(folder) as database:
        films = ask(database.url, "SELECT count(*) FROM film")

    assert films == 0
    assert urlsplit(database.url).hostname == "127.0.0.1"


@pytest.mark.parametrize(("length", "is_served"), [(60, True), (200, False)])
def test_a_path_too_long_for_the_kernel_is_not_served_by_socket(length: int, *, is_served: bool) -> None:
    cluster = Path("/" + "a" * length)

    path = socket_path(cluster, 65535)

    assert (path is not None) == is_served


def test_a_port_that_somebody_takes_first_is_given_up_for_another(
    used_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, socket.create_server(("127.0.0.1", 0)) as free:
        taken_port, free_port = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        offers = iter([taken_port, free_port])
        monkeypatch.setattr(server, "_free_port", lambda: next(offers))

        with embedded_postgres(used_folder) as database:
            answer = ask(database.url, "SELECT 1")

    assert answer == 1
    assert f"port={free_port}" in database.url


def test_the_server_sees_no_secret_of_our_environment(
    used_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "not for the database")
    monkeypatch.setenv("PGOPTIONS", "--nonsense=1")

    with embedded_postgres(used_folder):
        environments = [process.environ() for process in servers_of(used_folder)]

    assert environments
    assert not any({"SECRET_KEY", "PGOPTIONS"} & environment.keys() for environment in environments)


def test_a_full_disk_costs_the_log_and_not_the_server(new_folder: Path) -> None:
    folder = DatabaseFolder(new_folder)
    folder.make()
    log = ServerLog(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    log.write(b"LOG: lost\n")
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    log.write(b"LOG: kept\n")
    log.close()

    assert folder.log.read_bytes() == b"LOG: kept\n"
    assert log.says("lost")


def test_a_link_in_the_logs_place_is_not_followed(new_folder: Path, tmp_path: Path) -> None:
    folder = DatabaseFolder(new_folder)
    folder.make()
    folder.log.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic link"):
        ServerLog(folder)

    assert not (tmp_path / "elsewhere").exists()


def test_the_log_is_kept_and_does_not_grow_for_ever(new_folder: Path) -> None:
    folder = DatabaseFolder(new_folder)
    folder.make()
    log = ServerLog(folder, most_bytes=1000)

    for number in range(100):
        log.write(f"{number:99}\n".encode())
    log.close()

    assert folder.log.read_text(encoding="ascii").split()[-1] == "99"
    assert folder.log.stat().st_size + folder.older_log.stat().st_size <= 2 * 1100
