"""How soon the service is ready, and how much memory it takes while a large film comes in.

``python bench/serving.py [--gibibytes N] [--starts N]``: everything runs in a folder of its own, on the embedded
database. The film is a real one with an empty box of that many GiB behind it, so that it is accepted.
"""

import argparse
import os
import secrets
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx
import psutil

CLIP = Path(__file__).parents[1] / "tests" / "media" / "bunny_5s.mp4"
EMAIL, PASSWORD = "bench@example.org", secrets.token_urlsafe(24)
GIBIBYTE, MEBIBYTE = 1024**3, 1024**2
CHUNK = bytes(MEBIBYTE)
BOUNDARY = "film"
BOX_HEADER_BYTES = 16


@dataclass(frozen=True)
class Start:
    """Seconds from the command to the first ready answer, on the clock and of the processor, children included."""

    wall_seconds: float
    cpu_seconds: float


@contextmanager
def service(folder: Path) -> Iterator[tuple[psutil.Process, httpx.Client]]:
    """``serve`` without a worker, ready to be asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder / "data"),
        "ADMIN_EMAIL": EMAIL,
        "ADMIN_PASSWORD": PASSWORD,
    }
    command = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker", "--port", port]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(command, env=environment, stderr=log) as process,
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
        return Start(wall_seconds, cpu_seconds + own.children_user + own.children_system)


def padded_film(empty_bytes: int) -> Iterator[bytes]:
    """A multipart form with a film that ends in a ``free`` box (ISO/IEC 14496-12) of ``empty_bytes``."""
    yield (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.mp4"\r\n'
        "Content-Type: video/mp4\r\n\r\n"
    ).encode()
    yield CLIP.read_bytes()
    yield struct.pack(">I4sQ", 1, b"free", BOX_HEADER_BYTES + empty_bytes)
    for _ in range(empty_bytes // len(CHUNK)):
        yield CHUNK
    yield f"\r\n--{BOUNDARY}--\r\n".encode()


def most_memory_while(process: psutil.Process, stop: threading.Event, into: list[int]) -> None:
    while not stop.wait(0.02):
        into.append(process.memory_info().rss)


def receive_film(folder: Path, gibibytes: int) -> tuple[int, int, float]:
    """Resident bytes of the app before and at most during the upload, and its seconds."""
    with service(folder) as (process, client):
        answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
        answer.raise_for_status()
        before, seen, stop = process.memory_info().rss, [0], threading.Event()
        watcher = threading.Thread(target=most_memory_while, args=(process, stop, seen))
        watcher.start()
        began = time.monotonic()
        job = client.post(
            "/ingest/videos",
            content=padded_film(gibibytes * GIBIBYTE),
            headers={
                "Authorization": f"Bearer {answer.json()['accessToken']}",
                "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            },
        )
        seconds = time.monotonic() - began
        stop.set()
        watcher.join()
        job.raise_for_status()
        return before, max(seen), seconds


def copy_film(folder: Path, gibibytes: int) -> float:
    """Seconds that ``cp`` and a sync of the copy take for as many bytes on the same disk."""
    film, copy = folder / "film", folder / "copy"
    with film.open("wb") as file:
        for _ in range(gibibytes * GIBIBYTE // len(CHUNK)):
            file.write(CHUNK)
    began = time.monotonic()
    subprocess.run(["cp", "--sparse=never", "--reflink=never", film, copy], check=True)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    seconds = time.monotonic() - began
    film.unlink()
    copy.unlink()
    return seconds


def main() -> None:
    """Start several times, then receive the film."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gibibytes", type=int, default=2)
    arguments.add_argument("--starts", type=int, default=5)
    asked = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o711)
    try:
        first, *others = [start_once(folder) for _ in range(asked.starts + 1)]
        print(f"first start to ready    {first.wall_seconds:6.2f} s, {first.cpu_seconds:.2f} s of processor")
        print(
            f"restart to ready        {median(start.wall_seconds for start in others):6.2f} s, "
            f"{median(start.cpu_seconds for start in others):.2f} s of processor (median of {len(others)})"
        )
        before, most, seconds = receive_film(folder, asked.gibibytes)
        print(f"memory before a film    {before / MEBIBYTE:6.0f} MiB")
        print(
            f"memory receiving {asked.gibibytes} GiB  {most / MEBIBYTE:6.0f} MiB, {most / before:.2f} times that"
        )
        copying = copy_film(folder, asked.gibibytes)
        print(
            f"speed of receiving      {asked.gibibytes * 1024 / seconds:6.0f} MiB/s, {seconds / copying:.2f} times cp"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
