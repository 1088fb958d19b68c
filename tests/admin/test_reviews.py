from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.admin import reviewing
from studio import Json, Studio


def review(client: TestClient, show: Json, headers: dict[str, str], **given: object) -> tuple[int, Json]:
    answer = client.post(f"/shows/{show['id']}/reviews", json=given, headers=headers)
    return answer.status_code, answer.json()


def test_an_approved_show_is_available_and_says_since_when(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()

    status, given = review(client, show, studio.reviewer.headers, verdict="approve")

    assert status == 201
    assert given["showId"] == show["id"]
    assert given["reviewer"] == {
        "id": str(studio.reviewer.id),
        "name": studio.reviewer.email,
        "kind": "person",
    }
    available = client.get(f"/shows/{show['id']}").json()
    assert available["state"] == "available"
    assert available["publishedAt"] is not None


def test_a_rejection_needs_notes_that_say_why(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()

    without, problem = review(client, show, studio.reviewer.headers, verdict="reject")
    blank, _ = review(client, show, studio.reviewer.headers, verdict="reject", notes=" \n ")
    with_notes, _ = review(client, show, studio.reviewer.headers, verdict="reject", notes="No sound.")

    assert (without, blank, with_notes) == (422, 422, 201)
    assert problem["type"] == "/problems/notes-missing"
    assert problem["errors"] == [{"pointer": "/notes", "detail": "must say why", "code": "required"}]
    assert studio.read(show)["state"] == "rejected"


def test_only_a_show_in_review_takes_a_verdict(client: TestClient, studio: Studio) -> None:
    shows = [studio.in_state(state) for state in ("draft", "available", "rejected", "withdrawn")]

    statuses = [review(client, show, studio.reviewer.headers, verdict="approve")[0] for show in shows]

    assert statuses == [409] * 4
    assert [studio.read(show)["state"] for show in shows] == [show["state"] for show in shows]


def test_only_reviewers_and_admins_give_verdicts(client: TestClient, people: People, studio: Studio) -> None:
    show = studio.in_review()
    headers = [{}, people.viewer().headers, people.editor().headers, people.admin().headers]

    statuses = [review(client, show, each, verdict="approve")[0] for each in headers]

    assert statuses == [401, 403, 403, 201]


def test_two_opposite_verdicts_at_one_instant_make_one_decision(
    client: TestClient, people: People, studio: Studio
) -> None:
    shows = [studio.in_review() for _ in range(5)]
    reviewers = [people.reviewer(), people.reviewer()]

    with ThreadPoolExecutor(2) as threads:
        rounds = [
            list(
                threads.map(
                    lambda who, verdict, show=show: review(
                        client, show, who.headers, verdict=verdict, notes="at one instant"
                    )[0],
                    reviewers,
                    ("approve", "reject"),
                )
            )
            for show in shows
        ]

    assert [sorted(statuses) for statuses in rounds] == [[201, 409]] * 5
    for show in shows:
        kept = client.get(f"/shows/{show['id']}/reviews", headers=studio.editor.headers).json()["items"]
        assert len(kept) == 1
        decided = {"approve": "available", "reject": "rejected"}[kept[0]["verdict"]]
        assert studio.read(show)["state"] == decided


def test_findings_are_kept_with_the_verdict(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()
    finding = {"label": "black", "score": 0.5, "startSeconds": 1.5, "endSeconds": 3.0, "note": "A cut?"}

    review(client, show, studio.reviewer.headers, verdict="approve", findings=[finding])

    kept = client.get(f"/shows/{show['id']}/reviews", headers=studio.editor.headers).json()["items"]
    assert kept[0]["findings"] == [
        finding
        | {"measured": {}, "frameURL": f"https://shows.example.org/shows/{show['id']}/frame?atSeconds=2.250"}
    ]


def test_reviews_are_listed_newest_first_and_page_by_page(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()
    for number in range(5):
        review(client, show, studio.reviewer.headers, verdict="reject", notes=f"Round {number}")
        studio.moved(show, "in_review", studio.editor)

    notes, cursor = [], ""
    while cursor is not None:
        page = client.get(
            f"/shows/{show['id']}/reviews",
            params={"limit": 2, **({"cursor": cursor} if cursor else {})},
            headers=studio.editor.headers,
        ).json()
        notes += [given["notes"] for given in page["items"]]
        cursor = page["nextCursor"]

    assert notes == [f"Round {number}" for number in (4, 3, 2, 1, 0)]


def test_a_cursor_of_another_shows_reviews_is_refused(client: TestClient, studio: Studio) -> None:
    one, other = studio.in_review(), studio.in_review()
    for _ in range(2):
        review(client, one, studio.reviewer.headers, verdict="reject", notes="No.")
        studio.moved(one, "in_review", studio.editor)
    headers = studio.editor.headers
    cursor = client.get(f"/shows/{one['id']}/reviews?limit=1", headers=headers).json()["nextCursor"]

    answer = client.get(f"/shows/{other['id']}/reviews", params={"cursor": cursor}, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["type"] == "/problems/foreign-cursor"


def test_reviews_are_for_staff_only(client: TestClient, people: People, studio: Studio) -> None:
    address = f"/shows/{studio.available()['id']}/reviews"
    nowhere = f"/shows/{uuid4()}/reviews"

    statuses = [
        client.get(address).status_code,
        client.get(address, headers=people.viewer().headers).status_code,
        client.get(address, headers=studio.editor.headers).status_code,
        client.get(nowhere, headers=studio.editor.headers).status_code,
    ]

    assert statuses == [401, 403, 200, 404]


def test_a_verdict_is_taken_back_at_once_and_the_show_waits_as_before(
    client: TestClient, studio: Studio, people: People
) -> None:
    admin = people.admin()
    approved, rejected = studio.in_review(), studio.in_review()
    _, approval = review(client, approved, studio.reviewer.headers, verdict="approve")
    _, rejection = review(client, rejected, studio.reviewer.headers, verdict="reject", notes="No sound.")
    queue = {each["show"]["id"]: each for each in waiting(client, studio)}
    assert queue == {}

    for show, given in ((approved, approval), (rejected, rejection)):
        address = f"/shows/{show['id']}/reviews/{given['id']}"
        statuses = [client.delete(address, headers=studio.reviewer.headers).status_code for _ in range(2)]
        assert statuses == [204, 404]

    assert [each["show"]["id"] for each in waiting(client, studio)] == [approved["id"], rejected["id"]]
    assert [each["round"] for each in waiting(client, studio)] == [1, 1]
    assert client.get(f"/shows/{approved['id']}").status_code == 404
    assert studio.read(approved)["publishedAt"] is None
    trail = client.get("/audit", params={"target": approved["id"]}, headers=admin.headers).json()["items"]
    told = [each["action"] for each in trail if each["action"].startswith("review")]
    assert told == ["review_taken_back", "review_approved"]
    assert review(client, approved, studio.reviewer.headers, verdict="approve")[0] == 201


def test_a_verdict_stands_that_is_anothers_or_that_the_show_has_moved_on_from(
    client: TestClient, studio: Studio, people: People
) -> None:
    show = studio.in_review()
    _, given = review(client, show, studio.reviewer.headers, verdict="approve")
    address = f"/shows/{show['id']}/reviews/{given['id']}"

    anothers = client.delete(address, headers=people.reviewer().headers)
    studio.moved(show, "withdrawn", studio.editor)
    moved_on = client.delete(address, headers=studio.reviewer.headers)

    assert (anothers.status_code, moved_on.status_code) == (409, 409)
    assert anothers.json()["type"] == "/problems/verdict-stands"
    assert [anothers.json()["params"], moved_on.json()["params"]] == [
        {"reason": "somebody_elses"},
        {"reason": "moved_on"},
    ]
    assert [anothers.json()["detail"], moved_on.json()["detail"]] == [
        "Somebody else gave it.",
        "The show has moved on since.",
    ]
    assert studio.read(show)["state"] == "withdrawn"


def test_an_old_verdict_stands(client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    show = studio.in_review()
    _, given = review(client, show, studio.reviewer.headers, verdict="approve")
    monkeypatch.setattr(reviewing, "SECOND_THOUGHTS", timedelta(0))

    answer = client.delete(f"/shows/{show['id']}/reviews/{given['id']}", headers=studio.reviewer.headers)

    assert answer.status_code == 409
    assert "too long ago" in answer.json()["detail"]
    assert studio.read(show)["state"] == "available"


def waiting(client: TestClient, studio: Studio) -> list[Json]:
    items: list[Json] = client.get("/reviews/queue", headers=studio.reviewer.headers).json()["items"]
    return items
