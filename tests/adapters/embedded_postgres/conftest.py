"""Folders with and without a cluster in them, and processes that are killed when a test forgets them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from adapters.embedded_postgres.scene import OtherProcess, ask
from showsondemand.adapters.embedded_postgres.database import embedded_postgres


@contextmanager
def _reachable_folder() -> Iterator[Path]:
    """One that the user nobody can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="embedded-") as name:
        Path(name).chmod(0o711)
        yield Path(name).resolve() / "database"


@pytest.fixture
def new_folder() -> Iterator[Path]:
    """Where there is no cluster yet."""
    with _reachable_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def used_folder() -> Iterator[Path]:
    """Where there is a stopped cluster with an empty table ``film (title text)``; every test leaves it so."""
    with _reachable_folder() as folder:
        with embedded_postgres(folder) as database:
            ask(database.url, "CREATE TABLE film (title text)")
        yield folder


@pytest.fixture
def copied_folder(used_folder: Path, new_folder: Path) -> Path:
    """A copy of ``used_folder`` to do anything with, but run the two at once: they go by the same name."""
    shutil.copytree(used_folder, new_folder)
    return new_folder


@pytest.fixture
def start_process() -> Iterator[Callable[..., OtherProcess]]:
    """Makes an ``OtherProcess`` of its arguments; what still runs at the end of the test is killed."""
    with ExitStack() as running:

        def start(folder: Path, *words: str, run_by: tuple[str, ...] = ()) -> OtherProcess:
            process = OtherProcess(folder, *words, run_by=run_by)
            running.callback(process.kill)
            return process

        yield start
