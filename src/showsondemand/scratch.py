"""Folders for work under way, removed afterwards, also for a process that died over it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FOLDER = "work"


@contextmanager
def scratch_folder(data_folder: Path, name: str) -> Iterator[Path]:
    """An empty folder of this process alone; its lock tells ``remove_abandoned_folders`` that somebody is at it."""
    folder = data_folder / _FOLDER / f"{name}-{os.urandom(4).hex()}"
    folder.mkdir(parents=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def remove_abandoned_folders(data_folder: Path) -> int:
    """Removes the folders of processes that died, and says how many there were."""
    removed = 0
    for folder in (data_folder / _FOLDER).glob("*"):
        with suppress(FileNotFoundError, NotADirectoryError, BlockingIOError):
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
            finally:
                os.close(handle)
    return removed
