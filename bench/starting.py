"""How soon the service is ready, and how much memory it has then.

``python bench/starting.py [--starts N]``: everything runs in a folder of its own, on the embedded database.
"""

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import psutil

from record import headline

EMAIL, PASSWORD = "bench@example.org", secrets.token_urlsafe(24)
MEBIBYTE = 1024**2


@dataclass(frozen=True)
class Start:
    """Seconds from the command to the first ready answer, on the clock and of the processor, children included.

    ``resident_bytes`` is what the app has in memory then.
    """

    wall_seconds: float
    cpu_seconds: float
    resident_bytes: int


@contextmanager
def service(folder: Path) -> Iterator[tuple[psutil.Process, httpx.Client]]:
    """``serve`` without a worker, ready to be asked."""
    environment = {"DATA_DIR": str(folder / "data"), "ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker"]
    with running(command, environment, folder / "log") as ready:
        yield ready


@contextmanager
def running(
    command: list[str], environment: dict[str, str], log: Path
) -> Iterator[tuple[psutil.Process, httpx.Client]]:
    """A server that takes ``--port``, ready to be asked; it ends with the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = environment | {"PATH": os.environ["PATH"]}
    with (
        log.open("ab") as file,
        subprocess.Popen([*command, "--port", port], env=environment, stderr=file) as process,
    ):
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600) as client:
            wait_until_ready(process, client)
            yield psutil.Process(process.pid), client
        process.terminate()


def wait_until_ready(process: "subprocess.Popen[bytes]", client: httpx.Client) -> None:
    while process.poll() is None:
        try:
            if client.get("/health/ready").is_success:
                return
        except httpx.TransportError:
            time.sleep(0.01)
    sys.exit("the service ended before it was ready")


def start_once(folder: Path) -> Start:
    began = time.monotonic()
    with service(folder) as (process, _):
        wall_seconds = time.monotonic() - began
        spent = [each.cpu_times() for each in (process, *process.children(recursive=True))]
        own = process.cpu_times()
        cpu_seconds = sum(each.user + each.system for each in spent)
        cpu_seconds += own.children_user + own.children_system
        return Start(wall_seconds, cpu_seconds, process.memory_info().rss)


def main() -> None:
    """Start several times."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--starts", type=int, default=5)
    asked = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o711)
    try:
        first, *others = [start_once(folder) for _ in range(asked.starts + 1)]
        wall = median(start.wall_seconds for start in others)
        cpu = median(start.cpu_seconds for start in others)
        memory = f"{first.resident_bytes / MEBIBYTE:.0f} MiB"
        print("| what | on the clock, s | processor, children included, s |\n|---|---|---|")
        print(f"| the very first start until ready | {first.wall_seconds:.2f} | {first.cpu_seconds:.2f} |")
        print(f"| restart until ready, median of {len(others)} | {wall:.2f} | {cpu:.2f} |")
        print(f"\nMemory of the app when it is ready: {memory}.")
        headline("restart until ready", f"{wall:.2f} s", bar="2 s")
        headline("memory of the app when it is ready", memory)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
