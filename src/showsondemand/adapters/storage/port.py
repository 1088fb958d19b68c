"""What we need of a place that keeps files."""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Protocol

KEY_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


class StorageAway(Exception):
    """The storage cannot be reached or is full; the same call may work later."""


class PartSizeDiffers(Exception):
    """More or fewer bytes came than the part was said to have; nothing of it was kept."""


class PartsDiffer(Exception):
    """The parts to be joined are not those that have arrived."""


class NoSuchPassage(Exception):
    """The file, of ``size_bytes``, has no byte where the passage should begin."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__()
        self.size_bytes = size_bytes


@dataclass(frozen=True)
class Arrival:
    """A file on its way to ``key`` in parts; ``reference`` is what the storage itself calls it, if anything."""

    key: str
    reference: str = ""


@dataclass(frozen=True)
class Part:
    """A part that has arrived whole. They count from 1; ``etag`` is the MD5 of the content in hex, as S3 has it."""

    number: int
    size_bytes: int
    etag: str


@dataclass(frozen=True)
class PartAddress:
    """Where the holder of ``url`` may PUT one part, with these headers, and nothing else."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Passage:
    """Bytes ``first`` to ``last``, both included, of a file of ``size_bytes``, as they come.

    ``etag`` is quoted; the same file has the same, and another content another one. ``chunks`` may raise
    ``StorageAway``; ``release`` is for whoever does not read them.
    """

    size_bytes: int
    first: int
    last: int
    etag: str
    chunks: AsyncGenerator[bytes, None]
    release: Callable[[], None]


def check_key(key: str) -> None:
    """Raises ``ValueError`` unless ``key`` is one."""
    if not all(KEY_PART.fullmatch(part) for part in key.split("/")):
        raise ValueError("not a storage key")


class Parts(Protocol):
    """Files that arrive in parts: in any order, several at once, each whole or not at all.

    A part that comes again replaces the one before, though a storage may go on listing both: which one is meant, its
    ETag says. Raises ``StorageAway`` when the place fails.
    """

    async def begin(self, key: str) -> Arrival:
        """Makes ready for the parts of a file that will lie at ``key``. Nothing is seen there before ``join``."""

    async def arrived(self, arrival: Arrival) -> list[Part]:
        """What has arrived, by number; nothing when the arrival has been joined or dropped."""

    async def address(
        self, arrival: Arrival, number: int, size_bytes: int, lifetime: timedelta
    ) -> PartAddress | None:
        """Where to send a part straight to the storage; ``None`` where parts have to come through ``write``."""

    async def refusal(self, origin: str) -> str | None:
        """What keeps pages of ``origin`` from sending parts to such an address; ``None`` where nothing does."""

    async def write(
        self, arrival: Arrival, number: int, size_bytes: int, chunks: AsyncIterator[bytes]
    ) -> Part:
        """Takes a part of exactly ``size_bytes``, with memory that does not grow.

        Raises ``PartSizeDiffers``, and ``FileNotFoundError`` when the arrival has been joined or dropped, or
        its parts go elsewhere (``address``).
        """

    async def join(self, arrival: Arrival, parts: Sequence[Part]) -> str | None:
        """Puts the file together from ``parts``, in order, at its key: whole, or not at all.

        The SHA-256 in hex where joining had to read the bytes anyhow. The arrival has to be dropped
        afterwards. Raises ``PartsDiffer``.
        """

    async def drop(self, arrival: Arrival) -> None:
        """Forgets the arrival and all of its parts; nothing happens when there is none."""

    async def under_way(self, prefix: str) -> list[Arrival]:
        """Every arrival whose key begins with ``prefix/``."""


class Storage(Protocol):
    """Files by key: parts of ``[A-Za-z0-9._-]`` joined by ``/``, none of them beginning with a dot.

    What is stored is whole and on stable storage when a call returns, or is not there at all; where a folder
    cannot appear at once, its manifests come last. Storing under a key that is taken replaces it. Raises
    ``StorageAway`` when the place fails and ``ValueError`` for a key that is none.
    """

    @property
    def parts(self) -> Parts:
        """Files that arrive in parts."""

    async def examine(self) -> None:
        """Asks whether the place is there and lets us write. Cheap; changes nothing. Raises ``StorageAway``."""

    async def adopt_file(self, file: Path, key: str) -> None:
        """Moves a finished local file to ``key``. The file is gone from where it was."""

    async def adopt_folder(self, folder: Path, key: str) -> None:
        """Moves a finished local folder to ``key``, all of it or nothing; replaces what lies there."""

    async def local_copy(self, key: str, scratch: Path) -> Path:
        """A local file with the content of ``key``, for reading only; made in ``scratch`` where there is none yet.

        Raises ``FileNotFoundError`` when nothing lies at ``key``.
        """

    async def size_bytes(self, key: str) -> int | None:
        """How large the file at ``key`` is; ``None`` when there is no such file."""

    async def passage(self, key: str, first: int = 0, last: int | None = None) -> Passage:
        """Part of the file at ``key``, from byte ``first`` to ``last`` or to its end.

        What lies beyond the end is left out. Raises ``FileNotFoundError`` and ``NoSuchPassage``.
        """

    async def remove(self, key: str) -> None:
        """Removes the file or folder at ``key``; nothing happens when there is none."""

    async def keys(self, prefix: str) -> list[str]:
        """The names right below ``prefix``, as full keys, in order."""

    def local_path(self, key: str) -> Path | None:
        """Where the file at ``key`` lies on this machine; ``None`` when there is no such file or it lies elsewhere."""

    async def close(self) -> None:
        """Lets go of connections; the next call makes them anew."""
