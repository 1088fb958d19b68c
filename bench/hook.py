"""How soon the completion hook answers 200 events a second, beside a bare POST at the same rate.

``python bench/hook.py [--rate N] [--seconds N]``: one process and the embedded database. Requests begin when they are
due, whether or not earlier ones were answered, each on a connection of its own, as EventBridge sends them. The bare
POST is the same request without a key: it passes everything but the database.
"""

import argparse
import asyncio
import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

import httpx

from record import headline

FIXTURES = Path(__file__).parents[1] / "tests" / "fixtures" / "aws"
COMPLETE = json.loads((FIXTURES / "mediaconvert_complete_hls_dash.json").read_text(encoding="utf-8"))
UPDATE = json.loads((FIXTURES / "mediaconvert_status_update.json").read_text(encoding="utf-8"))
THEIRS = COMPLETE["detail"]["userMetadata"]["guid"]
KEY = secrets.token_urlsafe(32)
# Of ten events: progress, a video that is done, and one that was told before.
_UPDATES, _COMPLETIONS = 7, 2


@dataclass(frozen=True)
class Answer:
    status: str
    seconds: float


@contextmanager
def service(folder: Path) -> Iterator[int]:
    """``serve`` without a worker; the port that it listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(folder / "data"),
        "WEBHOOK_KEY": KEY,
        "LOG_FORMAT": "json",
    }
    command = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker", "--port", str(port)]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(command, env=environment, stderr=log, stdout=log) as process,
    ):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health/ready").is_success:
                    break
            except httpx.TransportError:
                time.sleep(0.1)
        yield port
        process.terminate()


def events(number: int) -> list[bytes]:
    """A seeded mix of events, as bodies."""
    chance, guids = random.Random(1), [str(uuid4())]
    told: list[bytes] = []
    for _ in range(number):
        kind = chance.randrange(10)
        if told and kind >= _UPDATES + _COMPLETIONS:
            told.append(chance.choice(told))
            continue
        event: dict[str, Any] = deepcopy(UPDATE if kind < _UPDATES else COMPLETE)
        guid = chance.choice(guids) if kind < _UPDATES else str(uuid4())
        guids.append(guid)
        event["id"] = str(uuid4())
        text = json.dumps(event).replace(THEIRS, guid)
        told.append(text.encode())
    return told


async def post(port: int, body: bytes, key: str) -> Answer:
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        "POST /internal/vod/events HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nX-Webhook-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    return Answer(answer[9:12].decode(), time.perf_counter() - began)


async def at_rate(port: int, bodies: list[bytes], key: str, rate: float) -> list[Answer]:
    began, posts = time.perf_counter(), []
    for number, body in enumerate(bodies):
        await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
        posts.append(asyncio.create_task(post(port, body, key)))
    return await asyncio.gather(*posts)


def report(name: str, answers: list[Answer]) -> float:
    """Prints a line, and gives the 99th hundredth in seconds."""
    seconds = [answer.seconds for answer in answers]
    last = quantiles(seconds, n=100)[98]
    print(
        f"| {name} | {median(seconds) * 1000:.1f} | {last * 1000:.1f} | {max(seconds) * 1000:.1f} "
        f"| {dict(Counter(answer.status for answer in answers))} |"
    )
    return last


def main() -> None:
    """Bare, with the hook, and bare again, so that a machine that changes meanwhile is seen."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rate", type=float, default=200)
    arguments.add_argument("--seconds", type=int, default=15)
    asked = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o711)
    bodies = events(int(asked.rate * asked.seconds))
    print(f"{asked.rate:.0f} a second for {asked.seconds} s, load before {os.getloadavg()[0]:.1f}")
    print("\n| what | p50, ms | p99, ms | longest, ms | answers |\n|---|---|---|---|---|")
    try:
        with service(folder) as port:
            asyncio.run(at_rate(port, bodies[:200], "", asked.rate))
            asyncio.run(at_rate(port, events(200), KEY, asked.rate))
            before = report("bare POST", asyncio.run(at_rate(port, bodies, "", asked.rate)))
            hook = report("hook", asyncio.run(at_rate(port, bodies, KEY, asked.rate)))
            after = report("bare POST again", asyncio.run(at_rate(port, bodies, "", asked.rate)))
        print(f"\nIts p99 is {hook / max(before, after):.1f} times that of the bare POST.")
        shown = f"{hook * 1000:.0f} ms; {before * 1000:.0f} and {after * 1000:.0f} ms"
        what = f"events of encoders, {asked.rate:.0f} a second: p99; of a bare POST before and after it"
        headline(what, shown, bar="250 ms")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
