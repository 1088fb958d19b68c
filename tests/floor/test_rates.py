"""Too many requests are refused with the time to wait, and nobody pays for another's."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand import rates
from showsondemand.rates import READS, SEARCHES, STRANGERS, WRITES, Rates, TooManyAsked, rate_of
from showsondemand.wiring import Wiring


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(rates, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return replace(wiring, rates=Rates())


def let_pass(counted: Rates, subject: str, times: int) -> int:
    """How many of so many requests in a row are let pass."""
    passed = 0
    for _ in range(times):
        try:
            counted.count(WRITES, subject)
        except TooManyAsked:
            continue
        passed += 1
    return passed


def test_a_minute_gives_back_what_a_minute_may_take(clock: list[float]) -> None:
    counted = Rates()

    at_once = let_pass(counted, "one", 200)
    clock[0] += 10
    later = let_pass(counted, "one", 200)

    assert (at_once, later) == (60, 10)


def test_each_counts_for_itself(clock: list[float]) -> None:
    counted = Rates()
    let_pass(counted, "one", 200)

    assert let_pass(counted, "another", 1) == 1


def test_refused_requests_do_not_prolong_the_wait(clock: list[float]) -> None:
    counted = Rates()
    let_pass(counted, "one", 10_000)

    with pytest.raises(TooManyAsked) as refused:
        counted.count(WRITES, "one")

    assert refused.value.headers == {
        "Retry-After": "1",
        "RateLimit-Policy": '"writes";q=60;w=60',
        "RateLimit": '"writes";r=0;t=1',
    }


def test_what_is_remembered_does_not_grow_for_ever(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "_REMEMBERED_AT_MOST", 10)
    counted = Rates()

    for number in range(100):
        clock[0] += 2
        counted.count(WRITES, str(number))

    assert len(counted) <= 10


def test_each_request_counts_for_one_rate() -> None:
    assert rate_of("GET", is_search=False, is_known=True) is READS
    assert rate_of("PATCH", is_search=False, is_known=True) is WRITES
    assert rate_of("GET", is_search=True, is_known=True) is SEARCHES
    assert rate_of("GET", is_search=True, is_known=False) is SEARCHES
    assert rate_of("GET", is_search=False, is_known=False) is STRANGERS


def test_a_stranger_who_asks_too_often_waits_and_somebody_signed_in_does_not(
    client: TestClient, people: People, clock: list[float]
) -> None:
    viewer = people.viewer().headers
    asked = [client.get("/series").status_code for _ in range(STRANGERS.burst)]

    refused = client.get("/series")

    assert set(asked) == {200}
    assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/too-many-asked"
    assert int(refused.headers["Retry-After"]) >= 1
    assert client.get("/series", headers=viewer).status_code == 200
    assert client.get("/users/me", headers=viewer).status_code == 200


def test_tokens_that_are_not_valid_count_for_the_address_that_sends_them(
    client: TestClient, clock: list[float]
) -> None:
    wrong = [
        client.get("/users/me", headers={"Authorization": f"Bearer {number}"}).status_code
        for number in range(STRANGERS.burst + 1)
    ]

    assert wrong == [401] * STRANGERS.burst + [429]


def test_a_name_of_another_address_in_a_header_begins_no_new_count(
    client: TestClient, clock: list[float]
) -> None:
    asked = [
        client.get("/series", headers={"X-Forwarded-For": f"198.51.100.{number}"}).status_code
        for number in range(STRANGERS.burst + 1)
    ]

    assert asked[-1] == 429


def test_the_latest_list_is_there_for_everybody(client: TestClient) -> None:
    client.get("/shows")

    assert {client.get("/shows").status_code for _ in range(STRANGERS.burst * 2)} == {200}


def test_in_production_requests_are_counted_unless_somebody_says_otherwise(wiring: Wiring) -> None:
    said = wiring.settings.security

    assert said.rates_limited(production=True)
    assert not said.rates_limited(production=False)
    assert said.model_copy(update={"rate_limits": True}).rates_limited(production=False)
