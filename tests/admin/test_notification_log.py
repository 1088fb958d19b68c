"""A subscription is tried out, and the log of deliveries tells what was told to whom."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from notified import deliveries, subscribe, work
from people import People, Person
from showsondemand.wiring import Wiring
from studio import Studio
from web_target import Target, listening


@pytest.fixture
def target() -> Iterator[Target]:
    with listening(Target()) as target:
        yield target


@pytest.fixture
def admin(people: People) -> Person:
    return people.admin()


@pytest.mark.parametrize(("status", "state"), [(204, "delivered"), (500, "failed")])
def test_a_subscription_is_tried_once_and_the_log_says_what_became_of_it(
    client: TestClient, admin: Person, wiring: Wiring, target: Target, status: int, state: str
) -> None:
    made = subscribe(client, admin, "webhook", target.url, ["show.published"])
    subscribe(client, admin, "webhook", target.url, ["show.published"])
    target.status = status

    asked = client.post(f"/notifications/subscriptions/{made['id']}/test", headers=admin.headers)
    work(client, wiring, admin)

    (told,) = deliveries(client, admin)
    assert asked.status_code == 202
    assert (told["id"], told["event"], told["state"]) == (asked.json()["id"], "test", state)
    assert (told["channel"], told["target"]) == ("webhook", target.url)
    assert [json.loads(body)["event"] for _, body in target.requests] == ["test"]


def test_nobody_subscribes_to_tests(client: TestClient, admin: Person) -> None:
    given = {"channel": "email", "target": "desk@example.org", "events": ["test"]}

    answer = client.post("/notifications/subscriptions", json=given, headers=admin.headers)

    assert answer.status_code == 422


def test_the_log_is_narrowed_to_an_event_a_state_and_a_subscription(
    client: TestClient, studio: Studio, admin: Person
) -> None:
    desk = subscribe(client, admin, "email", "desk@example.org")
    subscribe(client, admin, "email", "hall@example.org")
    studio.available(title="Harbour")
    wanted = {"event": "show.published", "state": "pending", "subscription": desk["id"], "limit": 1}

    page = client.get("/notifications/deliveries", params=wanted, headers=admin.headers).json()

    (told,) = page["items"]
    assert (told["event"], told["target"], told["title"]) == ("show.published", "desk@example.org", "Harbour")
    assert page["nextCursor"] is None
