"""What nobody refers to any more goes; what a row refers to stays."""

import os
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from uuid6 import uuid7

from showsondemand.vod_ingest import upload_sweeping
from showsondemand.vod_ingest.incoming import incoming_film, remove_abandoned_films
from vod_ingest.conftest import Ingest


@pytest.fixture
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything counts as old enough to be looked at; ids made in one burst run ahead of the clock."""
    monkeypatch.setattr(upload_sweeping, "_SETTLED", timedelta(minutes=-1))


def made(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.usefixtures("_settled")
def test_what_lost_attempts_left_behind_goes_and_what_plays_stays(ingest: Ingest, film: Path) -> None:
    job = ingest.work(ingest.sent(film))
    waiting = ingest.sent(film)
    kept = ingest.files("media")
    made(ingest.data / "media/videos" / job["id"] / "7" / "segment.m4s")
    made(ingest.data / "media/videos" / str(uuid7()) / "1" / "segment.m4s")
    made(ingest.data / "media/sources" / str(uuid7()) / "film")
    made(ingest.data / "work" / f"{job['id']}-7" / "set" / "segment.m4s")
    made(ingest.data / "work" / f"{uuid7()}-1" / "set" / "segment.m4s")
    made(ingest.data / "incoming" / "abandoned.part")

    ingest.sweep()

    assert ingest.files("media") == kept
    assert f"sources/{waiting['id']}/film" in kept
    assert (ingest.files("work"), ingest.files("incoming")) == ([], [])


@pytest.mark.usefixtures("_settled")
def test_what_is_not_ours_is_left_alone_and_stops_nothing(ingest: Ingest) -> None:
    foreign = [
        made(ingest.data / "media/videos/lost+found/1/x"),
        made(ingest.data / "media/sources/a-note.txt"),
        made(ingest.data / "work/README"),
        made(ingest.data / "incoming/README"),
    ]
    orphan = made(ingest.data / "media/sources" / str(uuid7()) / "film")

    ingest.sweep()

    assert [path.exists() for path in foreign] == [True] * 4
    assert not orphan.exists()


def test_what_was_made_within_the_day_may_still_be_waiting_for_its_row_whatever_the_clock_says(
    ingest: Ingest,
) -> None:
    young = made(ingest.data / "media/sources" / str(id_made(timedelta(hours=2))) / "film")
    old = made(ingest.data / "media/sources" / str(id_made(timedelta(hours=25))) / "film")

    ingest.sweep()

    assert (young.exists(), old.exists()) == (True, False)


def id_made(ago: timedelta) -> UUID:
    milliseconds = int((datetime.now(UTC) - ago).timestamp() * 1000)
    return UUID(int=(milliseconds << 80) | (7 << 76) | (2 << 62))


@pytest.mark.usefixtures("_settled")
def test_the_media_of_a_show_that_can_be_restored_stay(ingest: Ingest, film: Path) -> None:
    job = ingest.work(ingest.sent(film))
    kept = ingest.files("media")
    ingest.delete_show(job["showId"])

    ingest.sweep()

    assert ingest.files("media") == kept


def test_a_film_that_is_still_coming_in_is_not_swept_away(tmp_path: Path) -> None:
    with incoming_film(tmp_path) as film:
        film.write(b"the first bytes")

        removed = remove_abandoned_films(tmp_path)

        assert removed == 0
        assert film.path.read_bytes() == b"the first bytes"


def test_a_film_that_was_begun_this_moment_is_not_swept_away(tmp_path: Path) -> None:
    begun = made(tmp_path / "incoming" / "begun.part", b"")
    forgotten = made(tmp_path / "incoming" / "forgotten.part", b"")
    an_hour_ago = time.time() - 3600
    os.utime(forgotten, (an_hour_ago, an_hour_ago))

    remove_abandoned_films(tmp_path)

    assert (begun.exists(), forgotten.exists()) == (True, False)


@pytest.mark.usefixtures("_settled")
def test_sweeping_an_empty_house_does_nothing(ingest: Ingest) -> None:
    shutil.rmtree(ingest.data, ignore_errors=True)

    ingest.sweep()

    assert not ingest.data.exists()
