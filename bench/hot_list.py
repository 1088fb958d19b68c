"""What the latest list costs a request beside a bare Starlette route that returns the same bytes.

``python bench/hot_list.py [--requests N] [--pairs N]``: each server runs under uvicorn in a process of its own and
is asked over eight connections; the table holds medians of processor microseconds a request.
"""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import asyncpg
import httpx
import psutil
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.migrate import migrate
from showsondemand.shows.hot_answers import LIST_PATH as PATH

CONNECTIONS = 8
READY_SECONDS = 60
MICROSECONDS = 1_000_000
BODY_FILE = "body.json"
_SHOWS = """
INSERT INTO shows (id, title, synopsis, state, hls_url, genres, "cast", published_at)
SELECT gen_random_uuid(), 'A film of middling length, number ' || n, repeat('A synopsis as films have it. ', 8),
    'available', 'media:videos/' || n || '/1/master.m3u8', ARRAY['Drama', 'Comedy'], ARRAY['Ingrid Berg', 'Akira Ono'],
    now() - n * interval '1 minute'
FROM generate_series(1, 24) n
"""


def serve_bare(folder: Path, port: int) -> None:
    """A route that does nothing but answer the bytes."""
    body = (folder / BODY_FILE).read_bytes()

    async def bare(_: Request) -> Response:
        return Response(body, media_type="application/json")

    uvicorn.run(Starlette(routes=[Route(PATH, bare)]), port=port, log_level="warning", access_log=False)


def serve_ours(_: Path, port: int) -> None:
    """The whole app, as ``showsondemand serve`` runs it."""
    wiring = build_wiring(Settings(), os.environ["DATABASE_URL"])
    uvicorn.run(create_app(wiring), port=port, log_level="warning", access_log=False)


SERVERS = {"bare": serve_bare, "ours": serve_ours}


def cost_of(way: str, folder: Path, requests: int) -> float:
    """Processor microseconds a request, of a server that was just started and warmed up."""
    port = free_port()
    command = [sys.executable, __file__, "--serve", way, "--folder", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        asyncio.run(ask(port, requests // 10))
        process = psutil.Process(server.pid)
        before = sum(process.cpu_times()[:2])
        asyncio.run(ask(port, requests))
        return (sum(process.cpu_times()[:2]) - before) / requests * MICROSECONDS
    finally:
        server.terminate()
        server.wait()


async def ask(port: int, requests: int, path: str = PATH, header: str = "") -> None:
    """So many requests over a few connections that stay open, each with ``header`` as a line of its own."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{header}\r\n".encode()
    each = requests // CONNECTIONS
    await asyncio.gather(*(_ask_one_by_one(port, request, each) for _ in range(CONNECTIONS)))


async def _ask_one_by_one(port: int, request: bytes, requests: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(requests):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        await reader.readexactly(int(lengths[0].partition(b":")[2]))
    writer.close()
    await writer.wait_closed()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}{PATH}").headers.get("X-Cache", "hit") == "hit":
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def compare(folder: Path, requests: int, pairs: int) -> str:
    """The table, and the median of the pairs' ratios."""
    runs = [{way: cost_of(way, folder, requests) for way in SERVERS} for _ in range(pairs)]
    lines = ["| server | CPU microseconds a request |", "|---|---|"]
    lines += [f"| {way} | {median(run[way] for run in runs):.0f} |" for way in SERVERS]
    ratio = median(run["ours"] / run["bare"] for run in runs)
    size = (folder / BODY_FILE).stat().st_size
    headline("the list that every visit begins with: CPU to a bare Starlette route", f"{ratio:.2f}", bar="2")
    return "\n".join([*lines, "", f"Ours to bare, {size:,} bytes: {ratio:.2f}"])


def prepare(folder: Path, url: str) -> None:
    """Makes the shows, and keeps the answer for the bare server."""
    migrate(url)
    asyncio.run(_fill(url))
    port = free_port()
    command = [sys.executable, __file__, "--serve", "ours", "--folder", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        (folder / BODY_FILE).write_bytes(httpx.get(f"http://127.0.0.1:{port}{PATH}").content)
    finally:
        server.terminate()
        server.wait()


async def _fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(_SHOWS)
    await connection.close()


def main() -> None:
    """Compare the two servers, or (for the comparison's own use) be one."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--requests", type=int, default=20_000)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--serve", choices=SERVERS, help=argparse.SUPPRESS)
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--port", type=int, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.serve:
        SERVERS[asked.serve](asked.folder, asked.port)
        return
    with tempfile.TemporaryDirectory(prefix="hot-list-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # root hands the database to another user, who has to get in
        with embedded_postgres(folder / "database", durable=False) as database:
            os.environ.update(DATABASE_URL=database.url, DATA_DIR=str(folder / "data"), LOG_FORMAT="json")
            prepare(folder, database.url)
            print(compare(folder, asked.requests, asked.pairs))


if __name__ == "__main__":
    main()
