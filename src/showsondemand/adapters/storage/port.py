"""What we need of a place that keeps files."""

from pathlib import Path
from typing import Protocol


class StorageAway(Exception):
    """The storage cannot be reached or is full; the same call may work later."""


class Storage(Protocol):
    """Files by key: parts of ``[A-Za-z0-9._-]`` joined by ``/``, none of them ``.`` or ``..``.

    What is stored is whole and on stable storage when a call returns, or is not there at all. Storing under a
    key that is taken replaces it. Raises ``StorageAway`` when the place fails and ``ValueError`` for a key that
    is none.
    """

    async def adopt_file(self, file: Path, key: str) -> None:
        """Moves a finished local file to ``key``. The file is gone from where it was."""

    async def adopt_folder(self, folder: Path, key: str) -> None:
        """Moves a finished local folder to ``key``, all of it or nothing; replaces what lies there."""

    async def local_copy(self, key: str, scratch: Path) -> Path:
        """A local file with the content of ``key``, for reading only; made in ``scratch`` where there is none yet.

        Raises ``FileNotFoundError`` when nothing lies at ``key``.
        """

    async def remove(self, key: str) -> None:
        """Removes the file or folder at ``key``; nothing happens when there is none."""

    async def keys(self, prefix: str) -> list[str]:
        """The names right below ``prefix``, as full keys, in order."""

    def local_path(self, key: str) -> Path | None:
        """Where the file at ``key`` lies on this machine; ``None`` when there is no such file or it lies elsewhere."""
