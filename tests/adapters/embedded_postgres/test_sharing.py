"""Several processes on one folder: one of them runs the server, all of them reach it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.embedded_postgres.scene import OtherProcess, ask, eventually, servers_of
from showsondemand.adapters.embedded_postgres.database import embedded_postgres

StartProcess = Callable[..., OtherProcess]


def test_a_second_process_attaches_to_the_running_server(
    used_folder: Path, start_process: StartProcess
) -> None:
    with embedded_postgres(used_folder) as ours:
        ask(ours.url, "INSERT INTO film VALUES ('Sintel')")
        theirs = start_process(used_folder).got()

        seen = ask(theirs["url"], "DELETE FROM film RETURNING title")

    assert ours.owned
    assert not theirs["owned"]
    assert seen == "Sintel"


def test_the_server_stays_when_one_who_attached_leaves(
    used_folder: Path, start_process: StartProcess
) -> None:
    with embedded_postgres(used_folder) as ours:
        guest = start_process(used_folder)
        guest.got()

        guest.leave()

        assert ask(ours.url, "SELECT 1") == 1


@pytest.mark.parametrize("callers", [5])
def test_of_many_first_callers_at_one_instant_one_makes_the_cluster_and_all_share_it(
    new_folder: Path, start_process: StartProcess, callers: int
) -> None:
    processes = [start_process(new_folder) for _ in range(callers)]

    got = [process.got() for process in processes]

    assert sorted(one["owned"] for one in got) == [False] * (callers - 1) + [True]
    assert len({one["url"] for one in got}) == 1
    assert all(ask(one["url"], "SELECT 1") == 1 for one in got)


def test_a_caller_after_the_owners_death_becomes_the_owner(
    used_folder: Path, start_process: StartProcess
) -> None:
    owner, guest = start_process(used_folder), start_process(used_folder)
    both = [owner.got(), guest.got()]
    (owner if both[0]["owned"] else guest).kill()

    heir = start_process(used_folder).got()

    assert heir["owned"]
    assert ask(heir["url"], "SELECT 1") == 1


def test_an_owner_that_leaves_takes_its_server_along(used_folder: Path, start_process: StartProcess) -> None:
    owner = start_process(used_folder)
    owner.got()

    owner.leave()

    assert eventually(lambda: not servers_of(used_folder))
