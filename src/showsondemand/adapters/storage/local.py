"""Files in a folder of this machine."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

from showsondemand.adapters.storage.durable_files import in_a_thread, move_whole
from showsondemand.adapters.storage.local_parts import LocalParts
from showsondemand.adapters.storage.port import KEY_PART, NoSuchPassage, Passage, StorageAway, check_key

_TRASH = ".trash"
_CHUNK_BYTES = 256 * 1024


class LocalStorage:
    """A ``Storage`` below ``root``. Moves within one file system, so that a rename makes things appear whole."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._parts = LocalParts(root, path_of=self._path, discard=self._remove)
        self._was_there = False

    @property
    def parts(self) -> LocalParts:
        return self._parts

    async def examine(self) -> None:
        await in_a_thread(self._examine)

    async def adopt_file(self, file: Path, key: str) -> None:
        await in_a_thread(self._adopt, file, self._path(key))

    async def adopt_folder(self, folder: Path, key: str) -> None:
        await in_a_thread(self._adopt, folder, self._path(key))

    async def local_copy(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - the file itself serves
        return self._file(key)

    async def size_bytes(self, key: str) -> int | None:
        path = self._path(key)
        return path.stat().st_size if path.is_file() else None

    async def passage(self, key: str, first: int = 0, last: int | None = None) -> Passage:
        path = self._file(key)
        stat = path.stat()
        if first and first >= stat.st_size:
            raise NoSuchPassage(stat.st_size)
        end = stat.st_size - 1 if last is None else min(last, stat.st_size - 1)
        return Passage(
            size_bytes=stat.st_size,
            first=first,
            last=end,
            etag=f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"',
            chunks=_chunks(path, first, end - first + 1),
            release=lambda: None,  # it is not open yet
        )

    async def remove(self, key: str) -> None:
        await in_a_thread(self._remove, self._path(key))

    async def keys(self, prefix: str) -> list[str]:
        folder = self._path(prefix)
        if not folder.is_dir():
            return []
        return sorted(
            f"{prefix}/{entry.name}" for entry in folder.iterdir() if KEY_PART.fullmatch(entry.name)
        )

    def local_path(self, key: str) -> Path | None:
        try:
            path = self._path(key)
            return path if path.is_file() else None
        except (ValueError, OSError):  # a name that is too long, say
            return None

    async def close(self) -> None:
        """Files are open no longer than a call."""

    def _examine(self) -> None:
        """Makes the folder where there was none yet; one that was there and is gone is no longer ours to make."""
        if not self._was_there:
            self._root.mkdir(parents=True, exist_ok=True)
            self._was_there = True
        elif not self._root.is_dir():
            raise StorageAway("the folder of the media is gone")
        probe = self._new_in_trash("examination")
        probe.touch()
        probe.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        """Raises ``FileNotFoundError``, also for a folder and for a name that is too long."""
        self._path(key)
        path = self.local_path(key)
        if path is None:
            raise FileNotFoundError(key)
        return path

    def _path(self, key: str) -> Path:
        check_key(key)
        return self._root.joinpath(*key.split("/"))

    def _adopt(self, source: Path, target: Path) -> None:
        if target.is_dir():  # a rename does not replace a folder that holds something
            self._remove(target)
        move_whole(source, target, self._root)

    def _remove(self, path: Path) -> None:
        """Away in one step: a folder is never seen half removed."""
        trash = self._new_in_trash(path.name)
        try:
            path.rename(trash)
        except FileNotFoundError:
            return
        self.empty_trash()

    def _new_in_trash(self, name: str) -> Path:
        """A free name there: what a process that dies leaves under it is swept away."""
        trash = self._root / _TRASH
        trash.mkdir(parents=True, exist_ok=True)
        return trash / f"{os.getpid()}-{name}-{os.urandom(4).hex()}"

    def empty_trash(self) -> None:
        """Removes what was thrown away, also what a process that died had no time to remove."""
        for entry in (self._root / _TRASH).glob("*"):
            if entry.is_dir():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink(missing_ok=True)


async def _chunks(path: Path, first: int, size_bytes: int) -> AsyncGenerator[bytes, None]:
    with path.open("rb") as file:
        file.seek(first)
        remaining = size_bytes
        while remaining and (chunk := await asyncio.to_thread(file.read, min(_CHUNK_BYTES, remaining))):
            remaining -= len(chunk)
            yield chunk
