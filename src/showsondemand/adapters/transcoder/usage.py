"""Looks after what the kernel's limits don't bound: memory in use, and all files of a folder together."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage

_LOOK_EVERY_SECONDS = 0.5
_REST = 30  # times what a look took: one at a folder of very many files must not cost a core
# With less than this left, some of what is written is lost, and ffmpeg's muxer does not always say so.
_FULL_BYTES = 1 << 20
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class MostUsed:
    """What a process and those below it may use; ``None`` leaves it unbounded."""

    resident_bytes: int | None = None
    folder_bytes: int | None = None


class Watch:
    """Looks after one process; ``was_too_much`` once it had to be ended, ``was_full`` once its disk was."""

    def __init__(self, pid: int, folder: Path, most: MostUsed) -> None:
        self._pid = pid
        self._folder = folder
        self._most = most
        self.was_too_much = False
        self.was_full = False

    async def until_too_much(self, end_it: Callable[[], None]) -> None:
        """Looks now and then, and ends the process when it uses more than it may."""
        clock = asyncio.get_running_loop()
        began_at = clock.time()
        while not await asyncio.to_thread(self._is_too_much):
            await asyncio.sleep(max(_LOOK_EVERY_SECONDS, _REST * (clock.time() - began_at)))
            began_at = clock.time()
        self.was_too_much = True
        with suppress(ProcessLookupError):
            end_it()

    def look_for_room(self) -> None:
        """Notes it when the disk is full right now: room may be made again before the process ends."""
        self.was_full = self.was_full or disk_usage(self._folder).free < _FULL_BYTES

    def _is_too_much(self) -> bool:
        self.look_for_room()
        memory, space = self._most.resident_bytes, self._most.folder_bytes
        if memory is not None and sum(map(_resident_bytes, _family(self._pid))) > memory:
            return True
        return space is not None and _bytes_in(self._folder) > space


def _family(pid: int) -> Iterator[int]:
    """The process and all below it; where the system does not tell of them, the process alone."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))


def _resident_bytes(pid: int) -> int:
    """What it has in memory; nothing where it has just ended, or where the system does not tell."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_BYTES
    return 0


def _bytes_in(folder: Path) -> int:
    total = 0
    with suppress(FileNotFoundError), os.scandir(folder) as files:
        for file in files:
            with suppress(FileNotFoundError):  # the muxer renames what is done
                total += file.stat(follow_symlinks=False).st_size
    return total
