"""The README's worked example works as it stands."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from house_rules.source_tree import REPOSITORY
from server_fixtures import ADMIN_EMAIL, ADMIN_PASSWORD, Server, installed

EXAMPLE = re.compile(r"^```sh\n(base=.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def example() -> str:
    installed("curl")
    (block,) = EXAMPLE.findall((REPOSITORY / "README.md").read_text(encoding="utf-8"))
    return str(block)


def test_the_example_leads_from_a_film_to_a_playlist(server: Server, example: str, tmp_path: Path) -> None:
    assert ADMIN_EMAIL in example
    assert ADMIN_PASSWORD in example
    here = example.replace("http://127.0.0.1:8000", server.url)

    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", here],
        cwd=REPOSITORY,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    assert "#EXTM3U" in ended.stdout
    assert "#EXT-X-STREAM-INF" in ended.stdout
