"""A film on its way in: written as it comes to a file that nobody sees, with memory that does not grow."""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from showsondemand.vod_ingest.errors import FilmTooLarge, StorageUnavailable

MOST_FILM_BYTES = 20 * 1024**3  # docs/security.md, limits
_FOLDER = "incoming"
_ENDING = ".part"
_LOCKED_WITHIN_SECONDS = 60


class IncomingFilm:
    """The file being written: where it is, how large, and the SHA-256 of what came so far."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self.size_bytes = 0
        self._handle = handle
        self._hash = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Adds ``data``. Raises ``FilmTooLarge`` and ``StorageUnavailable``.

        On the event loop on purpose: it ends in the page cache, and a thread a write costs more (measured).
        """
        self.size_bytes += len(data)
        if self.size_bytes > MOST_FILM_BYTES:
            raise film_too_large()
        self._hash.update(data)
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._handle, view) :]
        except OSError as error:
            raise StorageUnavailable(error.strerror) from error

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def film_too_large() -> FilmTooLarge:
    """The refusal of a film that is larger than this service takes, and how large one may be."""
    most = MOST_FILM_BYTES // 1024**3
    return FilmTooLarge(f"A film may have at most {most} GiB.", params={"mostGibibytes": most})


@contextmanager
def incoming_film(data_folder: Path) -> Iterator[IncomingFilm]:
    """A film to be written, removed at the end unless it has been moved away. Raises ``StorageUnavailable``.

    The lock tells ``abandoned_films`` that its writer lives; a process that was killed lets go of it.
    """
    folder = data_folder / _FOLDER
    path = folder / f"{uuid4()}{_ENDING}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StorageUnavailable(error.strerror) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield IncomingFilm(path, handle)
    finally:
        with suppress(FileNotFoundError):
            path.unlink()
        os.close(handle)


def remove_abandoned_films(data_folder: Path) -> int:
    """Removes films whose writer died before they were whole, and says how many there were."""
    removed = 0
    for path in (data_folder / _FOLDER).glob(f"*{_ENDING}"):
        with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as film:
            if _was_made_just_now(os.fstat(film.fileno())):
                continue
            fcntl.flock(film, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
            removed += 1
    return removed


def _was_made_just_now(stat: os.stat_result) -> bool:
    """Whether its writer may be between making the file and locking it."""
    return stat.st_size == 0 and time.time() - stat.st_mtime < _LOCKED_WITHIN_SECONDS
