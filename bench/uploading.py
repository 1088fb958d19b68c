"""What it costs to take in a large film: our service beside a bare ASGI receiver and beside ``cp``.

``python bench/uploading.py [--gibibytes N] [--pairs N]``: the same request goes to our service, which reads the form,
hashes, stores, probes and commits a job, and to an app of ten lines that writes the body to a file. Both run under
uvicorn and end with the bytes on the disk, as does ``cp`` with a sync. The ways take turns; ratios are of one round.
"""

import argparse
import os
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
from starlette.types import Receive, Scope, Send

from record import headline
from starting import EMAIL, MEBIBYTE, PASSWORD, running, service

CLIP = Path(__file__).parents[1] / "tests" / "media" / "bunny_5s.mp4"
GIBIBYTE = 1024**3
MEGABYTE = 1_000_000
CHUNK = bytes(MEBIBYTE)
BOUNDARY = "film"
BOX_HEADER_BYTES = 16
FOLDER_VARIABLE = "RECEIVE_INTO"


async def bare_receiver(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI app that writes what it is sent to a file, and nothing else."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        with (Path(os.environ[FOLDER_VARIABLE]) / "received").open("wb") as file:
            more = True
            while more:
                message = await receive()
                file.write(message.get("body", b""))
                more = message.get("more_body", False)
            file.flush()
            os.fsync(file.fileno())
    await send({"type": "http.response.start", "status": 202, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock and of the receiving processes, and how far the app's memory grew."""

    wall_seconds: float
    cpu_seconds: float
    grown_bytes: int
    most_bytes: int = 0


@contextmanager
def bare(folder: Path) -> Iterator[tuple[psutil.Process, httpx.Client]]:
    """The receiver, ready to be asked."""
    app = ("--app-dir", str(Path(__file__).parent), "uploading:bare_receiver", "--log-level", "warning")
    command = [sys.executable, "-m", "uvicorn", *app]
    with running(command, {FOLDER_VARIABLE: str(folder)}, folder / "log") as ready:
        yield ready


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


def cpu_seconds(process: psutil.Process) -> float:
    """Of the process and of its children, the dead ones among them included."""
    family = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    own = family[0]
    return sum(each.user + each.system for each in family) + own.children_user + own.children_system


def send(process: psutil.Process, client: httpx.Client, gibibytes: int, authorization: str) -> Taken:
    before, spent, seen, stop = process.memory_info().rss, cpu_seconds(process), [0], threading.Event()
    watcher = threading.Thread(target=most_memory_while, args=(process, stop, seen))
    watcher.start()
    began = time.monotonic()
    headers = {"Authorization": authorization, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = client.post("/ingest/videos", content=padded_film(gibibytes * GIBIBYTE), headers=headers)
    wall_seconds = time.monotonic() - began
    stop.set()
    watcher.join()
    answer.raise_for_status()
    return Taken(wall_seconds, cpu_seconds(process) - spent, max(seen) - before, max(seen))


def to_our_service(folder: Path, gibibytes: int) -> Taken:
    with service(folder) as (process, client):
        answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return send(process, client, gibibytes, f"Bearer {answer.json()['accessToken']}")


def to_the_bare_receiver(folder: Path, gibibytes: int) -> Taken:
    with bare(folder) as (process, client):
        return send(process, client, gibibytes, "none")


def by_cp(folder: Path, gibibytes: int) -> Taken:
    before = os.times()
    wall_seconds = copy_film(folder, gibibytes)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(wall_seconds, spent, 0)


WAYS = {"our service": to_our_service, "a bare ASGI receiver": to_the_bare_receiver, "cp and a sync": by_cp}


def measure(way: str, gibibytes: int) -> Taken:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # root's PostgreSQL runs as somebody else
        return WAYS[way](folder, gibibytes)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gibibytes", type=int, default=2)
    arguments.add_argument("--pairs", type=int, default=5)
    asked = arguments.parse_args()
    rounds = [{way: measure(way, asked.gibibytes) for way in WAYS} for _ in range(asked.pairs)]
    print(f"{asked.gibibytes} GiB, medians of {asked.pairs} rounds in turn\n")
    print(
        "| way | MiB/s | processor s | to our wall | to our processor | memory grown MiB |\n|---|---|---|---|---|---|"
    )
    for way in WAYS:
        wall, cpu, grown = (
            median(getattr(each[way], what) for each in rounds)
            for what in ("wall_seconds", "cpu_seconds", "grown_bytes")
        )
        to_wall = median(each["our service"].wall_seconds / each[way].wall_seconds for each in rounds)
        to_cpu = median(each["our service"].cpu_seconds / max(each[way].cpu_seconds, 0.01) for each in rounds)
        speed = asked.gibibytes * GIBIBYTE / MEBIBYTE / wall
        print(f"| {way} | {speed:.0f} | {cpu:.2f} | {to_wall:.2f} | {to_cpu:.2f} | {grown / MEBIBYTE:.1f} |")
    ours = [each["our service"] for each in rounds]
    most = median(each.most_bytes for each in ours)
    grown = median(each.grown_bytes for each in ours)
    shown = f"{most / MEGABYTE:.0f} MB ({most / MEBIBYTE:.0f} MiB), {grown / MEBIBYTE:.1f} MiB of them for the film"
    headline(f"the app's memory while a film of {asked.gibibytes} GiB comes in", shown, bar="150 MB")


if __name__ == "__main__":
    main()
