"""``ingest`` makes shows of the films on this machine."""

from contextlib import closing
from pathlib import Path

import pytest

from cli.commands import environment, run
from server_fixtures import Server


@pytest.fixture
def given(tmp_path: Path, migrated_database_url: str) -> dict[str, str]:
    return environment(tmp_path, DATABASE_URL=migrated_database_url)


def test_a_film_is_a_show_in_review_when_the_command_ends(server: Server, film: Path) -> None:
    ended = run("ingest", str(film), "--title", "Bunny", "--wait", given=server.environment)

    with closing(server.admin()) as client:
        (show,) = client.get("/shows", params={"state": "all"}).json()["items"]
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == f"{film.name}: show {show['id']}, waiting for review\n"
    assert (show["title"], show["state"], show["height"]) == ("Bunny", "in_review", 240)


def test_without_a_worker_anywhere_it_brings_its_own(given: dict[str, str], film: Path) -> None:
    ended = run("ingest", str(film), "--wait", given=given)

    assert ended.returncode == 0, ended.stderr
    assert "waiting for review" in ended.stdout


def test_without_waiting_it_names_the_job(given: dict[str, str], film: Path) -> None:
    ended = run("ingest", str(film), given=given)

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(f"{film.name}: uploaded, job ")


def test_a_text_is_refused_with_a_sentence(given: dict[str, str], tmp_path: Path) -> None:
    text = tmp_path / "film.mp4"
    text.write_text("#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n", encoding="utf-8")

    refused = run("ingest", str(text), "--wait", given=given)

    assert refused.returncode == 1
    assert refused.stderr.startswith("film.mp4: ")
    assert len(refused.stderr.splitlines()) == 1
    assert list((tmp_path / "data").rglob("*.part")) == []


def test_a_film_that_is_not_there_is_named(given: dict[str, str], tmp_path: Path) -> None:
    refused = run("ingest", str(tmp_path / "nowhere.mp4"), given=given)

    assert refused.returncode == 1
    assert refused.stderr == f"{tmp_path / 'nowhere.mp4'}: No such file or directory\n"
