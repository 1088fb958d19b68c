"""The first administrator comes in by a link, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from people import PASSWORD, People
from showsondemand.auth import setup
from showsondemand.wiring import Wiring


def code_of(wiring: Wiring) -> str:
    return setup.setup_link(wiring.settings, wiring.keys).partition("?code=")[2]


def ask(client: TestClient, code: str, email: str = "first@example.org") -> int:
    answer = client.post("/auth/setup", json={"code": code, "email": email, "password": PASSWORD})
    return answer.status_code


def test_the_link_makes_the_first_admin_and_signs_them_in(client: TestClient, wiring: Wiring) -> None:
    link = setup.setup_link(wiring.settings, wiring.keys)

    made = client.post(
        "/auth/setup",
        json={"code": code_of(wiring), "email": "first@example.org", "password": PASSWORD},
    )

    assert link.startswith("https://shows.example.org/admin/setup?code=")
    assert (made.status_code, made.json()["user"]["role"]) == (201, "admin")
    headers = {"Authorization": f"Bearer {made.json()['accessToken']}"}
    assert client.get("/admins", headers=headers).status_code == 200
    trail = client.get("/audit", headers=headers).json()["items"]
    assert [each["action"] for each in trail] == [
        "session_created",
        "privilege_permissions_changed",
        "user_created",
        "migration_done",
    ]


def test_no_link_works_once_there_is_an_admin(client: TestClient, people: People, wiring: Wiring) -> None:
    people.admin()

    assert ask(client, code_of(wiring)) == 403


def test_anybody_may_know_whether_there_is_an_admin_and_no_more(client: TestClient, people: People) -> None:
    before = client.get("/auth/setup").json()

    people.admin()

    assert before == {"needed": True}
    assert client.get("/auth/setup").json() == {"needed": False}


def test_of_many_who_use_the_link_at_one_instant_one_becomes_admin(
    client: TestClient, wiring: Wiring
) -> None:
    code = code_of(wiring)

    with ThreadPoolExecutor(5) as at_once:
        statuses = list(at_once.map(lambda number: ask(client, code, f"first{number}@example.org"), range(5)))

    assert sorted(statuses) == [201, 403, 403, 403, 403]


@pytest.mark.parametrize("code", ["x", "A" * 54, "..", "A" * 200])
def test_a_made_up_code_is_refused(client: TestClient, code: str) -> None:
    assert ask(client, code) == 403


def test_a_link_lasts_for_a_day(client: TestClient, wiring: Wiring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "_LIFETIME", timedelta(seconds=-1))

    assert ask(client, code_of(wiring)) == 403


def test_an_admin_needs_a_longer_password(client: TestClient, wiring: Wiring) -> None:
    short = {"code": code_of(wiring), "email": "first@example.org", "password": "grey whales!x"}

    refused = client.post("/auth/setup", json=short)

    assert refused.json()["type"] == "/problems/weak-password"
