"""What some requests cost beside a bare Starlette route that returns the same bytes.

``python bench/api.py [--pairs N] [--seconds N]``: ours is ``showsondemand serve`` on an embedded PostgreSQL with 2,000
shows, the bare route runs under uvicorn; wrk (a package of Debian's) asks each in turn over a few connections.
Processor time is that of the server, PostgreSQL's beside it; the last columns are medians of the pairs' ratios.
"""

import argparse
import asyncio
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
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

from hot_list import free_port
from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.migrate import migrate

EMAIL, PASSWORD = "bench@example.org", secrets.token_urlsafe(24)
MICROSECONDS = 1_000_000
READY_SECONDS = 60
_SHOWS = """
INSERT INTO shows (id, title, synopsis, state, hls_url, genres, "cast", published_at)
SELECT gen_random_uuid(), 'A film of middling length, number ' || n, repeat('A synopsis as films have it. ', 8),
    'available', 'media:videos/' || n || '/1/master.m3u8', ARRAY['Drama', 'Comedy'], ARRAY['Ingrid Berg', 'Akira Ono'],
    now() - n * interval '1 minute'
FROM generate_series(1, 2000) n
"""


_ALWAYS_NEW = """
local asked = 0
function request()
    asked = asked + 1
    local mark = wrk.path:find("?", 1, true) and "&" or "?"
    return wrk.format(nil, wrk.path .. mark .. "new=%d." .. asked)
end
"""


@dataclass(frozen=True)
class Question:
    """A request, over how many connections it is asked, and what it was answered with.

    ``is_new`` each time where nothing that is kept of an answer may be used: by a parameter that nobody reads.
    """

    name: str
    method: str
    path: str
    connections: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    answer: bytes = b""
    is_new: bool = False
    bar: str = ""


@dataclass(frozen=True)
class Cost:
    requests_a_second: float
    microseconds: float
    database_microseconds: float


def serve_bare(folder: Path, port: int) -> None:
    """Routes that do nothing but answer the bytes of the files in ``folder``."""

    def route(file: Path) -> Route:
        body = file.read_bytes()

        async def bare(_: Request) -> Response:
            return Response(body, media_type="application/json")

        return Route(f"/{file.name}", bare, methods=["GET", "POST", "PUT"])

    app = Starlette(routes=[route(file) for file in sorted(folder.iterdir())])
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


@contextmanager
def running(command: list[str], port: int, path: str, **environment: str) -> Iterator[psutil.Process]:
    """A server, once it answers ``path``."""
    with subprocess.Popen(command, env={**os.environ, **environment}, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + READY_SECONDS
            while time.monotonic() < until:
                try:
                    httpx.get(f"http://127.0.0.1:{port}{path}")
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def ask(question: Question, url: str, script: Path, seconds: float, server: psutil.Process) -> Cost:
    """Asks for so long with wrk. Raises ``RuntimeError`` when anything is not answered well."""
    headers = {"Content-Type": "application/json"} if question.body else {}
    headers |= question.headers
    script.write_text(
        f"wrk.method = {json.dumps(question.method)}\nwrk.body = {json.dumps(question.body)}\n"
        + "".join(
            f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}\n" for name, value in headers.items()
        )
        + (_ALWAYS_NEW % time.monotonic_ns() if question.is_new else ""),
        encoding="utf-8",
    )
    connections = str(question.connections)
    command = ["wrk", "-t1", "-c", connections, "-d", f"{seconds:.0f}s", "-s", str(script), url]
    before, database_before = sum(server.cpu_times()[:2]), _database_seconds()
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used, database_used = sum(server.cpu_times()[:2]) - before, _database_seconds() - database_before
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{question.name}: {told}")
    requests = int(re.search(r"(\d+) requests in", told)[1])  # type: ignore[index]  # wrk says so
    a_second = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]
    return Cost(a_second, used / requests * MICROSECONDS, database_used / requests * MICROSECONDS)


def _database_seconds() -> float:
    total = 0.0
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres" and _is_below_us(process):
            total += sum(process.cpu_times()[:2])
    return total


def _is_below_us(process: psutil.Process) -> bool:
    try:
        return any(parent.pid == os.getpid() for parent in process.parents())
    except psutil.Error:
        return False


def questions(client: httpx.Client) -> list[Question]:
    """What is asked, with the answers that the bare routes are to give."""
    account = json.dumps({"email": EMAIL, "password": PASSWORD})
    token = client.post("/auth/login", content=account, headers={"Content-Type": "application/json"}).json()
    show = client.get("/shows").json()["items"][0]["id"]
    bearer = {"Authorization": f"Bearer {token['accessToken']}"}
    progress = (f"/users/me/progress/{show}", 8, bearer, json.dumps({"positionSeconds": 12.5}))
    asked = [
        Question("a show that somebody asked for before", "GET", f"/shows/{show}", 8, bar="2"),
        Question("a search that somebody made before", "GET", "/shows?q=middling+film", 8, bar="2"),
        Question("a search that nobody made before", "GET", "/shows?q=middling+film", 8, is_new=True),
        Question("a playback grant", "POST", f"/shows/{show}/playback", 8, bearer),
        Question("how far somebody has watched", "PUT", *progress),
        Question("signing in (bcrypt, slow on purpose)", "POST", "/auth/login", 2, {}, account),
    ]
    for number, each in enumerate(asked):
        kind = {"Content-Type": "application/json"} if each.body else {}
        answer = client.request(each.method, each.path, headers={**each.headers, **kind}, content=each.body)
        asked[number] = replace(each, answer=answer.content)
        answer.raise_for_status()
    return asked


def quiet_service(folder: Path, url: str) -> dict[str, str]:
    """Settings of a service over the database at ``url``, whose administrator we are, and which logs no request."""
    return {
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / "data"),
        "ADMIN_EMAIL": EMAIL,
        "ADMIN_PASSWORD": PASSWORD,
        "LOG_LEVEL": "warning",
    }


def compare(folder: Path, url: str, pairs: int, seconds: float) -> str:
    """The table."""
    ours, bare = free_port(), free_port()
    serve = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker", "--port", str(ours)]
    settings = quiet_service(folder, url)
    with ExitStack() as stack:
        our_server = stack.enter_context(running(serve, ours, "/health/ready", **settings))
        client = stack.enter_context(httpx.Client(base_url=f"http://127.0.0.1:{ours}", timeout=60))
        asked = questions(client)
        (folder / "bare").mkdir()
        for number, question in enumerate(asked):
            (folder / "bare" / str(number)).write_bytes(question.answer)
        command = [sys.executable, __file__, "--bare", str(folder / "bare"), "--port", str(bare)]
        bare_server = stack.enter_context(running(command, bare, "/0"))
        lines = [
            "| request | bytes | ours, requests/s | CPU us | PostgreSQL us | requests/s to bare | CPU to bare |",
            "|---|---|---|---|---|---|---|",
        ]
        for number, question in enumerate(asked):
            runs = [
                (
                    ask(
                        question,
                        f"http://127.0.0.1:{ours}{question.path}",
                        folder / "wrk",
                        seconds,
                        our_server,
                    ),
                    ask(question, f"http://127.0.0.1:{bare}/{number}", folder / "wrk", seconds, bare_server),
                )
                for _ in range(pairs)
            ]
            lines.append(_line(question, runs))
            _say(question, runs)
    return "\n".join(lines)


def _say(question: Question, runs: list[tuple[Cost, Cost]]) -> None:
    cpu, database = (
        median(getattr(ours, kind) for ours, _ in runs) for kind in ("microseconds", "database_microseconds")
    )
    ratio = median(ours.microseconds / bare.microseconds for ours, bare in runs)
    what = f"{question.name}: CPU to a bare Starlette route with the same bytes; microseconds of ours, of PostgreSQL"
    shown = f"{ratio:.1f}; {cpu:,.0f}, {database:,.0f}"
    headline(what, shown, **({"bar": question.bar} if question.bar else {}))


def _line(question: Question, runs: list[tuple[Cost, Cost]]) -> str:
    rate = median(ours.requests_a_second for ours, _ in runs)
    cpu = median(ours.microseconds for ours, _ in runs)
    database = median(ours.database_microseconds for ours, _ in runs)
    to_bare = median(ours.requests_a_second / bare.requests_a_second for ours, bare in runs)
    cpu_to_bare = median(ours.microseconds / bare.microseconds for ours, bare in runs)
    return (
        f"| {question.name} | {len(question.answer):,} | {rate:.0f} | {cpu:.0f} | {database:.0f} "
        f"| {to_bare:.2f} | {cpu_to_bare:.1f} |"
    )


async def fill(url: str) -> None:
    """Makes the shows."""
    connection = await asyncpg.connect(url)
    await connection.execute(_SHOWS)
    await connection.execute("ANALYZE")
    await connection.close()


def main() -> None:
    """Compare, or (for the comparison's own use) be the bare server."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2)
    arguments.add_argument("--bare", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--port", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.bare:
        serve_bare(given.bare, given.port)
        return
    if shutil.which("wrk") is None:
        print("Left out: wrk is not installed (Debian: apt install wrk).")
        return
    with tempfile.TemporaryDirectory(prefix="api-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # root hands the database to another user, who has to get in
        with embedded_postgres(folder / "database", durable=False) as database:
            migrate(database.url)
            asyncio.run(fill(database.url))
            print(compare(folder, database.url, given.pairs, given.seconds))


if __name__ == "__main__":
    main()
