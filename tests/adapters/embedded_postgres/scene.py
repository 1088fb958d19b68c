"""What these tests are told with: other processes, questions to a database, and a look at who is running."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from showsondemand.adapters.embedded_postgres.cluster import Credentials
from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder

_OWNER = Path(__file__).with_name("owner_process.py")
_PATIENCE_SECONDS = 60.0


class OtherProcess:
    """A running ``owner_process.py``."""

    def __init__(self, folder: Path, *words: str, run_by: Sequence[str] = ()) -> None:
        self._process = subprocess.Popen(
            [*run_by, sys.executable, str(_OWNER), str(folder), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def got(self) -> dict[str, Any]:
        """What it was given, once it has been given it."""
        assert self._process.stdout is not None
        got: dict[str, Any] = json.loads(self._process.stdout.readline())
        return got

    def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.communicate()

    def leave(self) -> None:
        """Lets it come to the end of its block and waits for that."""
        self._process.communicate()


def ask(url: str, statement: str) -> Any:
    """The first value that ``statement`` gives, committed."""

    async def answer() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(answer())


def servers_of(folder: Path) -> list[psutil.Process]:
    """The processes of PostgreSQL that run the cluster in ``folder``."""
    name = Credentials.of(DatabaseFolder(folder).cluster).cluster_name
    return [process for process in _postgres_processes() if any(name in word for word in _words_of(process))]


def _words_of(process: psutil.Process) -> list[str]:
    """What it was started with; none where it has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def postmaster_of(folder: Path) -> psutil.Process:
    """The one that the others are children of."""
    pid = DatabaseFolder(folder).cluster.joinpath("postmaster.pid").read_text(encoding="utf-8").split()[0]
    return psutil.Process(int(pid))


def eventually(condition: Callable[[], object]) -> bool:
    """Whether ``condition`` comes true before a patience that no working machine needs is over."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _postgres_processes() -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except psutil.Error:  # it has ended since
            continue
        if words and "postgres" in words[0]:
            yield process
