"""The service as its users run it: ``showsondemand serve`` in a process of its own, on a real port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from showsondemand.child_process import guarded

ADMIN_EMAIL = "admin@example.org"
ADMIN_PASSWORD = "correct horse battery staple"
WEBHOOK_KEY = "a webhook key of the tests: 0123456789 abcdef"
_START_SECONDS = 60
_STOP_SECONDS = 20


@dataclass
class Server:
    """A running ``serve``; ``environment`` is what it was started with."""

    url: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self, *arguments: str) -> None:
        """Starts it and waits until it is ready. It ends when we do, and when that takes too long."""
        port = self.url.rpartition(":")[2]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                guarded([*command("serve"), "--port", port, *arguments]),
                env=self.environment,
                stderr=log,
                stdout=log,
            )
        with self._killed_on_failure():
            eventually(self.is_ready, seconds=_START_SECONDS, otherwise=self.log.read_text)

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def stop(self) -> int:
        """Ends it as a service manager would; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        with self._killed_on_failure():
            return self.process.wait(_STOP_SECONDS)

    @contextmanager
    def _killed_on_failure(self) -> Iterator[None]:
        """Whatever ends the block, a test's time that is over among it, leaves no process behind."""
        try:
            yield
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def children(self, word: str) -> list[psutil.Process]:
        """Processes below it whose command line has ``word`` in it."""
        return [
            each for each in psutil.Process(self.process.pid).children(recursive=True) if _has(each, word)
        ]

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=30)

    def admin(self) -> httpx.Client:
        """A client that is signed in as the first admin, and signs in again before its token ends."""
        client = self.client()
        client.auth = _FirstAdmin(client)
        client.get("/health/live")  # has it sign in
        return client


class _FirstAdmin(httpx.Auth):
    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._sign_in = client.build_request(
            "POST", "/auth/login", json={"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
        )
        self._good_until = 0.0

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if time.monotonic() > self._good_until:
            answer = yield self._sign_in
            answer.read()
            assert answer.status_code == 200, answer.text
            self._client.headers["Authorization"] = f"Bearer {answer.json()['accessToken']}"
            self._good_until = time.monotonic() + answer.json()["expiresIn"] / 2
        request.headers["Authorization"] = self._client.headers["Authorization"]
        yield request


@pytest.fixture
def server(tmp_path: Path, migrated_database_url: str) -> Iterator[Server]:
    """The service with its worker, on a database of its own."""
    running = new_server(tmp_path, DATABASE_URL=migrated_database_url)
    running.start()
    yield running
    if running.process.poll() is None:
        running.stop()


def new_server(folder: Path, **environment: str) -> Server:
    """A server that has not been started."""
    url = f"http://127.0.0.1:{free_port()}"
    return Server(
        url,
        {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "DATA_DIR": str(folder / "data"),
            "PUBLIC_BASE_URL": url,
            "ADMIN_EMAIL": ADMIN_EMAIL,
            "ADMIN_PASSWORD": ADMIN_PASSWORD,
            "WEBHOOK_KEY": WEBHOOK_KEY,
            "SECRET_KEY": "a secret of the tests: 0123456789 abcdefghij",
            "LOG_FORMAT": "json",
            **environment,
        },
        folder / "server.log",
    )


def command(*arguments: str) -> list[str]:
    """The command line of ``showsondemand`` with these arguments."""
    return [sys.executable, "-m", "showsondemand.cli.main", *arguments]


def installed(program: str) -> str:
    """Where a program is that this machine may lack: its test is skipped there, and missed in CI."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed")
        pytest.skip(f"{program} is not installed")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def eventually(
    holds: Callable[[], bool], *, seconds: float, otherwise: Callable[[], str] = lambda: ""
) -> None:
    """Waits until ``holds``; fails with what ``otherwise`` says when it does not in ``seconds``."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise() or "it never came true"
        time.sleep(0.05)


def _has(process: psutil.Process, word: str) -> bool:
    try:
        return any(word in part for part in process.cmdline())
    except psutil.Error:
        return False
