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


NO_LIMITS = Limits()


def guarded(command: Sequence[str], limits: Limits = NO_LIMITS) -> list[str]:
    """``command`` wrapped so that the kernel kills it when this process dies, within ``limits``.

    Start it from the main thread: the death signal is sent when the *thread* that started it ends.
    """
    return [
        sys.executable,
        "-I",
        "-S",
        str(_GUARD),
        str(os.getpid()),
        json.dumps(limits.as_rlimits()),
        "--",
        *command,
    ]
