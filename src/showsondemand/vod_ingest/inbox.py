"""The watched folder as files: what lies in it and is finished, what was taken out, what became of it.

    inbox/film.mp4, film.json     laid there by somebody; the details are optional
    inbox/.taken/ID/              taken: the film, and what was said of it, for the job of that id
    inbox/done/                   films that have a job
    inbox/refused/                films that never will, each with a text that says why

Everything moves by renaming, the film after its details and before the reason, so that whoever finds it again after a
power cut knows where it was.
"""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from uuid6 import uuid7

_TAKEN = ".taken"
_LOCK = ".lock"
_DONE = "done"
_REFUSED = "refused"
_DETAILS = ".json"
_REASON = ".txt"
_DRAFT = ".part"
_NO_FILMS = frozenset({_DETAILS, _REASON, _DRAFT, ".partial", ".tmp", ".crdownload", ".filepart"})


@dataclass(frozen=True)
class TakenFilm:
    """A film that nobody else takes while ``held``, what was said of it, and why it was refused, if it was."""

    folder: Path

    @property
    def job_id(self) -> UUID:
        return UUID(self.folder.name)

    @property
    def film(self) -> Path | None:
        return next(
            (path for path in self.folder.iterdir() if path.suffix not in (_DETAILS, _REASON, _DRAFT)), None
        )

    @property
    def details(self) -> Path | None:
        return next(self.folder.glob(f"*{_DETAILS}"), None)

    @property
    def reason(self) -> Path | None:
        return next(self.folder.glob(f"*{_REASON}"), None)

    def refuse(self, film: Path, reason: str) -> None:
        """Writes down why. From here on the film is refused, also for who finds it again."""
        draft = self.folder / f"{film.name}{_DRAFT}"
        draft.write_text(f"{reason}\n", encoding="utf-8")
        draft.rename(self.folder / f"{film.name}{_REASON}")


class Inbox:
    """One watched folder. Several processes may watch the same one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = folder / _TAKEN

    def laid_there(self) -> Iterator[tuple[Path, tuple[int, ...]]]:
        """Each film, with numbers that change while it or what is said of it is still being written."""
        for path in sorted(self._folder.iterdir()):
            if path.name.startswith(".") or path.suffix.lower() in _NO_FILMS or path.is_symlink():
                continue
            with suppress(FileNotFoundError):  # another has taken it
                if path.is_file():
                    yield path, _state(path) + sum((_state(each) for each in _said_of(path)), ())

    def take(self, film: Path) -> None:
        """Takes a film that is finished out of the folder. Nothing happens when another has taken it."""
        with self._alone():
            if not film.exists() or _is_being_written(film):
                return
            folder = self._taken / str(uuid7())
            folder.mkdir()
            for details in _said_of(film)[:1]:
                details.rename(folder / f"{film.name}{_DETAILS}")
            film.rename(folder / film.name)

    def taken(self) -> list[TakenFilm]:
        """What was taken and has not found its end, oldest first."""
        if not self._taken.is_dir():
            return []
        return [TakenFilm(path) for path in sorted(self._taken.iterdir()) if path.name != _LOCK]

    def put_aside(self, taken: TakenFilm) -> None:
        """Moves a film to where it stays: among the refused where there is a reason, else among the done."""
        film, details, reason = taken.film, taken.details, taken.reason
        if film is None and reason is None and details is not None:  # taking it was interrupted
            details.rename(self._folder / details.name)
        else:
            target = self._folder / (_DONE if reason is None else _REFUSED)
            target.mkdir(exist_ok=True)
            for path in filter(None, (details, film, reason)):
                path.rename(_free_name(target, path.name, taken.job_id))
        taken.folder.rmdir()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._taken.mkdir(exist_ok=True)
        with _locked(self._taken / _LOCK, os.O_RDWR | os.O_CREAT):
            yield


def _free_name(folder: Path, name: str, job_id: UUID) -> Path:
    """``name``, or with the id in front where an earlier film has it."""
    return folder / (f"{job_id}-{name}" if (folder / name).exists() else name)


@contextmanager
def held(taken: TakenFilm) -> Iterator[bool]:
    """Whether the film is ours inside the block; false while another process is at it."""
    try:
        with _locked(taken.folder, os.O_RDONLY, fcntl.LOCK_NB):
            yield taken.folder.exists()
    except (BlockingIOError, FileNotFoundError):
        yield False


@contextmanager
def _locked(path: Path, flags: int, how: int = 0) -> Iterator[None]:
    handle = os.open(path, flags, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | how)
        yield
    finally:
        os.close(handle)


def _said_of(film: Path) -> list[Path]:
    """``film.mp4.json`` or ``film.json``."""
    names = (film.with_name(f"{film.name}{_DETAILS}"), film.with_suffix(_DETAILS))
    return [path for path in names if path.is_file()]


def _state(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def _is_being_written(path: Path) -> bool:
    """Whether any process has the file open for writing; where the system does not tell, false.

    Linux gives a read lease only where nobody writes. It says that a lease ends by a signal, which has to be one
    that a process may get without harm.
    """
    with path.open("rb") as file:
        try:
            fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
        except BlockingIOError:
            return True
        except (OSError, AttributeError):
            return False
    return False
