"""Files that arrive in parts, on this machine: a folder an arrival, a file a part, named by number and MD5."""

import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from showsondemand.adapters.storage.durable_files import in_a_thread, move_whole, sync
from showsondemand.adapters.storage.port import (
    Arrival,
    Part,
    PartAddress,
    PartsDiffer,
    PartSizeDiffers,
    StorageAway,
)

_FOLDER = ".arriving"
_DRAFTS = "drafts"
# No key has it, so that each folder's name says which key it is for.
_SLASH = "+"
_COPY_BYTES = 1024 * 1024


class LocalParts:
    """``Parts`` below ``root``, on one file system with what they become."""

    def __init__(
        self, root: Path, *, path_of: Callable[[str], Path], discard: Callable[[Path], None]
    ) -> None:
        self._root = root
        self._path_of = path_of
        self._discard = discard

    async def begin(self, key: str) -> Arrival:
        self._path_of(key)  # refuses what is no key
        arrival = Arrival(key)
        await in_a_thread(self._make_folder, arrival)
        return arrival

    async def arrived(self, arrival: Arrival) -> list[Part]:
        return await in_a_thread(lambda: list(self._arrived(arrival)))

    async def address(
        self,
        arrival: Arrival,  # noqa: ARG002 - parts come through the app
        number: int,  # noqa: ARG002
        size_bytes: int,  # noqa: ARG002
        lifetime: timedelta,  # noqa: ARG002
    ) -> PartAddress | None:
        return None

    async def refusal(self, origin: str) -> str | None:  # noqa: ARG002 - parts come through this service
        return None

    async def write(
        self, arrival: Arrival, number: int, size_bytes: int, chunks: AsyncIterator[bytes]
    ) -> Part:
        folder = self._folder(arrival)
        draft = folder / _DRAFTS / uuid4().hex
        try:
            with draft.open("xb", buffering=0) as file:
                digest = await _write_exactly(file, size_bytes, chunks)
                await in_a_thread(os.fsync, file.fileno())
            part = Part(number, size_bytes, digest)
            await in_a_thread(_settle, draft, folder, part)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageAway(error.strerror or "the disk refused") from error
        finally:
            draft.unlink(missing_ok=True)
        return part

    async def join(self, arrival: Arrival, parts: Sequence[Part]) -> str | None:
        return await in_a_thread(self._join, arrival, parts)

    async def drop(self, arrival: Arrival) -> None:
        await in_a_thread(self._discard, self._folder(arrival))

    async def under_way(self, prefix: str) -> list[Arrival]:
        folders = (self._root / _FOLDER).glob(f"{prefix.replace('/', _SLASH)}{_SLASH}*")
        return sorted(
            (Arrival(folder.name.replace(_SLASH, "/")) for folder in folders), key=lambda each: each.key
        )

    def _folder(self, arrival: Arrival) -> Path:
        return self._root / _FOLDER / arrival.key.replace("/", _SLASH)

    def _make_folder(self, arrival: Arrival) -> None:
        folder = self._folder(arrival)
        (folder / _DRAFTS).mkdir(parents=True, exist_ok=True)
        sync(folder.parent)

    def _arrived(self, arrival: Arrival) -> Iterator[Part]:
        for path in sorted(self._folder(arrival).glob("[0-9]*.*")):
            number, _, etag = path.name.partition(".")
            with suppress(FileNotFoundError):  # replaced since it was listed
                yield Part(int(number), path.stat().st_size, etag)

    def _join(self, arrival: Arrival, parts: Sequence[Part]) -> str:
        folder = self._folder(arrival)
        draft = folder / _DRAFTS / uuid4().hex
        digest = hashlib.sha256()
        try:
            with draft.open("xb", buffering=0) as whole:
                for part in parts:
                    with _named(folder, part).open("rb", buffering=0) as piece:
                        _copy(piece, whole, digest.update)
            move_whole(draft, self._path_of(arrival.key), self._root)
        except FileNotFoundError as error:
            raise PartsDiffer from error
        finally:
            draft.unlink(missing_ok=True)
        return digest.hexdigest()


async def _write_exactly(file: BinaryIO, size_bytes: int, chunks: AsyncIterator[bytes]) -> str:
    """Writes what comes and returns its MD5. Raises ``PartSizeDiffers``.

    On the event loop on purpose: a chunk ends in the page cache, and a thread a chunk costs more (measured).
    """
    digest = hashlib.md5(usedforsecurity=False)
    received = 0
    async for chunk in chunks:
        received += len(chunk)
        if received > size_bytes:
            raise PartSizeDiffers
        digest.update(chunk)
        _write_all(file, chunk)
    if received != size_bytes:
        raise PartSizeDiffers
    return digest.hexdigest()


def _settle(draft: Path, folder: Path, part: Part) -> None:
    """Lets the part be seen, in the place of an earlier one of its number."""
    final = _named(folder, part)
    with _alone_in(folder):
        draft.rename(final)
        for other in folder.glob(f"{part.number:05d}.*"):
            if other != final:
                other.unlink()
        sync(folder)


def _named(folder: Path, part: Part) -> Path:
    return folder / f"{part.number:05d}.{part.etag}"


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Of two that come with the same part at once, in whatever process, one settles after the other."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _copy(source: BinaryIO, target: BinaryIO, note: Callable[[bytes], None]) -> None:
    while data := source.read(_COPY_BYTES):
        note(data)
        _write_all(target, data)


def _write_all(file: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
