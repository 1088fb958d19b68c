"""How long somebody stays signed in, by what they may do."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update

from people import PASSWORD, People, Person
from showsondemand.auth.models import SignInSession
from showsondemand.tokens import Role
from showsondemand.wiring import Wiring

COOKIE = "__Host-sod_rt"
HOUR = timedelta(hours=1)


def log_in(client: TestClient, person: Person) -> Response:
    answer = client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    assert answer.status_code == 200
    return answer


def grow_old(client: TestClient, wiring: Wiring, *, begun: timedelta, refreshed: timedelta) -> None:
    """All sessions began and were refreshed that long ago."""

    async def change() -> None:
        async with wiring.database.transaction() as session:
            await session.execute(
                update(SignInSession).values(
                    created_at=SignInSession.created_at - begun,
                    expires_at=SignInSession.expires_at - begun,
                    refreshed_at=SignInSession.refreshed_at - refreshed,
                )
            )

    assert client.portal
    client.portal.call(change)


def refreshed(client: TestClient) -> int:
    return client.post("/auth/refresh").status_code


@pytest.mark.parametrize(
    ("role", "access_seconds", "cookie_seconds"),
    [
        (Role.VIEWER, 600, 14 * 24 * 3600),
        (Role.REVIEWER, 300, 12 * 3600),
        (Role.EDITOR, 300, 12 * 3600),
        (Role.ADMIN, 300, 12 * 3600),
    ],
)
def test_the_staff_is_signed_in_for_less_long(
    client: TestClient, people: People, role: Role, access_seconds: int, cookie_seconds: int
) -> None:
    answer = log_in(client, people.with_role(role))

    assert answer.json()["expiresIn"] == access_seconds
    assert f"Max-Age={cookie_seconds};" in answer.headers["set-cookie"]
    assert client.post("/auth/refresh").json()["expiresIn"] == access_seconds


@pytest.mark.parametrize(
    ("role", "begun", "idle", "status"),
    [
        (Role.EDITOR, 11 * HOUR, 11 * HOUR, 200),
        (Role.EDITOR, 13 * HOUR, 13 * HOUR, 401),
        (Role.EDITOR, 23 * HOUR, HOUR, 200),
        (Role.EDITOR, 25 * HOUR, HOUR, 401),
        (Role.VIEWER, 13 * 24 * HOUR, 13 * 24 * HOUR, 200),
        (Role.VIEWER, 15 * 24 * HOUR, 15 * 24 * HOUR, 401),
        (Role.VIEWER, 29 * 24 * HOUR, HOUR, 200),
        (Role.VIEWER, 31 * 24 * HOUR, HOUR, 401),
    ],
)
def test_a_session_ends_when_it_rested_too_long_and_after_all_its_time(
    client: TestClient,
    people: People,
    wiring: Wiring,
    role: Role,
    begun: timedelta,
    idle: timedelta,
    status: int,
) -> None:
    log_in(client, people.with_role(role))

    grow_old(client, wiring, begun=begun, refreshed=idle)

    assert refreshed(client) == status


def test_whoever_joins_the_staff_signs_in_anew_when_the_session_is_older_than_its_sessions_get(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    person, admin = people.viewer(), people.admin()
    log_in(client, person)
    grow_old(client, wiring, begun=48 * HOUR, refreshed=HOUR)
    cookie = client.cookies[COOKIE]
    assert refreshed(client) == 200
    promoted = client.put(f"/admins/{person.id}", json={"role": "editor"}, headers=admin.headers)
    assert promoted.status_code == 200
    assert cookie != client.cookies[COOKIE]

    assert refreshed(client) == 401
    assert log_in(client, person).json()["expiresIn"] == 300
