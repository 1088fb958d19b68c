"""Keys for machines: what they open, what they never open, and how they end."""

import pytest
from fastapi.testclient import TestClient

from people import People, Person


def make_key(client: TestClient, admin: Person, *scopes: str, name: str = "Analyser 3000") -> dict[str, str]:
    """Headers of a machine with a new key."""
    made = client.post("/auth/api-keys", json={"name": name, "scopes": scopes}, headers=admin.headers)
    assert made.status_code == 201, made.text
    return {"Authorization": f"Bearer {made.json()['key']}"}


def in_review(client: TestClient, editor: Person) -> str:
    stream = "https://shows.example.org/media/videos/film/1/master.m3u8"
    made = client.post("/shows", json={"title": "One", "hlsSrcVideoURL": stream}, headers=editor.headers)
    return str(made.json()["id"])


def test_a_key_is_shown_once(client: TestClient, people: People) -> None:
    admin = people.admin()

    key = make_key(client, admin, "shows:read")["Authorization"].removeprefix("Bearer ")

    listed = client.get("/auth/api-keys", headers=admin.headers)
    assert key.startswith("sod_")
    assert key not in listed.text
    assert [(each["name"], each["scopes"]) for each in listed.json()["items"]] == [
        ("Analyser 3000", ["shows:read"])
    ]


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        ("shows:read", "GET", "/shows?state=all", 200),
        ("shows:write", "POST", "/shows", 422),
        ("reviews:write", "POST", "/shows/{show}/reviews", 422),
        ("reviews:write", "GET", "/shows/{show}/reviews", 200),
        ("ingest:write", "POST", "/ingest/videos", 400),
        ("ingest:write", "GET", "/ingest/jobs", 200),
    ],
)
def test_a_scope_opens_what_it_names_and_the_others_do_not(
    client: TestClient, people: People, scope: str, method: str, path: str, status: int
) -> None:
    admin = people.admin()
    address = path.format(show=in_review(client, admin))
    others = {"shows:read", "shows:write", "reviews:write", "ingest:write"} - {scope}
    if path.startswith("/shows?"):
        others.discard("reviews:write")  # who judges a show has to see it

    with_scope = client.request(method, address, headers=make_key(client, admin, scope))
    without = client.request(method, address, headers=make_key(client, admin, *others))

    assert (with_scope.status_code, without.status_code) == (status, 403)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users/me"),
        ("DELETE", "/users/me"),
        ("GET", "/users"),
        ("GET", "/auth/sessions"),
        ("GET", "/auth/logout"),
        ("POST", "/auth/api-keys"),
        ("GET", "/audit"),
        ("PUT", "/admins/01890000-0000-7000-8000-000000000000"),
    ],
)
def test_no_scope_opens_what_is_for_people(
    client: TestClient, people: People, method: str, path: str
) -> None:
    admin = people.admin()
    key = make_key(client, admin, "shows:read", "shows:write", "reviews:write", "ingest:write")

    refused = client.request(method, path, headers=key)

    assert refused.status_code == 403


def test_a_review_by_a_machine_bears_its_name(client: TestClient, people: People) -> None:
    admin = people.admin()
    show_id = in_review(client, admin)
    key = make_key(client, admin, "reviews:write", name="Nudity detector 2.1")

    given = client.post(
        f"/shows/{show_id}/reviews", json={"verdict": "reject", "notes": "Frame 12."}, headers=key
    )

    assert given.status_code == 201
    assert given.json()["reviewer"] == {"id": None, "name": "Nudity detector 2.1", "kind": "agent"}


def test_a_revoked_key_opens_nothing_any_more(client: TestClient, people: People) -> None:
    admin = people.admin()
    key = make_key(client, admin, "shows:read")
    assert client.get("/shows?state=all", headers=key).status_code == 200
    key_id = client.get("/auth/api-keys", headers=admin.headers).json()["items"][0]["id"]

    revoked = client.delete(f"/auth/api-keys/{key_id}", headers=admin.headers)

    assert revoked.status_code == 204
    assert client.get("/shows?state=all", headers=key).status_code == 401
    assert client.delete(f"/auth/api-keys/{key_id}", headers=admin.headers).status_code == 404


@pytest.mark.parametrize("end", ["DELETE /admins/{id}", "PUT /users/{id}/suspension", "DELETE /users/{id}"])
def test_a_key_ends_with_the_role_of_whoever_made_it(client: TestClient, people: People, end: str) -> None:
    admin, maker = people.admin(), people.admin()
    key = make_key(client, maker, "shows:read")
    assert client.get("/shows?state=all", headers=key).status_code == 200
    method, path = end.split()

    client.request(method, path.format(id=maker.id), headers=admin.headers)

    assert client.get("/shows?state=all", headers=key).status_code == 401


def test_a_made_up_key_is_refused(client: TestClient) -> None:
    refused = client.get("/shows?state=all", headers={"Authorization": "Bearer sod_" + "A" * 43})

    assert refused.status_code == 401


@pytest.mark.parametrize("scopes", [[], ["admin"], ["shows:read", "users:write"], "shows:read"])
def test_a_key_has_known_scopes(client: TestClient, people: People, scopes: object) -> None:
    admin = people.admin()

    refused = client.post("/auth/api-keys", json={"name": "x", "scopes": scopes}, headers=admin.headers)

    assert refused.status_code == 422
