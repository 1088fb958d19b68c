from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from people import People
from studio import Studio

HIDDEN = ("draft", "in_review", "rejected", "withdrawn")
FIELDS = {
    "id",
    "title",
    "synopsis",
    "state",
    "hlsSrcVideoURL",
    "dashSrcVideoURL",
    "posterURL",
    "posterPictures",
    "posterPreview",
    "storyboardURL",
    "durationSeconds",
    "width",
    "height",
    "genres",
    "tags",
    "cast",
    "directors",
    "language",
    "releaseYear",
    "maturityRating",
    "series",
    "markers",
    "captions",
    "renditions",
    "availableFrom",
    "availableUntil",
    "publishedAt",
    "createdAt",
    "updatedAt",
    "version",
}


def in_days(days: float) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def test_a_show_has_the_fields_of_the_contract(client: TestClient, studio: Studio) -> None:
    show = studio.available()

    read = client.get(f"/shows/{show['id']}").json()

    assert read.keys() == FIELDS
    assert read["publishedAt"].endswith("Z")


def test_what_is_not_available_is_there_for_staff_only(
    client: TestClient, people: People, studio: Studio
) -> None:
    hidden = {state: f"/shows/{studio.in_state(state)['id']}" for state in HIDDEN}
    viewer, reviewer = people.viewer(), people.reviewer()

    statuses = {
        state: [
            client.get(path, headers=headers).status_code
            for headers in ({}, viewer.headers, reviewer.headers)
        ]
        for state, path in hidden.items()
    }

    assert statuses == {state: [404, 404, 200] for state in HIDDEN}


def test_a_hidden_show_looks_like_one_that_never_was(client: TestClient, studio: Studio) -> None:
    hidden = client.get(f"/shows/{studio.draft()['id']}").json()
    nowhere = client.get(f"/shows/{uuid4()}").json()

    del hidden["instance"], nowhere["instance"]
    assert hidden == nowhere


def test_a_show_is_there_within_its_window_only(client: TestClient, studio: Studio) -> None:
    windows = {
        "open": {"availableFrom": in_days(-1), "availableUntil": in_days(1)},
        "opened": {"availableFrom": in_days(-1)},
        "closes": {"availableUntil": in_days(1)},
        "opens": {"availableFrom": in_days(1)},
        "closed": {"availableUntil": in_days(-1)},
    }
    shows = {name: studio.available(title=name, **window) for name, window in windows.items()}

    statuses = {name: client.get(f"/shows/{show['id']}").status_code for name, show in shows.items()}
    listed = {show["title"] for show in client.get("/shows").json()["items"]}

    assert statuses == {"open": 200, "opened": 200, "closes": 200, "opens": 404, "closed": 404}
    assert listed == {"open", "opened", "closes"}


def test_who_has_the_present_version_gets_no_body(client: TestClient, studio: Studio) -> None:
    path = f"/shows/{studio.available()['id']}"
    tag = client.get(path).headers["ETag"]

    answers = [
        client.get(path, headers={"If-None-Match": given}) for given in (tag, f'"x", W/{tag}', "*", '"x"', "")
    ]

    assert [answer.status_code for answer in answers] == [304, 304, 304, 200, 200]
    assert answers[0].content == b""
    assert answers[0].headers["ETag"] == tag


def test_an_old_version_gets_the_new_one(client: TestClient, studio: Studio) -> None:
    show = studio.available()
    tag = client.get(f"/shows/{show['id']}").headers["ETag"]
    client.patch(f"/shows/{show['id']}", json={"title": "New"}, headers=studio.editor.headers)

    answer = client.get(f"/shows/{show['id']}", headers={"If-None-Match": tag})

    assert answer.status_code == 200
    assert answer.json()["title"] == "New"


def test_a_token_that_is_none_is_refused_even_where_none_is_needed(
    client: TestClient, studio: Studio
) -> None:
    paths = ["/shows?sort=title", f"/shows/{studio.available()['id']}"]

    statuses = [client.get(path, headers={"Authorization": "Bearer nonsense"}).status_code for path in paths]

    assert statuses == [401, 401]


@pytest.mark.parametrize("word", ["facets", "deleted", "suggestions"])
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_word_beside_the_shows_is_no_show_to_change(
    client: TestClient, people: People, method: str, word: str
) -> None:
    answer = client.request(method, f"/shows/{word}", headers=people.admin().headers, json={})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
