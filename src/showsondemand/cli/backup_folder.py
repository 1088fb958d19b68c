"""What a backup is: a folder with a dump, the files of the storage, and a manifest that says what belongs to it."""

import hashlib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from showsondemand.cli.process import CommandFailed

DUMP = "database.dump"
FILES = "files"
_MANIFEST = "manifest.json"
_CHUNK_BYTES = 1024 * 1024


class StoredFile(BaseModel):
    size_bytes: int
    sha256: str


class Manifest(BaseModel):
    """``secret`` tells whether two installations have the same SECRET_KEY, and nothing of what it is."""

    version: str
    revision: str
    made_at: datetime
    secret: str
    dump: StoredFile
    rows: dict[str, int]
    files: dict[str, StoredFile]
    vanished: list[str] = []

    @property
    def size_bytes(self) -> int:
        return self.dump.size_bytes + sum(file.size_bytes for file in self.files.values())


def begin(folder: Path) -> None:
    """Makes ``folder``, for nobody else to read. Raises ``CommandFailed`` where there is something already."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise CommandFailed(f"{folder} is not empty: a backup has a folder of its own.")
        (folder / FILES).mkdir()
    except OSError as error:
        raise CommandFailed(f"{folder}: {error.strerror}") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last step: a folder without one is no backup."""
    draft = folder / f"{_MANIFEST}.part"
    draft.write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / _MANIFEST)


def read_manifest(folder: Path) -> Manifest:
    """Raises ``CommandFailed`` where there is none, or none that can be read."""
    try:
        return Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
    except FileNotFoundError:
        raise CommandFailed(
            f"{folder} is no backup, or one that was broken off: it has no {_MANIFEST}."
        ) from None
    except (OSError, ValidationError) as error:
        raise CommandFailed(f"{folder / _MANIFEST} cannot be read.") from error


def verify(folder: Path, manifest: Manifest) -> None:
    """Reads everything once. Raises ``CommandFailed`` with what is not as the manifest says."""
    said = {
        folder / DUMP: manifest.dump,
        **{folder / FILES / key: file for key, file in manifest.files.items()},
    }
    faulty = [str(path.relative_to(folder)) for path, file in said.items() if not _is(path, file)]
    if faulty:
        others = f" and {len(faulty) - 3} more" if len(faulty) > 3 else ""  # noqa: PLR2004 - enough to begin with
        raise CommandFailed(f"Missing or changed: {', '.join(faulty[:3])}{others}.")


def described(path: Path) -> StoredFile:
    """What a manifest says of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return StoredFile(size_bytes=path.stat().st_size, sha256=digest.hexdigest())


def _is(path: Path, said: StoredFile) -> bool:
    try:
        return path.stat().st_size == said.size_bytes and described(path) == said
    except OSError:
        return False
