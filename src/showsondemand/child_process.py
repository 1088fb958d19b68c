"""Command lines of programs that end when we do and use no more than they were given.

A killed worker would otherwise leave its ffmpeg running, and a killed ``serve`` its database and its worker.
"""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_GUARD = Path(__file__).with_name("guarded_exec.py")


@dataclass(frozen=True)
class Limits:
    """What a child process may use at most; ``None`` leaves a resource unbounded."""

    cpu_seconds: int | None = None
    address_space_bytes: int | None = None
    file_size_bytes: int | None = None
    open_files: int | None = None

    def as_rlimits(self) -> dict[str, int]:
        """The set limits under the names that ``resource.setrlimit`` knows them by."""
        named = {
            "RLIMIT_CPU": self.cpu_seconds,
            "RLIMIT_AS": self.address_space_bytes,
            "RLIMIT_FSIZE": self.file_size_bytes,
            "RLIMIT_NOFILE": self.open_files,
        }
        return {name: most for name, most in named.items() if most is not None}


@dataclass(frozen=True)
class Reach:
    """The files and folders that a child process is left with, besides the programs of this system."""

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()


NO_LIMITS = Limits()


def guarded(command: Sequence[str], limits: Limits = NO_LIMITS, reach: Reach | None = None) -> list[str]:
    """``command`` wrapped so that the kernel kills it when this process dies, within ``limits``.

    With a ``reach`` it is kept from every other file and from the network, as far as this kernel does that; see
    ``sandbox``. Start it from the main thread: the death signal is sent when the *thread* that started it ends.
    """
    orders = {"limits": limits.as_rlimits(), "reach": reach and _named(reach)}
    return [
        sys.executable,
        "-I",
        "-S",
        str(_GUARD),
        str(os.getpid()),
        json.dumps(orders),
        "--",
        *command,
    ]


def _named(reach: Reach) -> dict[str, list[str]]:
    return {"reads": [str(each) for each in reach.reads], "writes": [str(each) for each in reach.writes]}
