"""What was refused is written down where it says something about who asked, and never without end."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from people import PASSWORD, People, Person


def trail(client: TestClient, admin: Person, action: str) -> list[dict[str, Any]]:
    answer = client.get("/audit", params={"action": action, "limit": 100}, headers=admin.headers)
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.fixture
def admin(people: People) -> Person:
    return people.admin()


def test_whom_a_role_turns_away_is_told_but_not_without_end(
    client: TestClient, people: People, admin: Person
) -> None:
    person = people.viewer()

    for _ in range(25):
        client.get(f"/users/{admin.id}/sessions", headers=person.headers)
    client.post("/shows", json={"title": 5}, headers=person.headers)

    told = trail(client, admin, "authz_fail")
    assert told[-1]["details"] == {"method": "GET", "route": "/users/{user_id}/sessions"}
    assert told[-1]["actor"] == {"id": str(person.id), "role": "viewer", "name": person.email}
    assert 20 <= len(told) <= 22  # at once; then six a minute


def test_what_is_not_valid_is_told_without_what_was_sent(client: TestClient, admin: Person) -> None:
    client.post("/auth/register", json={"email": "no address", "password": PASSWORD, "role": "admin"})

    told = trail(client, admin, "input_validation_fail")
    assert [entry["details"] for entry in told] == [
        {"method": "POST", "route": "/auth/register", "faults": 2}
    ]
    assert [entry["address"] for entry in told] == ["testclient"]


def test_a_session_that_ended_and_is_used_all_the_same_is_told(
    client: TestClient, people: People, admin: Person
) -> None:
    person = people.viewer()
    client.get("/auth/logout", headers=person.headers)

    refused = client.get("/users/me", headers=person.headers)

    ended = trail(client, admin, "session_logout")
    used = trail(client, admin, "session_use_after_expire")
    assert refused.status_code == 401
    assert [entry["target"] for entry in used] == [ended[0]["target"]]


def test_a_hook_called_with_another_key_is_told(client: TestClient, admin: Person) -> None:
    for _ in range(3):
        client.post("/internal/vod/events", json={}, headers={"X-Webhook-Key": "guessed"})

    told = trail(client, admin, "webhook_rejected")
    assert [entry["details"] for entry in told] == [{"reason": "the key is another"}] * 3


def test_who_looks_for_hundreds_of_things_that_are_not_there_is_told_once(
    client: TestClient, admin: Person
) -> None:
    for number in range(70):
        client.get(f"/shows/00000000-0000-7000-8000-{number:012}")

    assert len(trail(client, admin, "malicious_excess_404")) == 1


def test_a_tester_that_is_sent_into_our_own_network_is_told(client: TestClient, admin: Person) -> None:
    client.post("/stream-tests", json={"url": "http://169.254.169.254/"}, headers=admin.headers)

    told = trail(client, admin, "ssrf_blocked")
    assert [(entry["actor"]["id"], entry["details"]) for entry in told] == [
        (str(admin.id), {"for": "stream test"})
    ]


def test_what_is_no_film_is_told_with_the_reason(client: TestClient, people: People, admin: Person) -> None:
    editor = people.editor()

    client.post("/ingest/videos", files={"file": ("a.mp4", b"no film")}, headers=editor.headers)

    told = trail(client, admin, "upload_validation")
    assert [entry["actor"]["id"] for entry in told] == [str(editor.id)]
    assert told[0]["details"]["reason"]
