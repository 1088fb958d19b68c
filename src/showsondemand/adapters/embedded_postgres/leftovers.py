"""Processes and files that an earlier server of this cluster left behind, and how to clear them safely."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from showsondemand.adapters.embedded_postgres.errors import CannotRunHere

_PROC = Path("/proc")
_PS = ("ps", "-axo", "pid=,command=")
_SERVER = re.compile(r"(\S*/)?postgres[: ]")
_POLL_SECONDS = 0.02
_LEAVES_BY_ITSELF_SECONDS = 1.0  # a backend whose postmaster is gone ends when it notices
_SHUTDOWN_SECONDS = 15.0
_DEATH_SECONDS = 5.0


def clear_leftovers(cluster: Path, cluster_name: str) -> None:
    """Ends whatever still runs ``cluster`` and removes what would keep a new server from starting.

    Only for who holds the folder's lock. A server that is alive is asked to shut down; what has lost its
    server is ended. The pid file goes only when none is alive: its number may by now be somebody else's.
    Raises ``CannotRunHere`` where something refuses to end.
    """

    def alive() -> list[int]:
        return list(_servers(cluster, cluster_name))

    postmaster = _recorded_pid(cluster)
    if postmaster in alive():
        _signal([postmaster], signal.SIGINT)  # to the postmaster alone: others take it for something else
        _wait_until_none(alive, _SHUTDOWN_SECONDS)
    elif not _wait_until_none(alive, _LEAVES_BY_ITSELF_SECONDS):
        _signal(alive(), signal.SIGQUIT)
        _wait_until_none(alive, _DEATH_SECONDS)
    _signal(alive(), signal.SIGKILL)
    if not _wait_until_none(alive, _DEATH_SECONDS):
        raise CannotRunHere(f"processes {alive()} of an earlier server of {cluster} do not end")
    for stale in (cluster / "postmaster.pid", *cluster.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _servers(cluster: Path, cluster_name: str) -> Iterator[int]:
    """Processes of PostgreSQL that name this cluster in their command line, or work in its folder."""
    for pid, command in _commands():
        if not _SERVER.match(command):
            continue
        if cluster_name in command or f"{cluster} " in f"{command} " or _works_in(pid, cluster):
            yield pid


def _works_in(pid: int, cluster: Path) -> bool:
    """Whether the process's folder is ``cluster``, for a server that somebody started by hand."""
    try:
        return (_PROC / str(pid) / "cwd").samefile(cluster)
    except OSError:  # it has ended, is another user's, or there is no /proc
        return False


def _commands() -> Iterator[tuple[int, str]]:
    """Every process's number and command line."""
    if (_PROC / "self" / "cmdline").exists():
        for process in _PROC.iterdir():
            if process.name.isdecimal():
                yield int(process.name), _command_in_proc(process)
        return
    for line in subprocess.run(_PS, check=True, capture_output=True, text=True).stdout.splitlines():  # noqa: S603
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command.strip()


def _command_in_proc(process: Path) -> str:
    try:
        return (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:  # it has ended since we saw it
        return ""


def _recorded_pid(cluster: Path) -> int:
    """The server's number by its pid file; 0, which no server has, where there is none."""
    try:
        return int((cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return 0


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _wait_until_none(alive: Callable[[], list[int]], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True
