"""What a thousand event streams cost on which nothing happens: memory, processor, connections of the database.

``python bench/streams.py [--streams N] [--seconds N]``: ``showsondemand serve`` on an embedded PostgreSQL, one job that
makes no progress, five followers a key.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import psutil

from api import EMAIL, PASSWORD, quiet_service, running
from hot_list import free_port
from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.migrate import migrate
from showsondemand.vod_ingest.job_events import MOST_STREAMS

MEBIBYTE = 1024**2
SETTLING_SECONDS = 3
_FILES_BESIDE_STREAMS = 256
_JOB = """
INSERT INTO ingest_jobs (id, state, stage, source_name, source_key, source_bytes, source_sha256, title, attempts)
VALUES (gen_random_uuid(), 'running', 'encoding', 'film.mp4', 'sources/none', 1, repeat('0', 64), 'A film', 1)
RETURNING id
"""


@dataclass(frozen=True)
class Weight:
    """What the app has in memory, and how many connections PostgreSQL counts, at one moment."""

    mebibytes: float
    connections: int


async def weigh(process: psutil.Process, url: str) -> Weight:
    connection = await asyncpg.connect(url)
    try:
        connections = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'showsondemand'"
        )
    finally:
        await connection.close()
    return Weight(process.memory_info().rss / MEBIBYTE, connections)


def keys_for(port: int, streams: int) -> list[str]:
    """Keys enough for so many streams."""
    account = {"email": EMAIL, "password": PASSWORD}
    new = {"name": "follower", "scopes": ["ingest:write"]}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        token = client.post("/auth/login", json=account).raise_for_status().json()["accessToken"]
        client.headers["Authorization"] = f"Bearer {token}"
        count = -(-streams // MOST_STREAMS)
        return [
            client.post("/auth/api-keys", json=new).raise_for_status().json()["key"] for _ in range(count)
        ]


async def follow(port: int, job: str, key: str) -> asyncio.StreamWriter:
    """A stream that has begun."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /ingest/jobs/{job}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n\r\n"
    writer.write(head.encode())
    begin = await reader.readuntil(b"event: progress")
    if not begin.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(begin.decode())
    return writer


async def measure(
    port: int, process: psutil.Process, url: str, keys: list[str], asked: argparse.Namespace
) -> str:
    """The table."""
    connection = await asyncpg.connect(url)
    job = str(await connection.fetchval(_JOB))
    await connection.close()
    await asyncio.sleep(SETTLING_SECONDS)
    before = await weigh(process, url)
    writers = [await follow(port, job, keys[number // MOST_STREAMS]) for number in range(asked.streams)]
    await asyncio.sleep(SETTLING_SECONDS)
    used = sum(process.cpu_times()[:2])
    await asyncio.sleep(asked.seconds)
    used = sum(process.cpu_times()[:2]) - used
    during = await weigh(process, url)
    for writer in writers:
        writer.close()
    each = (during.mebibytes - before.mebibytes) * 1024 / asked.streams
    headline(f"memory of the app with {asked.streams:,} idle event streams", f"{during.mebibytes:.0f} MiB")
    return "\n".join(
        [
            "| | without | with them |",
            "|---|---|---|",
            f"| memory of the app, MiB | {before.mebibytes:.0f} | {during.mebibytes:.0f} |",
            f"| connections to PostgreSQL | {before.connections} | {during.connections} |",
            "",
            f"{asked.streams} streams: {each:.0f} KiB each, {used / asked.seconds:.2f} of a core",
        ]
    )


def main() -> None:
    """Measure, on a database of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--streams", type=int, default=1000)
    arguments.add_argument("--seconds", type=float, default=20)
    asked = arguments.parse_args()
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, asked.streams + _FILES_BESIDE_STREAMS), hard))
    with tempfile.TemporaryDirectory(prefix="streams-") as name, ExitStack() as stack:
        folder, port = Path(name), free_port()
        folder.chmod(0o711)  # root hands the database to another user, who has to get in
        url = stack.enter_context(embedded_postgres(folder / "database", durable=False)).url
        migrate(url)
        serve = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker", "--port", str(port)]
        settings = quiet_service(folder, url)
        process = stack.enter_context(running(serve, port, "/health/ready", **settings))
        print(asyncio.run(measure(port, process, url, keys_for(port, asked.streams), asked)))


if __name__ == "__main__":
    main()
