"""A film laid into the watched folder becomes a show, once, with what was said of it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from people import People
from showsondemand.adapters.storage.port import StorageAway
from showsondemand.errors import Unavailable
from showsondemand.vod_ingest.inbox import Inbox, held
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.vod_ingest.watch_folder import WatchFolder
from showsondemand.wiring import Wiring
from vod_ingest.ingested import in_the_app


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(client: TestClient, wiring: Wiring, inbox: Path) -> WatchFolder:
    """A film counts as finished at the first look."""
    return WatchFolder(wiring, inbox, stable_seconds=0)


def jobs(client: TestClient, wiring: Wiring) -> list[IngestJob]:
    async def all_jobs() -> list[IngestJob]:
        async with wiring.database.transaction() as session:
            return list(await session.scalars(select(IngestJob).order_by(IngestJob.created_at)))

    return in_the_app(client, all_jobs)


def look(client: TestClient, watched: WatchFolder) -> None:
    in_the_app(client, watched.look)


def names(folder: Path) -> list[str]:
    """What lies in the folder, as paths, but for what is hidden."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.endswith(".lock"))


def test_a_film_becomes_a_show_with_what_was_said_of_it(
    client: TestClient, people: People, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    details: dict[str, Any] = {
        "title": "Big Buck Bunny",
        "synopsis": "A rabbit.",
        "genres": ["Animation"],
        "releaseYear": 2008,
        "series": {"title": "Open films", "season": 1, "episode": 2},
    }
    (inbox / "bunny.json").write_text(json.dumps(details))
    shutil.copy(film, inbox / "bunny.mp4")

    look(client, watched)
    (job,) = jobs(client, wiring)
    in_the_app(client, transcode_film, wiring, job.id)

    assert names(inbox) == ["done/bunny.mp4", "done/bunny.mp4.json"]
    (done,) = jobs(client, wiring)
    show = client.get(f"/shows/{done.show_id}", headers=people.reviewer().headers).json()
    assert {name: show[name] for name in details} == details
    assert show["state"] == "in_review"


def test_a_film_alone_is_called_by_its_name(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    shutil.copy(film, inbox / "my_first.film.mp4")

    look(client, watched)

    assert [job.title for job in jobs(client, wiring)] == ["my first.film"]


def test_the_log_has_the_jobs_of_films_and_not_their_names(
    client: TestClient,
    wiring: Wiring,
    watched: WatchFolder,
    inbox: Path,
    film: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(film, inbox / "wilhelmina.mp4")
    (inbox / "zuckerbrot.mp4").write_text("no film at all")

    look(client, watched)

    logged = capsys.readouterr().out
    [job] = jobs(client, wiring)
    assert str(job.id) in logged
    assert "film refused" in logged
    assert "wilhelmina" not in logged
    assert "zuckerbrot" not in logged


def test_what_is_no_film_is_put_aside_with_the_reason(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path
) -> None:
    (inbox / "notes.mp4").write_text("no film at all")

    look(client, watched)

    assert names(inbox) == ["refused/notes.mp4", "refused/notes.mp4.txt"]
    assert (inbox / "refused" / "notes.mp4.txt").read_text().strip()
    assert jobs(client, wiring) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("{", "Invalid JSON"),
        ('{"titel": "A film"}', "titel: Extra inputs"),
        ('{"title": ""}', "title: "),
        ('{"releaseYear": 12}', "releaseYear: "),
        (
            '{"availableFrom": "2026-01-02T00:00:00Z", "availableUntil": "2026-01-01T00:00:00Z"}',
            "availableUntil must be after availableFrom",
        ),
    ],
)
def test_details_that_cannot_be_used_refuse_the_film_and_say_why(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path, said: str, fault: str
) -> None:
    shutil.copy(film, inbox / "film.mp4")
    (inbox / "film.mp4.json").write_text(said)

    look(client, watched)

    assert names(inbox) == ["refused/film.mp4", "refused/film.mp4.json", "refused/film.mp4.txt"]
    assert fault in (inbox / "refused" / "film.mp4.txt").read_text()
    assert jobs(client, wiring) == []


def test_a_film_that_grows_is_left_until_it_is_finished(
    client: TestClient, wiring: Wiring, inbox: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("showsondemand.vod_ingest.watch_folder.monotonic", lambda: float(next(clock)))
    watched = WatchFolder(wiring, inbox, stable_seconds=1)
    content = film.read_bytes()
    taken = []

    for end in (1000, 2000, len(content)):
        (inbox / "film.mp4").write_bytes(content[:end])
        look(client, watched)
        taken.append(len(jobs(client, wiring)))
    look(client, watched)

    assert taken == [0, 0, 0]
    assert [job.source_bytes for job in jobs(client, wiring)] == [len(content)]


def test_a_film_that_somebody_still_writes_is_left_alone(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    shutil.copy(film, inbox / "film.mp4")

    with (inbox / "film.mp4").open("ab"):
        look(client, watched)
        while_written = names(inbox)
    look(client, watched)

    assert while_written == ["film.mp4"]
    assert names(inbox) == ["done/film.mp4"]


def test_what_is_no_ones_film_stays_where_it_is(
    client: TestClient, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    for name in (".hidden.mp4", "film.mp4.part", "alone.json", "readme.txt"):
        (inbox / name).write_text("x")
    (inbox / "link.mp4").symlink_to(film)

    look(client, watched)

    assert names(inbox) == [".hidden.mp4", "alone.json", "film.mp4.part", "link.mp4", "readme.txt"]


def test_a_second_film_of_the_same_name_does_not_replace_the_first(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    for _ in range(2):
        shutil.copy(film, inbox / "film.mp4")
        look(client, watched)

    assert len(jobs(client, wiring)) == 2
    assert len(names(inbox)) == 2


def test_who_died_after_the_job_was_written_down_leaves_one_job(
    client: TestClient,
    wiring: Wiring,
    watched: WatchFolder,
    inbox: Path,
    film: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(film, inbox / "film.mp4")
    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "put_aside", _power_cut)
        with pytest.raises(OSError, match="power cut"):
            look(client, watched)

    look(client, watched)

    assert len(jobs(client, wiring)) == 1
    assert names(inbox) == ["done/film.mp4"]


def test_who_died_while_taking_a_film_does_not_lose_its_details(
    client: TestClient, watched: WatchFolder, inbox: Path
) -> None:
    interrupted = inbox / ".taken" / "01890000-0000-7000-8000-000000000000"
    interrupted.mkdir(parents=True)
    (interrupted / "film.mp4.json").write_text("{}")

    look(client, watched)

    assert names(inbox) == ["film.mp4.json"]


def test_a_film_that_was_refused_stays_refused_whoever_dies(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    shutil.copy(film, inbox / "film.mp4")
    Inbox(inbox).take(inbox / "film.mp4")
    (taken,) = Inbox(inbox).taken()
    assert taken.film
    taken.refuse(taken.film, "The details cannot be used.")

    look(client, watched)

    assert jobs(client, wiring) == []
    assert names(inbox) == ["refused/film.mp4", "refused/film.mp4.txt"]


def test_a_film_that_another_worker_is_at_is_left_to_it(
    client: TestClient, wiring: Wiring, watched: WatchFolder, inbox: Path, film: Path
) -> None:
    shutil.copy(film, inbox / "film.mp4")
    Inbox(inbox).take(inbox / "film.mp4")
    (taken,) = Inbox(inbox).taken()

    with held(taken) as is_ours:
        look(client, watched)
        meanwhile = len(jobs(client, wiring))
    look(client, watched)

    assert is_ours
    assert (meanwhile, len(jobs(client, wiring))) == (0, 1)


def test_a_film_waits_for_a_storage_that_is_away(
    client: TestClient,
    wiring: Wiring,
    watched: WatchFolder,
    inbox: Path,
    film: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copy(film, inbox / "film.mp4")
    with monkeypatch.context() as patch:
        patch.setattr(type(wiring.storage), "adopt_file", _away)
        with pytest.raises(Unavailable):
            look(client, watched)

    look(client, watched)

    assert len(jobs(client, wiring)) == 1
    assert names(inbox) == ["done/film.mp4"]


def _power_cut(*_: object) -> None:
    raise OSError("power cut")


async def _away(*_: object) -> None:
    raise StorageAway("the disk is full")
