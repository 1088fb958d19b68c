"""What somebody says of a film while it arrives or is transcoded is what its show says."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People
from vod_ingest.conftest import Ingest, Json
from vod_ingest.sender import Sender

TOLD: Json = {
    "title": "Big Buck Bunny",
    "synopsis": "A rabbit.",
    "genres": ["Animation"],
    "series": {"title": "Rabbits", "season": 1, "episode": 2},
    "availableFrom": "2027-01-01T00:00:00.000Z",
}


@pytest.fixture
def sender(client: TestClient, ingest: Ingest, film: Path) -> Sender:
    return Sender(client, ingest.editor.headers, film.read_bytes())


def describe(
    client: TestClient, sender: Sender, told: Json, headers: dict[str, str] | None = None
) -> Response:
    return client.put(f"/ingest/uploads/{sender.id}/details", json=told, headers=headers or sender.headers)


def test_what_was_said_on_the_way_stands_in_the_show(
    client: TestClient, sender: Sender, ingest: Ingest
) -> None:
    sender.begin()
    assert describe(client, sender, {"title": "First thought"}).status_code == 200
    sender.send_all()
    job: Json = sender.complete().json()
    answer = describe(client, sender, TOLD)
    assert answer.json()["details"] == sender.read()["details"]

    ingest.work(job)

    show = ingest.shows()[0]
    assert {name: show[name] for name in TOLD} == TOLD
    assert show["state"] == "in_review"


def test_what_was_left_out_is_taken_back(client: TestClient, sender: Sender, ingest: Ingest) -> None:
    sender.begin(title="A title")
    describe(client, sender, TOLD)
    describe(client, sender, {"genres": ["Nature"]})
    sender.send_all()

    ingest.work(sender.complete().json())

    show = ingest.shows()[0]
    assert (show["title"], show["synopsis"], show["genres"]) == ("My film", "", ["Nature"])


def test_once_there_is_a_show_the_show_is_to_be_changed(
    client: TestClient, sender: Sender, ingest: Ingest
) -> None:
    sender.begin()
    sender.send_all()
    ingest.work(sender.complete().json())

    answer = describe(client, sender, TOLD)

    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/film-is-show")
    assert ingest.shows()[0]["title"] == "My film"


def test_what_a_show_could_not_say_is_refused(client: TestClient, sender: Sender) -> None:
    sender.begin()

    answer = describe(
        client, sender, {"availableFrom": "2027-01-02T00:00:00Z", "availableUntil": "2027-01-01T00:00:00Z"}
    )

    assert answer.status_code == 422
    assert sender.read()["details"] is None


def test_another_editors_film_is_not_to_be_described(
    client: TestClient, sender: Sender, people: People
) -> None:
    sender.begin()

    assert describe(client, sender, TOLD, people.editor().headers).status_code == 404
