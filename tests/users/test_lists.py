"""Continue watching and the watchlist: one's own, in order, and never a show that one may not see."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from people import People, Person
from showsondemand.wiring import Wiring

LISTS = ["/users/me/progress", "/users/me/watchlist"]


def available_show(client: TestClient, wiring: Wiring, admin: Person, title: str) -> str:
    """The id of a show that viewers see, an hour long."""
    stream = f"{wiring.settings.base_url}/media/videos/film/1/master.m3u8"
    made = client.post(
        "/shows",
        json={"title": title, "hlsSrcVideoURL": stream, "durationSeconds": 3600},
        headers=admin.headers,
    )
    assert made.status_code == 201, made.text
    show_id = str(made.json()["id"])
    approved = client.post(f"/shows/{show_id}/reviews", json={"verdict": "approve"}, headers=admin.headers)
    assert approved.status_code == 201, approved.text
    return show_id


def keep(client: TestClient, person: Person, show_id: str) -> None:
    """Has the show in both lists of ``person``."""
    listed = client.put(f"/users/me/watchlist/{show_id}", headers=person.headers)
    watched = client.put(
        f"/users/me/progress/{show_id}", json={"positionSeconds": 60}, headers=person.headers
    )
    assert (listed.status_code, watched.status_code) == (204, 200)


def items(client: TestClient, person: Person, address: str, **query: Any) -> dict[str, Any]:
    answer = client.get(address, params=query, headers=person.headers)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


@pytest.mark.parametrize("address", LISTS)
def test_lists_are_newest_first_page_by_page_with_their_shows(
    client: TestClient, people: People, wiring: Wiring, address: str
) -> None:
    admin, person = people.admin(), people.viewer()
    for title in ("one", "two", "three"):
        keep(client, person, available_show(client, wiring, admin, title))

    first = items(client, person, address, limit=2)
    rest = items(client, person, address, limit=2, cursor=first["nextCursor"])

    assert [each["show"]["title"] for each in first["items"] + rest["items"]] == ["three", "two", "one"]
    assert rest["nextCursor"] is None


@pytest.mark.parametrize("address", LISTS)
def test_a_withdrawn_show_is_in_no_viewers_list(
    client: TestClient, people: People, wiring: Wiring, address: str
) -> None:
    admin, person = people.admin(), people.viewer()
    show_id = available_show(client, wiring, admin, "secret")
    keep(client, person, show_id)

    withdrawn = client.patch(f"/shows/{show_id}", json={"state": "withdrawn"}, headers=admin.headers)

    assert withdrawn.status_code == 200
    assert items(client, person, address) == {"items": [], "nextCursor": None}
    assert client.put(f"/users/me/watchlist/{show_id}", headers=person.headers).status_code == 404


@pytest.mark.parametrize("address", LISTS)
def test_a_deleted_show_is_in_nobodys_list(
    client: TestClient, people: People, wiring: Wiring, address: str
) -> None:
    admin = people.admin()
    show_id = available_show(client, wiring, admin, "gone")
    keep(client, admin, show_id)

    client.delete(f"/shows/{show_id}", headers=admin.headers)

    assert items(client, admin, address)["items"] == []


@pytest.mark.parametrize("address", LISTS)
def test_nobody_sees_other_peoples_lists(
    client: TestClient, people: People, wiring: Wiring, address: str
) -> None:
    admin, person = people.admin(), people.viewer()
    keep(client, admin, available_show(client, wiring, admin, "mine"))
    keep(client, admin, available_show(client, wiring, admin, "also mine"))
    cursor = items(client, admin, address, limit=1)["nextCursor"]

    theirs = items(client, person, address)
    refused = client.get(address, params={"cursor": cursor}, headers=person.headers)

    assert theirs["items"] == []
    assert refused.status_code == 400


def test_a_show_is_taken_off_the_list_and_putting_it_there_twice_is_once(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    admin, person = people.admin(), people.viewer()
    show_id = available_show(client, wiring, admin, "one")
    keep(client, person, show_id)
    keep(client, person, show_id)
    listed = items(client, person, "/users/me/watchlist")["items"]

    gone = [client.delete(f"/users/me/watchlist/{show_id}", headers=person.headers) for _ in range(2)]

    assert len(listed) == 1
    assert [answer.status_code for answer in gone] == [204, 204]
    assert items(client, person, "/users/me/watchlist")["items"] == []


def test_what_was_watched_says_how_far_and_the_credits_count_as_finished(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    admin, person = people.admin(), people.viewer()
    show_id = available_show(client, wiring, admin, "one")

    client.put(f"/users/me/progress/{show_id}", json={"positionSeconds": 3500}, headers=person.headers)

    watched = items(client, person, "/users/me/progress")["items"][0]
    assert (watched["showId"], watched["positionSeconds"], watched["finished"]) == (show_id, 3500, True)
