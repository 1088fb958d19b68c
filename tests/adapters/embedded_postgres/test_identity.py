"""Who PostgreSQL runs as when we are root, an ordinary user, or somebody that the machine has no name for.

Only root can play all these parts: as a user of another number, or in a namespace of one user, the real thing
runs.
"""

import os
import pwd
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapters.embedded_postgres.scene import OtherProcess, ask, eventually, postmaster_of, servers_of
from showsondemand.adapters.embedded_postgres import become
from showsondemand.adapters.embedded_postgres.database import embedded_postgres

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand a process to somebody else")

StartProcess = Callable[..., OtherProcess]
NOBODY = pwd.getpwnam("nobody")
DAEMON = pwd.getpwnam("daemon")
UNNAMED = 54321


def in_a_namespace_as(uid: int) -> tuple[str, ...]:
    """Words in front of a command that make root the ordinary user ``uid`` there."""
    return (sys.executable, str(become.__file__), "namespace", str(uid), str(uid), "/", "--")


def give(folder: Path, user: pwd.struct_passwd) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)


@pytest.fixture
def nobodys_folder(copied_folder: Path) -> Path:
    """Where there is a cluster that root has handed to the user nobody."""
    with embedded_postgres(copied_folder, allow_namespaces=False):
        return copied_folder


def test_roots_server_runs_in_a_namespace_and_its_files_stay_roots(used_folder: Path) -> None:
    with embedded_postgres(used_folder):
        server = postmaster_of(used_folder)
        namespace = Path(f"/proc/{server.pid}/ns/user").readlink()

    assert namespace != Path("/proc/self/ns/user").readlink()
    assert {path.stat().st_uid for path in (used_folder / "cluster").rglob("*")} == {0}


def test_where_namespaces_are_refused_root_hands_the_cluster_alone_to_nobody(new_folder: Path) -> None:
    above = new_folder.parent
    mode_above = above.stat().st_mode

    with embedded_postgres(new_folder, allow_namespaces=False) as database:
        runs_as = postmaster_of(new_folder).uids()
        answer = ask(database.url, "SELECT 1")

    assert answer == 1
    assert set(runs_as) == {NOBODY.pw_uid}
    assert (new_folder / "cluster").stat().st_uid == NOBODY.pw_uid
    assert (above.stat().st_mode, above.stat().st_uid, new_folder.stat().st_uid) == (mode_above, 0, 0)


def test_killing_an_owner_that_is_root_ends_a_server_that_is_nobodys(
    nobodys_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(nobodys_folder, "without-namespaces")
    ask(owner.got()["url"], "INSERT INTO film VALUES ('Sintel')")

    owner.kill()
    with embedded_postgres(nobodys_folder, allow_namespaces=False) as database:
        kept = ask(database.url, "SELECT title FROM film")

    assert kept == "Sintel"


def test_a_cluster_made_in_a_namespace_also_runs_without(copied_folder: Path) -> None:
    with embedded_postgres(copied_folder, allow_namespaces=False) as database:
        films = ask(database.url, "SELECT count(*) FROM film")

    assert films == 0


def test_a_cluster_made_without_namespaces_also_runs_where_they_are_allowed(nobodys_folder: Path) -> None:
    with embedded_postgres(nobodys_folder) as database:
        films = ask(database.url, "SELECT count(*) FROM film")

    assert films == 0


def test_root_runs_a_users_cluster_as_that_user_and_takes_nothing_away(nobodys_folder: Path) -> None:
    give(nobodys_folder, DAEMON)

    with embedded_postgres(nobodys_folder):
        runs_as = postmaster_of(nobodys_folder).uids()
        owners = {path.stat().st_uid for path in nobodys_folder.rglob("*")}

    assert set(runs_as) == {DAEMON.pw_uid}
    assert owners == {DAEMON.pw_uid}


@pytest.fixture
def closed_folder(new_folder: Path) -> Iterator[Path]:
    """One that nobody but root can reach."""
    new_folder.parent.chmod(0o700)
    yield new_folder
    new_folder.parent.chmod(0o711)


def test_nobodys_server_reaches_a_closed_folder_without_opening_it(closed_folder: Path) -> None:
    with embedded_postgres(closed_folder, allow_namespaces=False) as database:
        answer = ask(database.url, "SELECT 1")
        runs_as = postmaster_of(closed_folder).uids()

    assert answer == 1
    assert set(runs_as) == {NOBODY.pw_uid}
    assert closed_folder.parent.stat().st_mode & 0o777 == 0o700


def test_killing_the_owner_also_ends_a_server_that_reaches_closed_folders(
    closed_folder: Path, start_process: StartProcess
) -> None:
    owner = start_process(closed_folder, "without-namespaces")
    owner.got()

    owner.kill()

    assert eventually(lambda: not servers_of(closed_folder))


def test_root_is_told_the_way_out_where_it_may_not_hand_that_reach_over(
    closed_folder: Path, start_process: StartProcess
) -> None:
    weak_root = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
    process = start_process(closed_folder, "without-namespaces", run_by=weak_root)

    refusal = process.got()["refusal"]

    assert f"nobody cannot reach {closed_folder}" in refusal
    assert "DATA_DIR" in refusal
    assert "DATABASE_URL" in refusal


def test_an_ordinary_user_runs_it_without_any_of_this(new_folder: Path, start_process: StartProcess) -> None:
    user = start_process(new_folder, "without-namespaces", run_by=in_a_namespace_as(DAEMON.pw_uid))

    got = user.got()

    assert ask(got["url"], "SELECT 1") == 1


def test_a_user_without_a_name_borrows_one_in_a_namespace(
    new_folder: Path, start_process: StartProcess
) -> None:
    user = start_process(new_folder, run_by=in_a_namespace_as(UNNAMED))

    got = user.got()

    assert ask(got["url"], "SELECT 1") == 1


def test_a_user_without_a_name_is_told_the_way_out_where_namespaces_are_refused(
    new_folder: Path, start_process: StartProcess
) -> None:
    user = start_process(new_folder, "without-namespaces", run_by=in_a_namespace_as(UNNAMED))

    refusal = user.got()["refusal"]

    assert "54321 has no name in /etc/passwd" in refusal
    assert "DATABASE_URL" in refusal


def test_a_user_is_told_whose_cluster_it_is(nobodys_folder: Path, start_process: StartProcess) -> None:
    user = start_process(nobodys_folder, run_by=in_a_namespace_as(DAEMON.pw_uid))

    refusal = user.got()["refusal"]

    assert f"{nobodys_folder / 'cluster'} belongs to nobody, not to daemon" in refusal
