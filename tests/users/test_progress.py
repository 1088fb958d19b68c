"""How far somebody has watched: what is written down, of what, and at what price."""

from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from people import People, Person
from showsondemand.wiring import Wiring
from studio import Json, Studio


def save(client: TestClient, person: Person, show: Json, seconds: float) -> Json:
    answer = client.put(
        f"/users/me/progress/{show['id']}", json={"positionSeconds": seconds}, headers=person.headers
    )
    assert answer.status_code == 200, answer.text
    saved: Json = answer.json()
    return saved


@pytest.mark.parametrize(
    ("length", "seconds", "kept", "finished"),
    [
        (100.0, 0.0, 0.0, False),
        (100.0, 95.0, 95.0, False),
        (100.0, 95.5, 95.5, True),
        (100.0, 150.0, 100.0, True),
        (None, 150.0, 150.0, False),
        (0.0, 150.0, 150.0, False),
    ],
    ids=["beginning", "before the credits", "credits", "past the end", "length not known", "no length"],
)
def test_a_position_ends_with_the_show_and_the_credits_count_as_finished(
    client: TestClient,
    people: People,
    studio: Studio,
    length: float | None,
    seconds: float,
    kept: float,
    *,
    finished: bool,
) -> None:
    viewer, show = people.viewer(), studio.available(durationSeconds=length)

    saved = save(client, viewer, show, seconds)

    assert (saved["showId"], saved["positionSeconds"], saved["finished"]) == (show["id"], kept, finished)
    assert client.get(f"/users/me/progress/{show['id']}", headers=viewer.headers).json() == saved


def test_the_last_position_counts_and_each_viewer_has_their_own(
    client: TestClient, people: People, studio: Studio
) -> None:
    one, other, show = people.viewer(), people.viewer(), studio.available(durationSeconds=100)
    for seconds in (99, 20):
        save(client, one, show, seconds)
    save(client, other, show, 40)

    resumed = [
        client.post(f"/shows/{show['id']}/playback", headers=person.headers).json()["resumePositionSeconds"]
        for person in (one, other)
    ]

    assert resumed == [20, 40]


def test_whoever_has_finished_begins_anew(client: TestClient, people: People, studio: Studio) -> None:
    viewer, show = people.viewer(), studio.available(durationSeconds=100)
    save(client, viewer, show, 99)

    playback = client.post(f"/shows/{show['id']}/playback", headers=viewer.headers).json()

    assert playback["resumePositionSeconds"] == 0


def test_of_a_show_that_one_may_not_know_of_nothing_is_written_down(
    client: TestClient, people: People, studio: Studio
) -> None:
    viewer, hidden = people.viewer(), studio.in_review()
    deleted = studio.available()
    client.delete(f"/shows/{deleted['id']}", headers=studio.editor.headers)
    said = {"positionSeconds": 5}

    statuses = [
        client.put(f"/users/me/progress/{show_id}", json=said, headers=person.headers).status_code
        for person, show_id in (
            (viewer, hidden["id"]),
            (viewer, uuid4()),
            (studio.reviewer, deleted["id"]),
            (studio.reviewer, hidden["id"]),
        )
    ]

    assert statuses == [404, 404, 404, 200]
    assert client.get(f"/users/me/progress/{hidden['id']}", headers=viewer.headers).status_code == 404


def test_a_position_costs_one_statement(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    viewer, show = people.viewer(), studio.available()
    save(client, viewer, show, 1)
    asked: list[str] = []
    wiring.database.observe(lambda *given: asked.append(given[2]), lambda *_: None)

    save(client, viewer, show, 2)

    assert len(asked) == 1
