"""What is refused of an upload before its first byte, and who may touch it at all."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from people import People
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.vod_ingest.upload_limits import MOST_A_DAY, MOST_AT_ONCE, MOST_BYTES_WAITING
from showsondemand.vod_ingest.upload_models import Upload
from showsondemand.wiring import Wiring
from vod_ingest.sender import Sender

GIBIBYTE = 1024**3


@pytest.fixture
def sender(client: TestClient, people: People) -> Sender:
    return Sender(client, people.editor().headers, b"not looked at here")


@pytest.mark.parametrize(
    ("said", "status", "name"),
    [
        ({"size": 20 * GIBIBYTE + 1}, 413, "film-too-large"),
        ({"size": 0}, 422, "not-valid"),
        ({"size": -1}, 422, "not-valid"),
        ({"size": "5"}, 422, "not-valid"),
        ({"size": 2**70}, 413, "film-too-large"),
        ({"contentType": "application/pdf"}, 422, "film-type-refused"),
        ({"contentType": "video/mpegurl"}, 422, "film-type-refused"),
        ({"filename": ""}, 422, "not-valid"),
        ({"filename": "a\x00b.mp4"}, 422, "not-valid"),
        ({"title": "x" * 300}, 422, "not-valid"),
        ({"colour": "blue"}, 422, "not-valid"),
    ],
)
def test_what_cannot_become_a_show_is_refused_before_its_first_byte(
    sender: Sender, said: dict[str, Any], status: int, name: str
) -> None:
    answer = sender.begin(**said)

    assert answer.status_code == status
    assert answer.json()["type"] == f"/problems/{name}"


@pytest.mark.parametrize(
    "kind", ["video/mp4", "video/x-matroska", "VIDEO/MP4; codecs=avc1", "application/octet-stream"]
)
def test_films_of_any_type_may_come(sender: Sender, kind: str) -> None:
    assert sender.begin(contentType=kind).status_code == 201


def test_a_name_is_for_showing_only(sender: Sender) -> None:
    sender.begin(filename="../../etc/passwd.mp4")

    assert sender.read()["filename"] == "passwd.mp4"


def test_three_uploads_at_once_are_enough(client: TestClient, sender: Sender) -> None:
    begun = [sender.begin().status_code for _ in range(MOST_AT_ONCE)]

    refused = sender.begin()
    client.delete(f"/ingest/uploads/{sender.id}", headers=sender.headers)
    after_dropping_one = sender.begin()

    assert begun == [201] * MOST_AT_ONCE
    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-uploads")
    assert refused.json()["params"] == {"mostAtOnce": MOST_AT_ONCE}
    assert int(refused.headers["Retry-After"]) > 0
    assert after_dropping_one.status_code == 201


def test_uploads_that_nobody_goes_on_with_do_not_stand_in_the_way(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    for _ in range(MOST_AT_ONCE):
        sender.begin()
    assert client.portal
    client.portal.call(_age, wiring, timedelta(hours=1))

    answer = sender.begin()

    assert answer.status_code == 201


def test_fifty_uploads_a_day_are_enough(client: TestClient, sender: Sender) -> None:
    for _ in range(MOST_A_DAY):
        sender.begin()
        client.portal.call(_complete_by_hand, sender) if client.portal else None

    answer = sender.begin()

    assert answer.json()["type"] == "/problems/too-many-uploads"


def test_films_that_are_no_shows_yet_have_a_quota(client: TestClient, people: People, wiring: Wiring) -> None:
    editor = people.editor()
    assert client.portal
    client.portal.call(_waiting_film, wiring, editor.id, MOST_BYTES_WAITING - 5 * GIBIBYTE)
    sender = Sender(client, editor.headers, b"")

    fits = sender.begin(size=5 * GIBIBYTE)
    too_much = sender.begin(size=1)

    assert fits.status_code == 201
    assert (too_much.status_code, too_much.json()["type"]) == (413, "/problems/quota-exceeded")


def test_a_film_in_one_call_is_refused_beyond_the_quota_too(
    client: TestClient, people: People, wiring: Wiring, film: Path
) -> None:
    editor = people.editor()
    assert client.portal
    client.portal.call(_waiting_film, wiring, editor.id, MOST_BYTES_WAITING)

    with film.open("rb") as content:
        answer = client.post("/ingest/videos", files={"file": content}, headers=editor.headers)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/quota-exceeded")


def test_an_upload_is_known_to_its_owner_and_to_admins_alone(
    client: TestClient, people: People, sender: Sender
) -> None:
    sender.begin()
    calls = [
        ("GET", f"/ingest/uploads/{sender.id}"),
        ("GET", f"/ingest/uploads/{sender.id}/parts/1"),
        ("DELETE", f"/ingest/uploads/{sender.id}"),
    ]
    another, admin = people.editor(), people.admin()

    refused = [client.request(*call, headers=another.headers).status_code for call in calls]
    completing = Sender(client, another.headers, sender.content, sender.id).complete()
    allowed = [client.request(*call, headers=admin.headers).status_code for call in calls]

    assert refused == [404, 404, 404]
    assert completing.status_code == 404
    assert allowed == [200, 200, 204]


@pytest.mark.parametrize("number", [0, 2, 10_001])
def test_a_part_that_the_film_does_not_have_has_no_address(
    client: TestClient, sender: Sender, number: int
) -> None:
    sender.begin()

    answer = client.get(f"/ingest/uploads/{sender.id}/parts/{number}", headers=sender.headers)

    assert answer.json()["type"] == "/problems/part-not-found"


def test_an_address_is_good_for_its_own_part_and_size_only(client: TestClient, sender: Sender) -> None:
    sender.begin()
    address = sender.address(1)
    changed = {
        "another part": address.replace("/parts/1?", "/parts/2?"),
        "another size": address.replace(f"size={len(sender.content)}", "size=5"),
        "a longer time": address.replace("expires=1", "expires=2"),
        "no signature": address.partition("&signature=")[0],
        "half a signature": address[:-4],
        "a foreign letter": address + "\u00e9",
        "nothing": address.partition("?")[0],
    }

    statuses = {name: client.put(url, content=sender.content).status_code for name, url in changed.items()}

    assert statuses == dict.fromkeys(changed, 401)
    assert client.put(address, content=sender.content).status_code == 200


def test_an_address_expires(client: TestClient, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("showsondemand.vod_ingest.uploads.ADDRESS_LIFETIME", timedelta(seconds=-1))
    sender.begin()

    answer = sender.send(1)

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/part-address-refused")


async def _age(wiring: Wiring, by: timedelta) -> None:
    async with wiring.database.transaction() as session:
        await session.execute(update(Upload).values(active_at=datetime.now(UTC) - by))


async def _complete_by_hand(sender: Sender) -> None:
    wiring: Wiring = sender.client.app.state.wiring  # type: ignore[attr-defined]  # the app under test
    async with wiring.database.transaction() as session:
        await session.execute(update(Upload).where(Upload.id == UUID(sender.id)).values(state="completed"))


async def _waiting_film(wiring: Wiring, owner_id: UUID, size_bytes: int) -> None:
    async with wiring.database.transaction() as session:
        session.add(
            IngestJob(
                source_name="film.mp4",
                source_key="sources/none",
                source_bytes=size_bytes,
                source_sha256="0" * 64,
                title="A film",
                owner_id=owner_id,
            )
        )
