"""Everybody can have what is held about them, and be forgotten."""

from fastapi.testclient import TestClient

from people import PASSWORD, People

STREAM = "https://shows.example.org/media/videos/film/1/master.m3u8"


def reviewed_show(client: TestClient, people: People) -> tuple[str, dict[str, str]]:
    """The id of a show, and the headers of the one who reviewed it, called Mia."""
    reviewer, editor = people.reviewer(), people.editor()
    client.put("/users/me", json={"email": reviewer.email, "name": "Mia"}, headers=reviewer.headers)
    made = client.post("/shows", json={"title": "One", "hlsSrcVideoURL": STREAM}, headers=editor.headers)
    show_id = str(made.json()["id"])
    given = client.post(f"/shows/{show_id}/reviews", json={"verdict": "approve"}, headers=reviewer.headers)
    assert given.json()["reviewer"]["name"] == "Mia"
    return show_id, reviewer.headers


def test_an_export_holds_every_kind_of_data_and_no_secret(client: TestClient, people: People) -> None:
    show_id, reviewer = reviewed_show(client, people)
    client.put(f"/users/me/watchlist/{show_id}", headers=reviewer)
    client.put(f"/users/me/progress/{show_id}", json={"positionSeconds": 7}, headers=reviewer)

    exported = client.get("/users/me/export", headers=reviewer)

    data = exported.json()["data"]
    assert data["account"]["name"] == "Mia"
    assert data["progress"][0]["positionSeconds"] == 7
    assert data["watchlist"][0]["showId"] == show_id
    assert data["reviews"][0]["verdict"] == "approve"
    assert data["sessions"][0]["device"] == "testclient"
    assert data["audit"][0]["action"] == "user_created"
    assert [mail["about"] for mail in data["mails"]] == ["verify_email"]
    assert "bcrypt" not in exported.text
    assert "attachment" in exported.headers["Content-Disposition"]


def test_an_export_is_written_down(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()

    client.get("/users/me/export", headers=person.headers)

    told = client.get("/audit", params={"action": "sensitive_read"}, headers=admin.headers).json()["items"]
    assert [entry["actor"]["id"] for entry in told] == [str(person.id)]


def test_what_a_deleted_reviewer_decided_stays_under_another_name(client: TestClient, people: People) -> None:
    admin = people.admin()
    show_id, reviewer = reviewed_show(client, people)

    deleted = client.delete("/users/me", headers=reviewer)

    assert deleted.status_code == 204
    (review,) = client.get(f"/shows/{show_id}/reviews", headers=admin.headers).json()["items"]
    assert review["reviewer"]["id"] is None
    assert review["reviewer"]["name"].startswith("Former reviewer ")


def test_a_deleted_account_leaves_its_address_free_and_nothing_that_names_it(
    client: TestClient, people: People
) -> None:
    admin, person = people.admin(), people.viewer()

    client.delete("/users/me", headers=person.headers)

    again = client.post("/auth/register", json={"email": person.email, "password": PASSWORD})
    assert again.status_code == 201
    assert again.json()["user"]["id"] != str(person.id)
    trail = client.get("/audit", params={"target": str(person.id)}, headers=admin.headers)
    assert [entry["action"] for entry in trail.json()["items"]] == ["user_deleted", "user_created"]
    assert person.email not in trail.text
