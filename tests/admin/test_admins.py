"""Who may manage shows, and that somebody always may."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.wiring import Wiring

NOBODY = "01890000-0000-7000-8000-000000000000"


def test_a_role_is_given_and_holds_at_once(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()
    assert client.get("/shows?state=all", headers=person.headers).status_code == 403

    given = client.put(f"/admins/{person.id}", json={"role": "editor"}, headers=admin.headers)

    assert (given.status_code, given.json()["role"]) == (200, "editor")
    assert client.get("/shows?state=all", headers=person.headers).status_code == 200


def test_a_role_is_taken_and_that_holds_at_once(client: TestClient, people: People) -> None:
    admin, editor = people.admin(), people.editor()
    assert client.get("/shows?state=all", headers=editor.headers).status_code == 200

    taken = client.delete(f"/admins/{editor.id}", headers=admin.headers)

    assert taken.status_code == 204
    assert client.get("/shows?state=all", headers=editor.headers).status_code == 403


def test_only_those_who_may_manage_shows_are_listed(client: TestClient, people: People) -> None:
    admin, reviewer = people.admin(), people.reviewer()
    people.viewer()

    listed = client.get("/admins", headers=admin.headers).json()["items"]

    assert [each["id"] for each in listed] == [str(reviewer.id), str(admin.id)]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("DELETE", "/admins/{id}", None),
        ("PUT", "/admins/{id}", {"role": "editor"}),
        ("DELETE", "/users/{id}", None),
        ("PUT", "/users/{id}/suspension", None),
    ],
)
def test_the_last_admin_stays(
    client: TestClient, people: People, method: str, path: str, body: dict[str, str] | None
) -> None:
    admin = people.admin()

    refused = client.request(method, path.format(id=admin.id), json=body, headers=admin.headers)

    assert refused.status_code == 409
    assert client.get("/admins", headers=admin.headers).status_code == 200


def test_an_admin_who_is_suspended_does_not_count(client: TestClient, people: People) -> None:
    admin, other = people.admin(), people.admin()
    client.put(f"/users/{other.id}/suspension", headers=admin.headers)

    refused = client.delete(f"/admins/{admin.id}", headers=admin.headers)

    assert refused.status_code == 409


def test_of_two_admins_who_remove_each_other_at_one_instant_one_remains(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    one, two = people.admin(), people.admin()

    def remove(who: int) -> int:
        by, whom = ((one, two), (two, one))[who]
        return client.delete(f"/admins/{whom.id}", headers=by.headers).status_code

    with ThreadPoolExecutor(2) as at_once:
        statuses = sorted(at_once.map(remove, (0, 1)))

    assert statuses[0] == 204
    assert statuses[1] in {403, 409}
    left = [client.get("/admins", headers=each.headers).status_code for each in (one, two)]
    assert sorted(left) == [200, 403]


@pytest.mark.parametrize("role", ["viewer", "owner", "", None])
def test_a_role_that_is_none_is_refused(client: TestClient, people: People, role: str | None) -> None:
    admin, person = people.admin(), people.viewer()

    refused = client.put(f"/admins/{person.id}", json={"role": role}, headers=admin.headers)

    assert refused.status_code == 422


def test_nobody_who_is_not_there_gets_a_role(client: TestClient, people: People) -> None:
    admin = people.admin()

    answers = [
        client.put(f"/admins/{NOBODY}", json={"role": "editor"}, headers=admin.headers),
        client.delete(f"/admins/{NOBODY}", headers=admin.headers),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
