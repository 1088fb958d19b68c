"""What lies where in the folder of an embedded database, and who may read it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_MAKING = "making-"


@dataclass(frozen=True)
class DatabaseFolder:
    """The paths in one database's folder, which is absolute and free of symbolic links."""

    path: Path

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own data directory. It is there complete or not at all."""
        return self.path / "cluster"

    @property
    def lock(self) -> Path:
        """Locked (``flock``) by the process that runs the server, as long as it lives."""
        return self.path / "owner.lock"

    @property
    def port(self) -> Path:
        """Holds the number of the server's port while it answers, for other processes to attach to."""
        return self.path / "server.port"

    @property
    def log(self) -> Path:
        """What PostgreSQL has to say."""
        return self.path / "postgres.log"

    @property
    def older_log(self) -> Path:
        """The log's previous part."""
        return self.path / "postgres.log.1"

    @property
    def halves(self) -> Iterator[Path]:
        """Clusters that somebody began to make and did not finish."""
        return self.path.glob(f"{_MAKING}*")

    def make(self) -> None:
        """Makes the folder where it is missing; others may pass through it and read nothing.

        Passing through is what the user that root hands PostgreSQL to needs.
        """
        if not self.path.is_dir():
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o711)

    def new_half(self) -> Path:
        """An empty place, unlike any other, to make a cluster in."""
        half = self.path / f"{_MAKING}{os.getpid()}-{os.urandom(4).hex()}"
        half.mkdir(mode=0o700)
        return half

    def open_private(self, file: Path, flags: int) -> int:
        """A descriptor of ``file``, made where missing, that nobody but the folder's owner may read.

        What root makes in a user's folder belongs to that user, who may want to go on without root.
        """
        descriptor = os.open(file, flags | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        if os.geteuid() == 0:
            owner = self.path.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
        return descriptor

    @contextmanager
    def replacing(self, file: Path) -> Iterator[Path]:
        """A private empty file to write, which becomes ``file`` at the end: readers see all of it or none."""
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        os.close(self.open_private(draft, os.O_WRONLY | os.O_TRUNC))
        try:
            yield draft
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
