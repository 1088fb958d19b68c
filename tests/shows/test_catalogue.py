import base64
from itertools import count
from typing import Any

import pytest
from fastapi.testclient import TestClient

from people import People
from studio import Json, Studio


def titles(client: TestClient, **parameters: Any) -> list[str]:
    """The titles of all pages, in order."""
    return [show["title"] for show in pages(client, **parameters)]


def pages(client: TestClient, headers: dict[str, str] | None = None, **parameters: Any) -> list[Json]:
    shows: list[Json] = []
    cursor: dict[str, str] = {}
    for _ in range(50):
        answer = client.get("/shows", params={**parameters, **cursor}, headers=headers)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert len(page["items"]) <= parameters.get("limit", 24)
        shows += page["items"]
        if page["nextCursor"] is None:
            return shows
        assert len(page["items"]) == parameters.get("limit", 24)
        cursor = {"cursor": page["nextCursor"]}
    raise AssertionError("the pages have no end")


def test_a_stranger_reads_the_empty_list(client: TestClient) -> None:
    answer = client.get("/shows")

    assert answer.status_code == 200
    assert answer.json() == {"items": [], "nextCursor": None, "featuredShowId": None}


def test_only_available_shows_are_listed(client: TestClient, studio: Studio) -> None:
    for state in ("draft", "in_review", "available", "rejected", "withdrawn"):
        studio.in_state(state, title=state)

    listed = [titles(client), titles(client, sort="title"), titles(client, limit=1)]

    assert listed == [["available"]] * 3


def test_staff_lists_ask_for_a_role(client: TestClient, people: People) -> None:
    viewer = people.viewer()

    assert client.get("/shows?state=all").status_code == 401
    assert client.get("/shows?state=all", headers=viewer.headers).status_code == 403
    assert client.get("/shows?state=available").status_code == 401
    assert client.get("/shows?state=all", headers=people.reviewer().headers).status_code == 200
    assert client.get("/shows?state=none", headers=people.reviewer().headers).status_code == 422


def test_staff_see_each_state_by_itself_and_all_of_them(client: TestClient, studio: Studio) -> None:
    states = ("draft", "in_review", "available", "rejected", "withdrawn")
    for state in states:
        studio.in_state(state, title=state)

    def listed(state: str) -> list[str]:
        return [show["title"] for show in pages(client, headers=studio.reviewer.headers, state=state)]

    assert {state: listed(state) for state in states} == {state: [state] for state in states}
    assert listed("all") == list(reversed(states))


@pytest.mark.parametrize("limit", [1, 3, 7])
def test_pages_hold_every_show_once_in_each_order(client: TestClient, studio: Studio, limit: int) -> None:
    # Shows alike in what they are sorted by, so that pages end between equals.
    minutes = [5, 90, 90, None, 90, 0.5, None]
    names = ["b", "A", "a", "Ä", "B", "zebra", "a"]
    for title, length in zip(names, minutes, strict=True):
        studio.available(title=title, durationSeconds=length)

    latest = titles(client, limit=limit)
    by_title = titles(client, limit=limit, sort="title")
    by_length = [show["durationSeconds"] for show in pages(client, limit=limit, sort="duration")]
    of_staff = pages(client, headers=studio.editor.headers, limit=limit, state="all")

    assert latest == names[::-1]
    assert sorted(by_title) == sorted(names)
    assert [title.lower() for title in by_title] == sorted((t.lower() for t in by_title), key=by_title_order)
    assert by_length == [90, 90, 90, 5, 0.5, None, None]
    assert len({show["id"] for show in of_staff}) == len(names)


def by_title_order(title: str) -> tuple[int, str]:
    return (title == "ä", title)


def test_a_show_published_between_two_pages_moves_none_of_the_others(
    client: TestClient, studio: Studio
) -> None:
    for number in range(4):
        studio.available(title=f"{number}")
    first = client.get("/shows?limit=2").json()
    studio.available(title="new")

    second = client.get("/shows", params={"limit": 2, "cursor": first["nextCursor"]}).json()

    assert [show["title"] for show in first["items"] + second["items"]] == ["3", "2", "1", "0"]


def test_filters_narrow_the_list_and_pages_keep_to_them(client: TestClient, studio: Studio) -> None:
    numbers = count(1)
    for genre, series in (("Drama", "One"), ("Drama", "Two"), ("Comedy", "One"), ("drama", None)):
        studio.available(
            title=str(next(numbers)),
            genres=[genre, "Film"],
            series={"title": series} if series else None,
        )

    found = {
        "genre": titles(client, genre="Drama", limit=1),
        "genre of all": len(titles(client, genre="Film", limit=1)),
        "series": titles(client, series="One", limit=1),
        "both": titles(client, genre="Drama", series="One"),
        "nothing": titles(client, genre="Western"),
    }

    assert found == {
        "genre": ["2", "1"],
        "genre of all": 4,
        "series": ["3", "1"],
        "both": ["1"],
        "nothing": [],
    }


def test_parameters_out_of_bounds_are_pointed_at(client: TestClient) -> None:
    wrong = {
        "limit=0": "/query/limit",
        "limit=101": "/query/limit",
        "limit=many": "/query/limit",
        "sort=random": "/query/sort",
        "q=%00": "/query/q",
        f"genre={'x' * 201}": "/query/genre",
    }

    answers = {query: client.get(f"/shows?{query}") for query in wrong}

    pointed = {query: answer.json()["errors"][0]["pointer"] for query, answer in answers.items()}
    assert pointed == wrong
    assert {answer.status_code for answer in answers.values()} == {422}


def test_a_cursor_that_was_not_issued_for_this_list_is_refused(client: TestClient, studio: Studio) -> None:
    for _ in range(2):
        studio.available(genres=["Drama"])
    cursor = client.get("/shows?limit=1").json()["nextCursor"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forged = []
    for place in range(len(raw)):
        changed = raw.copy()
        changed[place] ^= 1
        forged.append(base64.urlsafe_b64encode(changed).rstrip(b"=").decode())
    foreign = ["", "x", "é", cursor[:-1], cursor + "A", cursor + "=", *forged]

    answers = [
        *(client.get("/shows", params={"limit": 1, "cursor": each}) for each in foreign),
        client.get("/shows", params={"limit": 1, "cursor": cursor, "sort": "title"}),
        client.get("/shows", params={"limit": 1, "cursor": cursor, "genre": "Drama"}),
        client.get(
            "/shows", params={"limit": 1, "cursor": cursor, "state": "all"}, headers=studio.editor.headers
        ),
    ]

    assert {answer.status_code for answer in answers} == {400}
    assert answers[0].json()["type"] == "/problems/foreign-cursor"
    assert client.get("/shows", params={"limit": 100, "cursor": cursor}).status_code == 200
