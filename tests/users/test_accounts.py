"""Accounts: read, changed, suspended and deleted, by oneself and by administrators."""

import pytest
from fastapi.testclient import TestClient

from people import PASSWORD, People

NEW_PASSWORD = "a rather different set of words"
NOBODY = "01890000-0000-7000-8000-000000000000"


def test_me_stands_for_oneself(client: TestClient, people: People) -> None:
    person = people.viewer()

    answers = [client.get(f"/users/{name}", headers=person.headers) for name in ("me", person.id)]

    assert [answer.json()["email"] for answer in answers] == [person.email, person.email]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_peoples_accounts_are_not_found(client: TestClient, people: People, method: str) -> None:
    person, other = people.editor(), people.viewer()
    body = {"email": "mine@example.org", "name": ""} if method == "PUT" else None

    statuses = [
        client.request(method, f"/users/{each}", headers=person.headers, json=body).status_code
        for each in (other.id, NOBODY)
    ]

    assert statuses == [404, 404]
    assert client.get("/users/me", headers=other.headers).status_code == 200


def test_an_admin_makes_an_account_that_can_sign_in(client: TestClient, people: People) -> None:
    admin = people.admin()

    made = client.post(
        "/users",
        json={"email": "new@example.org", "password": PASSWORD, "name": "Nora"},
        headers=admin.headers,
    )

    assert made.status_code == 201
    assert made.headers["Location"] == f"/users/{made.json()['id']}"
    assert made.json()["role"] == "viewer"
    assert "accessToken" not in made.json()
    signed_in = client.post("/auth/login", json={"email": "new@example.org", "password": PASSWORD})
    assert signed_in.status_code == 200


@pytest.mark.parametrize("field", ["role", "id", "createdAt", "emailVerified", "suspended"])
def test_nobody_gives_themselves_more_than_they_may_set(
    client: TestClient, people: People, field: str
) -> None:
    person = people.viewer()

    answers = [
        client.put(
            "/users/me", json={"email": person.email, "name": "", field: "admin"}, headers=person.headers
        ),
        client.post(
            "/auth/register", json={"email": "more@example.org", "password": PASSWORD, field: "admin"}
        ),
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json()["errors"][0]["pointer"] == f"/{field}"


def test_a_name_is_changed_without_a_password(client: TestClient, people: People) -> None:
    person = people.viewer()

    changed = client.put("/users/me", json={"email": person.email, "name": "Mia"}, headers=person.headers)

    assert (changed.status_code, changed.json()["name"]) == (200, "Mia")


@pytest.mark.parametrize("current", [{}, {"currentPassword": "not the right one"}])
@pytest.mark.parametrize("wanted", [{"password": NEW_PASSWORD}, {"email": "elsewhere@example.org"}])
def test_a_new_address_or_password_needs_the_current_one(
    client: TestClient, people: People, current: dict[str, str], wanted: dict[str, str]
) -> None:
    person = people.viewer()
    body = {"email": person.email, "name": ""} | wanted | current

    refused = client.put("/users/me", json=body, headers=person.headers)

    assert refused.status_code == 403
    assert refused.json()["errors"][0]["pointer"] == "/currentPassword"
    signed_in = client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    assert signed_in.status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    client: TestClient, people: People
) -> None:
    person = people.viewer()
    login = client.post("/auth/login", json={"email": person.email, "password": PASSWORD}).json()
    other = {"Authorization": f"Bearer {login['accessToken']}"}
    client.cookies.clear()

    changed = client.put(
        "/users/me",
        json={"email": person.email, "name": "", "password": NEW_PASSWORD, "currentPassword": PASSWORD},
        headers=person.headers,
    )

    assert changed.status_code == 200
    assert client.get("/users/me", headers=other).status_code == 401
    assert client.get("/users/me", headers=person.headers).status_code == 200
    logins = [
        client.post("/auth/login", json={"email": person.email, "password": each}).status_code
        for each in (PASSWORD, NEW_PASSWORD)
    ]
    assert logins == [401, 200]


def test_an_address_that_somebody_has_cannot_be_taken(client: TestClient, people: People) -> None:
    person, other = people.viewer(), people.viewer()

    refused = client.put(
        "/users/me",
        json={"email": other.email.upper(), "name": "", "currentPassword": PASSWORD},
        headers=person.headers,
    )

    assert refused.status_code == 409


def test_an_admin_gives_a_new_password_and_that_ends_all_sessions(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()

    changed = client.put(
        f"/users/{person.id}",
        json={"email": person.email, "name": "", "password": NEW_PASSWORD},
        headers=admin.headers,
    )

    assert changed.status_code == 200
    assert client.get("/users/me", headers=person.headers).status_code == 401


def test_a_deleted_account_is_gone_at_once(client: TestClient, people: People) -> None:
    person = people.viewer()
    client.get("/users/me", headers=person.headers)

    deleted = client.delete("/users/me", headers=person.headers)

    assert deleted.status_code == 204
    assert client.get("/users/me", headers=person.headers).status_code == 401
    signed_in = client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    assert signed_in.status_code == 401


def test_a_suspended_account_cannot_be_used_until_it_is_reinstated(
    client: TestClient, people: People
) -> None:
    admin, person = people.admin(), people.viewer()
    login = {"email": person.email, "password": PASSWORD}

    suspended = client.put(f"/users/{person.id}/suspension", headers=admin.headers)

    assert suspended.status_code == 204
    assert client.get("/users/me", headers=person.headers).status_code == 401
    assert client.post("/auth/login", json=login).status_code == 401
    client.delete(f"/users/{person.id}/suspension", headers=admin.headers)
    assert client.post("/auth/login", json=login).status_code == 200


def test_accounts_are_found_by_words_and_role_page_by_page(client: TestClient, people: People) -> None:
    admin = people.admin()
    viewers = [people.viewer() for _ in range(3)]
    people.editor()

    first = client.get("/users?role=viewer&limit=2", headers=admin.headers).json()
    rest = client.get(
        "/users", params={"role": "viewer", "limit": 2, "cursor": first["nextCursor"]}, headers=admin.headers
    ).json()
    found = client.get("/users", params={"q": "EDITOR"}, headers=admin.headers).json()

    ids = [each["id"] for each in first["items"] + rest["items"]]
    assert ids == [str(each.id) for each in reversed(viewers)]
    assert rest["nextCursor"] is None
    assert [each["role"] for each in found["items"]] == ["editor"]


def test_a_cursor_of_another_list_is_refused(client: TestClient, people: People) -> None:
    admin = people.admin()
    people.viewer()
    people.viewer()
    cursor = client.get("/users?role=viewer&limit=1", headers=admin.headers).json()["nextCursor"]

    refused = [
        client.get("/users", params={"cursor": each}, headers=admin.headers).status_code
        for each in (cursor, "", cursor * 50)
    ]

    assert refused == [400, 400, 400]


@pytest.mark.parametrize(
    "email", ["mia@studio.local", "mia@films.test", "mia@localhost", "mia@studio.internal"]
)
def test_an_address_of_a_private_network_is_an_address(client: TestClient, email: str) -> None:
    made = client.post("/auth/register", json={"email": email, "password": PASSWORD})

    assert made.status_code == 201
    assert made.json()["user"]["email"] == email


@pytest.mark.parametrize("email", ["mia@.local", "mia@a@b.test", "@localhost", "mia@-studio.local"])
def test_a_private_ending_makes_no_address_of_nonsense(client: TestClient, email: str) -> None:
    refused = client.post("/auth/register", json={"email": email, "password": PASSWORD})

    assert refused.status_code == 422
