"""Runs ``showsondemand`` as a person does: a process of its own, its words and its exit code."""

import os
import subprocess
from pathlib import Path

from server_fixtures import command

_PATIENCE_SECONDS = 240


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with these settings, and data below ``folder``."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": "a secret of the tests: 0123456789 abcdefghij",
        **settings,
    }


def run(
    *arguments: str, given: dict[str, str], typed: str = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The ended command; ``typed`` is what it reads from standard input."""
    return subprocess.run(
        command(*arguments),
        env=given,
        input=typed,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
