"""What became of shows: the bin, what was done to one, and the house in numbers."""

from typing import Any

from fastapi.testclient import TestClient

from people import People
from showsondemand.wiring import Wiring
from studio import Studio


def test_the_bin_holds_what_was_deleted_last_first(client: TestClient, studio: Studio) -> None:
    first, second, kept = (studio.draft(title=title) for title in ("First", "Second", "Kept"))
    for show in (first, second):
        client.delete(f"/shows/{show['id']}", headers=studio.editor.headers)

    page = client.get("/shows/deleted?limit=1", headers=studio.editor.headers).json()
    rest = client.get(
        "/shows/deleted", params={"limit": 1, "cursor": page["nextCursor"]}, headers=studio.editor.headers
    ).json()

    assert [each["show"]["title"] for each in page["items"] + rest["items"]] == ["Second", "First"]
    assert rest["nextCursor"] is None
    assert page["items"][0]["restorableUntil"] > page["items"][0]["deletedAt"]
    client.post(f"/shows/{first['id']}/restore", headers=studio.editor.headers)
    left = client.get("/shows/deleted", headers=studio.editor.headers).json()["items"]
    assert [each["show"]["id"] for each in left] == [second["id"]]
    assert client.get(f"/shows/{kept['id']}", headers=studio.editor.headers).status_code == 200


def test_a_cursor_of_another_list_is_refused_by_the_bin(client: TestClient, studio: Studio) -> None:
    for title in ("One", "Two"):
        studio.draft(title=title)
    cursor = client.get("/shows?state=all&limit=1", headers=studio.editor.headers).json()["nextCursor"]

    answer = client.get("/shows/deleted", params={"cursor": cursor}, headers=studio.editor.headers)

    assert answer.status_code == 400


def test_a_shows_history_says_what_was_done_and_by_whom(
    client: TestClient, studio: Studio, people: People
) -> None:
    show = studio.available()
    client.patch(
        f"/shows/{show['id']}",
        json={"synopsis": "New words.", "state": "withdrawn"},
        headers=studio.editor.headers,
    )

    done = client.get(f"/shows/{show['id']}/history", headers=people.reviewer().headers).json()["items"]

    assert [each["action"] for each in done] == ["show_updated", "review_approved", "show_created"]
    assert done[0]["details"] == {
        "fields": ["synopsis"],
        "state": {"before": "available", "after": "withdrawn"},
    }
    assert done[0]["actor"]["id"] == str(studio.editor.id)
    assert done[0]["actor"]["name"]


def test_what_changed_last_comes_first_where_that_is_asked_for(client: TestClient, studio: Studio) -> None:
    early, late = studio.draft(title="Early"), studio.draft(title="Late")
    client.patch(f"/shows/{early['id']}", json={"synopsis": "New."}, headers=studio.editor.headers)

    found = client.get("/shows?state=all&sort=updated", headers=studio.editor.headers).json()["items"]

    assert [show["id"] for show in found] == [early["id"], late["id"]]


def test_the_house_in_numbers_says_what_there_is_and_what_waits(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    wiring.settings.data_folder.mkdir(exist_ok=True)
    studio.draft()
    studio.in_review()
    studio.available()

    told: dict[str, Any] = client.get("/overview", headers=studio.reviewer.headers).json()

    queued = client.get("/reviews/queue", headers=studio.reviewer.headers).json()

    assert told["shows"] == {"draft": 1, "in_review": 1, "available": 1, "rejected": 0, "withdrawn": 0}
    assert told["inReviewSince"] == queued["items"][0]["inReviewSince"]
    assert told["added"][-1]["shows"] == 3
    assert len(told["added"]) == 14
    assert told["jobs"] == {"queued": 0, "running": 0, "failed": 0, "queuedSince": None}
    assert told["disk"]["totalBytes"] > told["disk"]["freeBytes"]
