"""What it costs that somebody is signed in: the same requests with an access token and without one.

``python bench/identity.py [--requests N] [--pairs N]``: the whole app under uvicorn in a process of its own; the table
holds medians of processor microseconds a request. Every hundredth request or so looks the session up anew.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import httpx
import psutil

from hot_list import MICROSECONDS, ask, free_port, prepare, wait_for
from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres

ACCOUNT = {"email": "viewer@example.org", "password": "a long walk in the rain"}
SERVER = Path(__file__).with_name("hot_list.py")


def costs(folder: Path, requests: int, pairs: int) -> dict[str, list[tuple[float, float]]]:
    """For each address pairs of what a request costs without a token and with one, in turn on one server."""
    port = free_port()
    command = [sys.executable, str(SERVER), "--serve", "ours", "--folder", str(folder), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        process = psutil.Process(server.pid)
        base = f"http://127.0.0.1:{port}"
        token = httpx.post(f"{base}/auth/register", json=ACCOUNT, timeout=60).json()["accessToken"]
        bearer = f"Authorization: Bearer {token}\r\n"
        show = httpx.get(f"{base}/shows").json()["items"][0]["id"]
        measured: dict[str, list[tuple[float, float]]] = {}
        for name, path, share in (
            ("GET /shows", "/shows", 1),
            ("GET /shows/{id}", f"/shows/{show}", 1),
            ("GET /shows?sort=title", "/shows?sort=title", 1),
            ("GET /series", "/series", 20),  # nothing of it is kept
        ):
            count = requests // share
            asyncio.run(ask(port, count // 10, path, bearer))
            measured[name] = [
                (_cost(process, port, count, path, ""), _cost(process, port, count, path, bearer))
                for _ in range(pairs)
            ]
        return measured
    finally:
        server.terminate()
        server.wait()


def _cost(process: psutil.Process, port: int, requests: int, path: str, header: str) -> float:
    before = sum(process.cpu_times()[:2])
    asyncio.run(ask(port, requests, path, header))
    return (sum(process.cpu_times()[:2]) - before) / requests * MICROSECONDS


def table(measured: dict[str, list[tuple[float, float]]]) -> str:
    """Medians, and the median of the pairs' ratios."""
    lines = ["| request | without a token | with one | ratio |", "|---|---|---|---|"]
    ratios = []
    for name, pairs in measured.items():
        without, signed_in = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
        ratio = median(pair[1] / pair[0] for pair in pairs)
        lines.append(f"| `{name}` | {without:.0f} | {signed_in:.0f} | {ratio:.2f} |")
        ratios.append(ratio)
    shown = f"{min(ratios):.2f} to {max(ratios):.2f}"
    headline("a request of somebody signed in: CPU to the same without a token", shown, bar="2")
    return "\n".join(lines)


def main() -> None:
    """Measure, on a database of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--requests", type=int, default=16_000)
    arguments.add_argument("--pairs", type=int, default=5)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="identity-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # root hands the database to another user, who has to get in
        with embedded_postgres(folder / "database", durable=False) as database:
            os.environ.update(DATABASE_URL=database.url, DATA_DIR=str(folder / "data"), LOG_FORMAT="json")
            prepare(folder, database.url)
            print(table(costs(folder, asked.requests, asked.pairs)))


if __name__ == "__main__":
    main()
