"""Thousands of requests, good and bad, made up from the API's own description: it answers as it says, whoever asks."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from server_fixtures import Server

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
# Some 3,700 requests for each identity, in half a minute; a machine that is slower sends fewer.
MOST_SECONDS = 15
PATIENCE_SECONDS = 120
# Ending one's own session would make a stranger of the rest of the run. The other one lies below an address with an
# identifier in it, which takes its word for one.
LEFT_OUT = r"^/(auth/(logout|sessions)|users/me)$"
# A schema cannot say everything that makes a request good: an easy password, a window that ends before it begins.
CHECKS_LEFT_OUT = "positive_data_acceptance"


def headers_of(who: str, place: Server) -> list[str]:
    if who == "anonymous":
        return []
    if who == "admin":
        with closing(place.admin()) as admin:
            return [f"Authorization: {admin.headers['Authorization']}"]
    account = {"email": "viewer@example.org", "password": "a long walk in the rain"}
    answer = httpx.post(f"{place.url}/auth/register", json=account)
    return [f"Authorization: Bearer {answer.raise_for_status().json()['accessToken']}"]


@pytest.mark.parametrize("who", ["anonymous", "viewer", "admin"])
def test_every_answer_is_one_that_the_description_tells_of(who: str, place: Server, tmp_path: Path) -> None:
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIGURATION)),
        *("run", f"{place.url}/openapi.json", "--no-color", "--warnings", "off"),
        *("--generation-deterministic", "--phases", "examples,coverage,fuzzing", "--max-examples", "1"),
        *("--no-shrink", "--continue-on-failure", "--max-time", str(MOST_SECONDS)),
        *("--exclude-path-regex", LEFT_OUT, "--exclude-checks", CHECKS_LEFT_OUT),
        *(part for header in headers_of(who, place) for part in ("--header", header)),
    ]

    ended = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )

    assert ended.returncode == 0, ended.stdout[-20_000:] + ended.stderr
    assert "Tested: 0" not in ended.stdout
