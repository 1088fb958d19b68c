"""Where somebody is signed in, and how that ends."""

from fastapi.testclient import TestClient

from people import PASSWORD, People, Person


def sign_in(client: TestClient, person: Person, device: str) -> dict[str, str]:
    """Headers of another session of ``person``."""
    answer = client.post(
        "/auth/login", json={"email": person.email, "password": PASSWORD}, headers={"User-Agent": device}
    )
    client.cookies.clear()
    return {"Authorization": f"Bearer {answer.json()['accessToken']}"}


def test_everybody_sees_where_they_are_signed_in_and_nobody_elses(client: TestClient, people: People) -> None:
    person, other = people.viewer(), people.viewer()
    phone = sign_in(client, person, "A phone")

    answer = client.get("/auth/sessions", headers=phone)

    assert [(each["device"], each["current"]) for each in answer.json()["items"]] == [
        ("A phone", True),
        ("testclient", False),
    ]
    assert len(client.get("/auth/sessions", headers=other.headers).json()["items"]) == 1


def test_one_session_is_ended_from_another(client: TestClient, people: People) -> None:
    person = people.viewer()
    phone = sign_in(client, person, "A lost phone")
    lost = next(
        each["id"]
        for each in client.get("/auth/sessions", headers=person.headers).json()["items"]
        if each["device"] == "A lost phone"
    )

    ended = client.delete(f"/auth/sessions/{lost}", headers=person.headers)

    assert ended.status_code == 204
    assert client.get("/users/me", headers=phone).status_code == 401
    assert client.get("/users/me", headers=person.headers).status_code == 200


def test_all_other_sessions_are_ended_at_once(client: TestClient, people: People) -> None:
    person = people.viewer()
    others = [sign_in(client, person, f"Device {number}") for number in range(3)]

    ended = client.delete("/auth/sessions", headers=person.headers)

    assert ended.status_code == 204
    assert [client.get("/users/me", headers=each).status_code for each in others] == [401, 401, 401]
    assert client.get("/users/me", headers=person.headers).status_code == 200
    told = client.get("/users/me/export", headers=person.headers).json()["data"]["audit"]
    assert [each["action"] for each in told[-2:]] == ["session_expired", "sensitive_read"]


def test_nobody_ends_other_peoples_sessions(client: TestClient, people: People) -> None:
    person, other = people.viewer(), people.viewer()
    theirs = client.get("/auth/sessions", headers=other.headers).json()["items"][0]["id"]

    refused = client.delete(f"/auth/sessions/{theirs}", headers=person.headers)

    assert refused.status_code == 404
    assert client.get("/users/me", headers=other.headers).status_code == 200


def test_the_device_not_seen_longest_makes_room_for_a_twenty_first(
    client: TestClient, people: People
) -> None:
    person = people.viewer()

    for number in range(20):
        sign_in(client, person, f"Device {number}")

    devices = client.get("/users/me", headers=person.headers)
    assert devices.status_code == 401


def test_signing_out_ends_the_access_token_and_the_cookie(client: TestClient, people: People) -> None:
    person = people.viewer()
    signed_in = client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    cookie = {"Cookie": f"__Host-sod_rt={client.cookies['__Host-sod_rt']}"}
    bearer = {"Authorization": f"Bearer {signed_in.json()['accessToken']}"}
    client.cookies.clear()

    left = client.get("/auth/logout", headers=bearer)

    assert left.status_code == 204
    assert client.get("/users/me", headers=bearer).status_code == 401
    assert client.post("/auth/refresh", headers=cookie).status_code == 401


def test_an_admin_sees_where_somebody_is_signed_in_and_ends_one_device(
    client: TestClient, people: People
) -> None:
    admin, person = people.admin(), people.viewer()
    phone = sign_in(client, person, "A lost phone")
    listed = client.get(f"/users/{person.id}/sessions", headers=admin.headers).json()["items"]
    lost = next(each for each in listed if each["device"] == "A lost phone")

    ended = client.delete(f"/users/{person.id}/sessions/{lost['id']}", headers=admin.headers)

    assert [each["current"] for each in listed] == [False, False]
    assert ended.status_code == 204
    assert client.get("/users/me", headers=phone).status_code == 401
    assert client.get("/users/me", headers=person.headers).status_code == 200


def test_a_session_is_ended_under_its_own_account_only(client: TestClient, people: People) -> None:
    admin, person, other = people.admin(), people.viewer(), people.viewer()
    theirs = client.get("/auth/sessions", headers=other.headers).json()["items"][0]["id"]

    refused = client.delete(f"/users/{person.id}/sessions/{theirs}", headers=admin.headers)

    assert refused.status_code == 404
    assert client.get("/users/me", headers=other.headers).status_code == 200


def test_an_admin_signs_somebody_out_everywhere(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()
    phone = sign_in(client, person, "A phone")

    client.delete(f"/users/{person.id}/sessions", headers=admin.headers)

    assert [client.get("/users/me", headers=each).status_code for each in (phone, person.headers)] == [
        401,
        401,
    ]
    told = client.get("/audit", params={"target": str(person.id)}, headers=admin.headers).json()["items"]
    assert told[0]["action"] == "session_expired"
