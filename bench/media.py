"""What media cost beside nginx with sendfile: segments of 6 MB whole, and passages of 1 MB of them.

``python bench/media.py [--pairs N] [--seconds N]``: the app itself, nginx in front of it with X-Accel-Redirect
(deploy/nginx.conf), and nginx alone, asked in turn by wrk over eight connections. Each request of the app has a grant.
Processor time is of nginx and the app together, for a gigabyte; ratios are medians of the pairs'.
"""

import argparse
import asyncio
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import asyncpg
import httpx
import psutil

from api import EMAIL, PASSWORD, quiet_service, running
from hot_list import free_port
from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.migrate import migrate

SEGMENT = "videos/a/1/segment.m4s"
SEGMENT_BYTES = 6_000_000
PASSAGE = "bytes=2000000-2999999"
CONNECTIONS = "8"
GIGABYTE, MEGABYTE = 1e9, 1e6
_SHOW = """
INSERT INTO shows (id, title, state, hls_url, published_at)
VALUES (gen_random_uuid(), 'A film', 'available', 'media:videos/a/1/master.m3u8', now())
"""
UNITS = {"KB": 1024.0, "MB": 1024.0**2, "GB": 1024.0**3}


@dataclass(frozen=True)
class Cost:
    megabytes_a_second: float
    cpu_seconds_a_gigabyte: float


def ask(url: str, header: str, seconds: float, processes: list[psutil.Process]) -> Cost:
    """Asks for so long with wrk. Raises ``RuntimeError`` when anything is not answered well."""
    before = _seconds_of(processes)
    command = ["wrk", "-t1", "-c", CONNECTIONS, "-d", f"{seconds:.0f}s", "-H", header, url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    used = _seconds_of(processes) - before
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    amount, unit, took = re.search(r"requests in ([\d.]+)s, ([\d.]+)(\w+) read", told).group(2, 3, 1)  # type: ignore[union-attr]  # wrk says so
    read = float(amount) * UNITS[unit]
    return Cost(read / float(took) / MEGABYTE, used / (read / GIGABYTE))


def _seconds_of(processes: list[psutil.Process]) -> float:
    family = {each for process in processes for each in (process, *process.children(recursive=True))}
    return sum(sum(each.cpu_times()[:2]) for each in family)


def nginx_configuration(folder: Path, port: int, app: int) -> str:
    """One worker: what it serves by itself below /bare/, and what the app hands to it."""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""user root; worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
{temporary}
upstream app {{ server 127.0.0.1:{app}; keepalive 64; }}
server {{
listen 127.0.0.1:{port};
location /bare/ {{ alias {folder}/data/media/; }}
location /kept/ {{ internal; alias {folder}/data/media/; }}
location / {{ proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; }}
}} }}
"""


def granted_path(port: int) -> str:
    """The path of the segment, with a viewer's grant in it."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        token = (
            client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status().json()
        )
        show = client.get("/shows").json()["items"][0]["id"]
        bearer = {"Authorization": f"Bearer {token['accessToken']}"}
        playback = client.post(f"/shows/{show}/playback", headers=bearer).raise_for_status().json()
    return "/media" + str(playback["hlsURL"]).partition("/media")[2].replace("master.m3u8", "segment.m4s")


def compare(folder: Path, url: str, pairs: int, seconds: float) -> str:
    """The table."""
    plain, handing, front = free_port(), free_port(), free_port()
    (folder / "nginx.conf").write_text(nginx_configuration(folder, front, handing), encoding="utf-8")
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    settings = quiet_service(folder, url)
    with ExitStack() as stack:
        serve = [sys.executable, "-m", "showsondemand.cli.main", "serve", "--no-worker", "--port"]
        ours = stack.enter_context(running([*serve, str(plain)], plain, "/health/ready", **settings))
        told = {**settings, "MEDIA_ACCEL_REDIRECT": "/kept/"}
        hands = stack.enter_context(running([*serve, str(handing)], handing, "/health/ready", **told))
        configuration = ("-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"))
        nginx = stack.enter_context(running([program, *configuration], front, "/health/ready"))
        path = granted_path(plain)
        ways = {
            "the app": (f"http://127.0.0.1:{plain}{path}", [ours]),
            "nginx, told by the app": (f"http://127.0.0.1:{front}{path}", [nginx, hands]),
            "nginx alone": (f"http://127.0.0.1:{front}/bare/{SEGMENT}", [nginx]),
        }
        lines = [
            "| what | way | MB/s | CPU s/GB | MB/s to nginx | CPU to nginx |",
            "|---|---|---|---|---|---|",
        ]
        for what, header in (("6 MB whole", "X-Whole: yes"), ("1 MB of it", f"Range: {PASSAGE}")):
            runs = [
                {way: ask(address, header, seconds, processes) for way, (address, processes) in ways.items()}
                for _ in range(pairs)
            ]
            lines += [_line(what, way, runs) for way in ways]
            shown = [f"{_cpu_to_bare(way, runs):.2f}" for way in ("nginx, told by the app", "the app")]
            headline(
                f"media, {what}: CPU to nginx alone, by nginx that the app tells; by the app",
                "; ".join(shown),
            )
    return "\n".join(lines)


def _line(what: str, way: str, runs: list[dict[str, Cost]]) -> str:
    speed = median(run[way].megabytes_a_second for run in runs)
    cpu = median(run[way].cpu_seconds_a_gigabyte for run in runs)
    bare = "nginx alone"
    speed_ratio = median(run[way].megabytes_a_second / run[bare].megabytes_a_second for run in runs)
    cpu_ratio = _cpu_to_bare(way, runs)
    return f"| {what} | {way} | {speed:.0f} | {cpu:.2f} | {speed_ratio:.2f} | {cpu_ratio:.2f} |"


def _cpu_to_bare(way: str, runs: list[dict[str, Cost]]) -> float:
    return median(run[way].cpu_seconds_a_gigabyte / run["nginx alone"].cpu_seconds_a_gigabyte for run in runs)


async def add_show(url: str) -> None:
    """One show, whose media are made up."""
    connection = await asyncpg.connect(url)
    await connection.execute(_SHOW)
    await connection.close()


def main() -> None:
    """Compare the ways."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--seconds", type=float, default=2)
    given = arguments.parse_args()
    if shutil.which("wrk") is None or not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        print("Left out: wrk or nginx is not installed (Debian: apt install wrk nginx-light).")
        return
    with tempfile.TemporaryDirectory(prefix="media-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # root hands the database to another user, who has to get in
        segment = folder / "data" / "media" / SEGMENT
        segment.parent.mkdir(parents=True)
        segment.write_bytes(secrets.token_bytes(SEGMENT_BYTES))
        with embedded_postgres(folder / "database", durable=False) as database:
            migrate(database.url)
            asyncio.run(add_show(database.url))
            print(compare(folder, database.url, given.pairs, given.seconds))


if __name__ == "__main__":
    main()
