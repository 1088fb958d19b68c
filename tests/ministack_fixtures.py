"""A real EventBridge for tests, as far as there is one: MiniStack posts to API destinations, with their keys.

It wants a botocore of its own, so it lives in a virtual environment of its own, which `make` makes.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from server_fixtures import eventually, free_port

PROGRAM = Path(__file__).parents[1] / ".venv" / "ministack" / "bin" / "ministack"
REGION = "us-east-1"
_START_SECONDS = 30


@dataclass(frozen=True)
class MiniStack:
    """Services of AWS on this machine."""

    url: str

    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="tests",
            aws_secret_access_key="tests",
        )


@pytest.fixture(scope="session")
def ministack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MiniStack]:
    if not PROGRAM.exists():
        assert not os.environ.get("CI"), f"make has not made {PROGRAM}"
        pytest.skip("needs MiniStack: make .venv/ministack/installed")
    folder, port = tmp_path_factory.mktemp("ministack"), free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "LOG_LEVEL": "INFO",
    }
    stack = MiniStack(f"http://127.0.0.1:{port}")
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen([PROGRAM], env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        eventually(lambda: _answers(stack.url), seconds=_START_SECONDS, otherwise=(folder / "log").read_text)
        yield stack
    finally:
        process.terminate()
        process.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/_ministack/health").is_success
    except httpx.HTTPError:
        return False
