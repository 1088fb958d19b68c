"""PostgreSQL's log in the folder, kept from growing for ever, and what it said last."""

import contextlib
import os
from collections import deque
from io import FileIO

from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder

_MOST_BYTES = 2_000_000  # of each of the two files
_REMEMBERED_LINES = 20


class ServerLog:
    """Appends to ``folder.log``; a full file takes the place of ``folder.older_log``."""

    def __init__(self, folder: DatabaseFolder, most_bytes: int = _MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes
        self._file = self._open()
        self._last: deque[str] = deque(maxlen=_REMEMBERED_LINES)

    def write(self, line: bytes) -> None:
        """Keeps ``line``. On a full disk it is only remembered: the server must not stop for want of a log."""
        self._last.append(line.decode(errors="replace").strip())
        with contextlib.suppress(OSError):
            if self._file.tell() > self._most_bytes:
                self._begin_another()
            self._file.write(line)

    def says(self, words: str) -> bool:
        """Whether one of the last lines holds ``words``."""
        return any(words in line for line in tuple(self._last))

    @property
    def complaint(self) -> str:
        """The last line that tells of a failure, else the very last line."""
        lines = tuple(self._last)
        fatal = [line for line in lines if "FATAL:" in line or "error:" in line]
        return (fatal or lines or ("nothing was said",))[-1]

    def forget(self) -> None:
        """Makes ``says`` and ``complaint`` speak only of what comes from now on."""
        self._last.clear()

    def close(self) -> None:
        self._file.close()

    def _begin_another(self) -> None:
        if self._folder.log.exists():  # not so where the disk was too full for the new file last time
            self._folder.log.replace(self._folder.older_log)
        full, self._file = self._file, self._open()
        full.close()

    def _open(self) -> FileIO:
        return os.fdopen(
            self._folder.open_private(self._folder.log, os.O_WRONLY | os.O_APPEND), "ab", buffering=0
        )
