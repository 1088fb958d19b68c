"""Nobody gets further with a valid body and a thing that is really there than without: and nothing has changed then."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from house_rules.test_access import ANYONE, KEY_ONLY, NO_SUCH_ID, TURNED_AWAY, WHO_MAY
from house_rules.test_access_of_machines import OPENED_BY, key_with
from people import People, Person
from showsondemand.tokens import Role, Scope
from studio import Studio

Json = dict[str, Any]
Headers = dict[str, str]
STREAM = "https://shows.example.org/media/videos/01890000-0000-7000-8000-000000000000/1/master.m3u8"
SUBSCRIPTION = {"channel": "email", "target": "desk@example.org", "events": ["show.published"]}
BODIES: dict[str, Json] = {
    "POST /auth/api-keys": {"name": "A script", "scopes": ["shows:read"]},
    "POST /users": {"email": "new@example.org", "password": "a long walk in the rain"},
    "PUT /users/{user_id}": {"email": "changed@example.org", "name": "Changed"},
    "PUT /users/me/progress/{show_id}": {"positionSeconds": 1.0},
    "POST /shows": {"title": "Made", "hlsSrcVideoURL": STREAM},
    "PUT /shows/{show_id}": {"title": "Replaced"},
    "PATCH /shows/{show_id}": {"title": "Changed"},
    "POST /shows/{show_id}/poster": {"atSeconds": 1.0},
    "POST /shows/{show_id}/reviews": {"verdict": "reject", "notes": "Seen."},
    "POST /stream-tests": {"url": "http://127.0.0.1:9/master.m3u8"},
    "POST /notifications/subscriptions": SUBSCRIPTION,
    "PUT /admins/{user_id}": {"role": "editor"},
    "POST /ingest/jobs/{job_id}/priority": {"priority": "high"},
    "POST /ingest/uploads": {"filename": "film.mp4", "size": 1_000_000, "contentType": "video/mp4"},
    "POST /ingest/uploads/{upload_id}/complete": {
        "parts": [{"partNumber": 1, "etag": '"0123456789abcdef0123456789abcdef"'}]
    },
    "PUT /ingest/uploads/{upload_id}/details": {"title": "Described"},
}
FILES: dict[str, tuple[str, bytes]] = {
    "PUT /shows/{show_id}/poster": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "PUT /shows/{show_id}/captions/{language}": ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"),
}
QUERIES = {"GET /shows/{show_id}/frame": {"atSeconds": "1"}}
GATED = [address for address, roles in WHO_MAY.items() if roles is not ANYONE]


@dataclass
class World:
    """Things of all kinds, whose they are, and an admin who looks after them."""

    client: TestClient
    admin: Person
    victim: Person
    ids: dict[str, str]

    def ask(self, address: str, headers: Headers) -> Response:
        """Asks for a thing that is there, with a body that is valid."""
        method, path = address.split(" ")
        path = re.sub(r"\{(\w+)\}", lambda part: self.ids.get(part[1], NO_SUCH_ID), path)
        if address in FILES:
            kind, content = FILES[address]
            return self.client.request(
                method, path, content=content, headers={**headers, "Content-Type": kind}
            )
        body = BODIES.get(address)
        return self.client.request(method, path, params=QUERIES.get(address), json=body, headers=headers)

    def statuses(self, addresses: list[str], headers: Headers) -> dict[str, int]:
        return {address: self.ask(address, headers).status_code for address in addresses}

    def snapshot(self) -> list[Json]:
        """All that somebody might have changed; last use and last sight aside."""
        addresses = (
            *("/shows?state=all&limit=100", "/users?limit=100", "/admins", "/auth/api-keys"),
            *("/notifications/subscriptions", f"/users/{self.victim.id}/sessions", "/ingest/jobs"),
            *(f"/shows/{self.ids['show_id']}/reviews", f"/ingest/uploads/{self.ids['upload_id']}"),
        )
        answers = [self.client.get(each, headers=self.admin.headers) for each in addresses]
        assert {answer.status_code for answer in answers} == {200}
        return [_still(answer.json()) for answer in answers]


def _still(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _still(each) for name, each in value.items() if not name.startswith("last")}
    return [_still(each) for each in value] if isinstance(value, list) else value


@pytest.fixture
def world(client: TestClient, people: People, studio: Studio) -> World:
    admin, victim = people.admin(), people.viewer()

    def made(address: str, headers: Headers) -> Json:
        answer = client.post(address.removeprefix("POST "), json=BODIES[address], headers=headers)
        assert answer.status_code == 201, answer.text
        body: Json = answer.json()
        return body

    key = made("POST /auth/api-keys", admin.headers)
    subscription = made("POST /notifications/subscriptions", admin.headers)
    upload = made("POST /ingest/uploads", admin.headers)
    session = client.get("/auth/sessions", headers=victim.headers).json()["items"][0]
    ids = {
        "show_id": str(studio.in_review()["id"]),
        "user_id": str(victim.id),
        "session_id": str(session["id"]),
        "key_id": str(key["id"]),
        "subscription_id": str(subscription["id"]),
        "upload_id": str(upload["uploadId"]),
        "language": "de",
        "part_number": "1",
    }
    return World(client, admin, victim, ids)


def test_each_address_with_a_json_body_has_a_valid_one_here(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    takes_json = {
        f"{method.upper()} {path}"
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }

    assert takes_json - KEY_ONLY - {address for address, roles in WHO_MAY.items() if roles is ANYONE} == (
        BODIES.keys() & takes_json
    )


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.EDITOR])
def test_a_role_that_is_too_low_is_turned_away_from_what_is_there(
    world: World, people: People, role: Role
) -> None:
    closed = [address for address in GATED if role not in (WHO_MAY[address] or ())]
    headers = people.with_role(role).headers
    before = world.snapshot()

    statuses = world.statuses(closed, headers)

    assert statuses == dict.fromkeys(closed, 403)
    assert world.snapshot() == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_what_is_somebody_elses_is_not_found_and_stays_as_it_is(
    world: World, people: People, role: Role
) -> None:
    headers = people.with_role(role).headers
    theirs = ["GET /users/{user_id}", "PUT /users/{user_id}", "DELETE /users/{user_id}"]
    theirs.append("DELETE /auth/sessions/{session_id}")
    if role is Role.EDITOR:
        theirs += [
            "GET /ingest/uploads/{upload_id}",
            "POST /ingest/uploads/{upload_id}/complete",
            "PUT /ingest/uploads/{upload_id}/details",
            "DELETE /ingest/uploads/{upload_id}",
        ]
    before = world.snapshot()

    statuses = world.statuses(theirs, headers)

    assert statuses == dict.fromkeys(theirs, 404)
    assert world.snapshot() == before


@pytest.mark.parametrize("end", ["suspended", "deleted"])
def test_a_closed_account_opens_nothing_that_is_there_not_even_what_is_open_to_all(
    world: World, people: People, end: str
) -> None:
    closed = people.admin()
    address = f"/users/{closed.id}" + ("/suspension" if end == "suspended" else "")
    method = "PUT" if end == "suspended" else "DELETE"
    assert world.client.request(method, address, headers=world.admin.headers).status_code == 204
    before = world.snapshot()

    statuses = world.statuses([*GATED, "GET /shows", "GET /shows/{show_id}"], closed.headers)

    assert set(statuses.values()) == {401}
    assert world.snapshot() == before


@pytest.mark.parametrize("scope", Scope)
def test_a_key_without_the_scope_is_turned_away_from_what_is_there(world: World, scope: Scope) -> None:
    closed = [address for address in GATED if address not in OPENED_BY[scope]]
    headers = key_with(world.client, world.admin, scope)
    before = world.snapshot()

    statuses = world.statuses(closed, headers)

    assert statuses == dict.fromkeys(closed, 403)
    assert world.snapshot() == before


@pytest.mark.parametrize("role", Role)
def test_whoever_may_gets_in_with_a_valid_body(world: World, people: People, role: Role) -> None:
    """What ends things comes last, so that the others find them."""
    opened = [address for address in GATED if role in (WHO_MAY[address] or ())]
    opened.sort(key=lambda address: address.startswith("DELETE"))

    answers = {address: world.ask(address, people.with_role(role).headers) for address in opened}

    refused = {
        address: answer.text
        for address, answer in answers.items()
        if answer.status_code in TURNED_AWAY or answer.status_code >= 500
    }
    assert refused == {}
    unread = [address for address in BODIES if address in answers and answers[address].status_code == 400]
    assert unread == []
