"""Whatever dies in the middle of an upload, the film is neither lost nor doubled, and nothing stays behind."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from uuid6 import uuid7

from people import People
from showsondemand.adapters.storage.port import Arrival, StorageAway
from showsondemand.scratch import scratch_folder
from showsondemand.vod_ingest.models import IngestJob, source_key
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.vod_ingest.upload_models import Upload
from showsondemand.wiring import Wiring
from vod_ingest.sender import Sender

LONG_AGO = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def sender(client: TestClient, people: People, film: Path) -> Sender:
    sender = Sender(client, people.editor().headers, film.read_bytes())
    sender.begin()
    return sender


def in_the_app(client: TestClient, action: Callable[..., Awaitable[object]], *arguments: object) -> object:
    assert client.portal
    return client.portal.call(action, *arguments)


def test_who_died_after_joining_is_followed_by_another(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    sender.send_all()
    in_the_app(client, _join_and_die, wiring, sender)

    answer = sender.complete()

    assert answer.status_code == 202
    assert in_the_app(client, _jobs, wiring) == 1


def test_a_claim_of_the_dead_is_waited_for_and_taken_over(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    sender.send_all()
    in_the_app(client, _set, wiring, {"claimed_until": datetime.now(UTC) + timedelta(seconds=1)})

    answer = sender.complete()

    assert answer.status_code == 202


def test_nothing_is_dropped_while_it_is_being_completed(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    in_the_app(client, _set, wiring, {"claimed_until": datetime.now(UTC) + timedelta(hours=1)})

    answers = [
        client.delete(f"/ingest/uploads/{sender.id}", headers=sender.headers),
        client.get(f"/ingest/uploads/{sender.id}/parts/1", headers=sender.headers),
    ]

    assert {answer.json()["type"] for answer in answers} == {"/problems/upload-ended"}


def test_an_upload_whose_time_is_over_is_swept(client: TestClient, sender: Sender, wiring: Wiring) -> None:
    sender.send_all()
    in_the_app(client, _set, wiring, {"expires_at": datetime.now(UTC) - timedelta(seconds=1)})

    in_the_app(client, sweep, wiring)

    assert client.get(f"/ingest/uploads/{sender.id}", headers=sender.headers).status_code == 404
    assert in_the_app(client, wiring.storage.parts.under_way, "sources") == []


def test_a_sweep_leaves_alone_what_is_under_way_and_what_a_job_needs(
    client: TestClient, people: People, sender: Sender, wiring: Wiring
) -> None:
    sender.send_all()
    job = sender.complete().json()
    another = Sender(client, sender.headers, sender.content)
    another.begin()
    another.send_all()
    in_the_app(client, _set, wiring, {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}, sender.id)

    in_the_app(client, sweep, wiring)

    assert wiring.storage.local_path(source_key(UUID(job["id"])))
    assert another.complete().status_code == 202


def test_parts_of_an_upload_that_was_never_written_down_are_swept(client: TestClient, wiring: Wiring) -> None:
    old, new = source_key(UUID(LONG_AGO)), source_key(uuid7())
    in_the_app(client, wiring.storage.parts.begin, old)
    in_the_app(client, wiring.storage.parts.begin, new)

    in_the_app(client, sweep, wiring)

    assert in_the_app(client, wiring.storage.parts.under_way, "sources") == [Arrival(new)]


def test_folders_of_the_dead_are_swept_and_those_of_the_living_are_not(
    client: TestClient, wiring: Wiring
) -> None:
    work = wiring.settings.data_folder / "work"
    left = work / "of-the-dead"
    left.mkdir(parents=True)

    with scratch_folder(wiring.settings.data_folder, "of-the-living") as alive:
        in_the_app(client, sweep, wiring)
        remaining = list(work.iterdir())

    assert remaining == [alive]
    assert list(work.iterdir()) == []


def test_a_storage_that_does_not_answer_is_a_503_and_the_upload_goes_on_later(
    client: TestClient, sender: Sender, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.send_all()
    with monkeypatch.context() as patch:
        patch.setattr(wiring.storage.parts, "join", _away)
        refused = sender.complete()

    answer = sender.complete()

    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/storage-unavailable")
    assert "Retry-After" in refused.headers
    assert answer.status_code == 202


async def _away(*_: object) -> None:
    raise StorageAway("the disk refused")


async def _join_and_die(wiring: Wiring, sender: Sender) -> None:
    arrival = Arrival(source_key(UUID(sender.id)))
    await wiring.storage.parts.join(arrival, await wiring.storage.parts.arrived(arrival))


async def _set(wiring: Wiring, values: dict[str, object], upload_id: str | None = None) -> None:
    statement = update(Upload).values(**values)
    async with wiring.database.transaction() as session:
        await session.execute(statement.where(Upload.id == UUID(upload_id)) if upload_id else statement)


async def _jobs(wiring: Wiring) -> int:
    async with wiring.database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(IngestJob)) or 0
