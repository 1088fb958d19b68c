"""Files and folders that survive a power cut: written, synchronised, then renamed to where they are seen."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from showsondemand.adapters.storage.port import StorageAway

_P = ParamSpec("_P")
_R = TypeVar("_R")


async def in_a_thread(action: Callable[_P, _R], *arguments: _P.args, **named: _P.kwargs) -> _R:
    """Runs ``action`` off the event loop. What the disk refuses, a missing file aside, is ``StorageAway``."""
    try:
        return await asyncio.to_thread(action, *arguments, **named)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageAway(error.strerror or "the disk refused") from error


def move_whole(source: Path, target: Path, root: Path) -> None:
    """Renames ``source``, all of it on the disk first, to a free ``target`` below ``root``."""
    sync_tree(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    for folder in (target.parent, *target.parent.parents):
        sync(folder)
        if folder == root:
            break


def sync_tree(path: Path) -> None:
    if path.is_dir():
        for entry in path.iterdir():
            sync_tree(entry)
    sync(path)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
