"""A file system with little room, for what has to be harmed by a full one."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk_at(folder: Path, megabytes: int) -> Iterator[None]:
    """Lays it over ``folder``; only root makes file systems, and not in every container."""
    folder.mkdir(parents=True)
    size = f"size={megabytes}m"
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no file system can be made here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make_room(folder: Path, megabytes: int) -> None:
    """Lets it have so much from now on."""
    subprocess.run(["mount", "-o", f"remount,size={megabytes}m", str(folder)], check=True)
