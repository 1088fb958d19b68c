"""What happened is written down, with who, what and from where, and cannot be rewritten."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from notified import subscribe
from people import PASSWORD, People, Person
from studio import Studio


def trail(client: TestClient, admin: Person, **filters: Any) -> list[dict[str, Any]]:
    answer = client.get("/audit", params=filters, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_role_that_was_given_says_by_whom_to_whom_and_what_it_was_before(
    client: TestClient, people: People
) -> None:
    admin, person = people.admin(), people.viewer()

    given = client.put(f"/admins/{person.id}", json={"role": "editor"}, headers=admin.headers)

    entry = trail(client, admin, action="privilege_permissions_changed", target=str(person.id))[0]
    assert entry["actor"] == {"id": str(admin.id), "name": admin.email, "role": "admin"}
    assert entry["target"] == {"kind": "user", "id": str(person.id), "name": person.email}
    assert entry["details"] == {"before": "viewer", "after": "editor"}
    assert entry["requestId"] == given.headers["X-Request-Id"]
    assert entry["address"] == "testclient"


def test_signing_in_failing_to_and_leaving_are_told(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()
    client.post("/auth/login", json={"email": person.email, "password": "not the right one"})
    client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    client.get("/auth/logout", headers=person.headers)

    failed = trail(client, admin, action="authn_login_fail", target=str(person.id))
    own = trail(client, admin, actor=str(person.id))

    assert len(failed) == 1
    assert [entry["action"] for entry in own] == [
        "session_logout",
        "session_created",
        "authn_login_success",
        "session_created",
        "user_created",
    ]


def test_whoever_is_gone_is_named_no_more_and_no_secret_ever(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()
    client.put(
        "/users/me",
        json={"email": "moved@example.org", "name": "Mia", "currentPassword": PASSWORD},
        headers=person.headers,
    )
    named = trail(client, admin, action="user_updated")[0]["actor"]["name"]
    client.delete(f"/users/{person.id}", headers=admin.headers)

    told = client.get("/audit", headers=admin.headers).text

    assert named == "Mia"
    assert "moved" not in told
    assert "Mia" not in told
    assert PASSWORD not in told
    assert '{"fields":["email","name"]}' in told


def test_the_trail_is_read_page_by_page(client: TestClient, people: People) -> None:
    admin = people.admin()
    for _ in range(3):
        people.viewer()
    query = {"action": "user_created", "limit": "2"}

    first = client.get("/audit", params=query, headers=admin.headers).json()
    rest = client.get("/audit", params=query | {"cursor": first["nextCursor"]}, headers=admin.headers).json()
    foreign = client.get("/audit", params={"cursor": first["nextCursor"]}, headers=admin.headers)

    times = [entry["at"] for entry in first["items"] + rest["items"]]
    assert len(times) == 4
    assert times == sorted(times, reverse=True)
    assert rest["nextCursor"] is None
    assert foreign.status_code == 400


def test_each_entry_is_a_line_of_the_log_too(client: TestClient, people: People) -> None:
    person = people.viewer()

    with capture_logs() as lines:
        client.get("/auth/logout", headers=person.headers)

    told = [line for line in lines if line["event"] == "audit"]
    assert [(line["action"], line["actor"]) for line in told] == [("session_logout", str(person.id))]


@pytest.mark.parametrize(
    "change",
    ["UPDATE audit_entries SET actor_id = NULL", "DELETE FROM audit_entries"],
)
def test_the_database_refuses_to_rewrite_the_trail(
    people: People, migrated_database_url: str, change: str
) -> None:
    people.viewer()

    async def rewrite() -> None:
        connection = await asyncpg.connect(migrated_database_url)
        try:
            await connection.execute(change)
        finally:
            await connection.close()

    with pytest.raises(asyncpg.RaiseError, match="not changed"):
        asyncio.run(rewrite())


def test_a_show_that_is_made_and_a_film_that_is_sent_are_told(
    client: TestClient, people: People, film: Path
) -> None:
    admin, editor = people.admin(), people.editor()
    made = client.post("/shows", json={"title": "By hand"}, headers=editor.headers).json()
    with film.open("rb") as content:
        sent = client.post(
            "/ingest/videos", files={"file": ("a.mp4", content)}, headers=editor.headers
        ).json()

    told = [(entry["action"], entry["target"]) for entry in trail(client, admin, actor=str(editor.id))]

    assert ("show_created", {"kind": "show", "id": made["id"], "name": "By hand"}) in told
    assert ("upload_complete", {"kind": "job", "id": sent["id"], "name": ""}) in told


def test_a_show_that_comes_and_goes_is_told(client: TestClient, people: People, studio: Studio) -> None:
    admin, show = people.admin(), studio.available()
    path = f"/shows/{show['id']}"
    studio.moved(show, "withdrawn", studio.editor)
    studio.moved(show, "available", admin)
    client.delete(path, headers=studio.editor.headers)
    client.post(f"{path}/restore", headers=studio.editor.headers)
    studio.moved(show, "in_review", studio.editor)

    told = [entry["action"] for entry in trail(client, admin, target=show["id"])]

    assert [action for action in reversed(told) if action in ("publish", "unpublish")] == [
        "publish", "unpublish", "publish", "unpublish", "publish", "unpublish",
    ]  # fmt: skip
    assert set(told[:3]) == {"review_overridden", "unpublish", "show_updated"}


def test_an_upload_that_is_dropped_is_told(client: TestClient, people: People) -> None:
    admin, editor = people.admin(), people.editor()
    begun = client.post(
        "/ingest/uploads",
        json={"filename": "a.mp4", "size": 5_000_000, "contentType": "video/mp4"},
        headers=editor.headers,
    ).json()

    client.delete(f"/ingest/uploads/{begun['uploadId']}", headers=editor.headers)

    told = trail(client, admin, action="upload_delete")
    assert [entry["target"] for entry in told] == [{"kind": "upload", "id": begun["uploadId"], "name": ""}]


def test_a_session_that_is_renewed_is_told(client: TestClient, people: People) -> None:
    admin = people.admin()
    client.post("/auth/register", json={"email": "mia@example.org", "password": PASSWORD})

    client.post("/auth/refresh")

    begun = trail(client, admin, action="session_created")[0]
    renewed = trail(client, admin, action="session_renewed")
    assert [(entry["target"], entry["address"]) for entry in renewed] == [(begun["target"], "testclient")]
    assert "session_renewed" not in {entry["action"] for entry in trail(client, admin)}


def test_posters_and_captions_are_told(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    admin, show = people.admin(), studio.playable(media_set)
    path, as_editor = f"/shows/{show['id']}", studio.editor.headers
    client.post(f"{path}/poster", json={"atSeconds": 1}, headers=as_editor)
    captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    client.put(f"{path}/captions/sv", content=captions, headers=as_editor)
    client.delete(f"{path}/captions/sv", headers=as_editor)
    client.delete(f"{path}/captions/sv", headers=as_editor)  # there are none any more

    told = trail(client, admin, target=show["id"])[:3]

    assert [(entry["action"], entry["details"]) for entry in told] == [
        ("captions_deleted", {"language": "sv"}),
        ("captions_updated", {"language": "sv"}),
        ("poster_updated", {}),
    ]
    assert {entry["actor"]["id"] for entry in told} == {str(studio.editor.id)}
    assert {entry["target"]["name"] for entry in told} == {show["title"]}


def test_who_is_to_be_told_of_what_is_told_without_the_address(client: TestClient, people: People) -> None:
    admin = people.admin()
    made = subscribe(client, admin, "email", "desk@example.org", ["show.rejected", "show.published"])
    client.delete(f"/notifications/subscriptions/{made['id']}", headers=admin.headers)

    told = trail(client, admin, target=made["id"])

    assert [entry["action"] for entry in told] == ["subscription_deleted", "subscription_created"]
    assert told[0]["details"] == {"channel": "email", "events": ["show.published", "show.rejected"]}


def test_what_a_program_did_stands_under_the_name_of_its_key(client: TestClient, people: People) -> None:
    admin = people.admin()
    key = client.post(
        "/auth/api-keys", json={"name": "Finder", "scopes": ["shows:read"]}, headers=admin.headers
    ).json()
    as_program = {"Authorization": f"Bearer {key['key']}"}
    client.post("/shows", json={"title": "Not its to make"}, headers=as_program)

    told = trail(client, admin, actor=key["id"])

    assert [(entry["action"], entry["actor"]["name"]) for entry in told] == [("authz_fail", "Finder")]


def test_the_trail_of_a_time_holds_what_happened_then(client: TestClient, people: People) -> None:
    admin = people.admin()
    moments = []
    for _ in range(3):
        people.viewer()
        time.sleep(0.01)
        moments.append(datetime.now(UTC).isoformat())

    of_all = trail(client, admin, action="user_created")
    found = trail(client, admin, action="user_created", since=moments[0], until=moments[1])

    assert [entry["id"] for entry in found] == [of_all[1]["id"]]
    refused = client.get("/audit", params={"since": "2026-11-27T10:00:00"}, headers=admin.headers)
    assert refused.status_code == 422  # of no time zone
