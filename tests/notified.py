"""Subscriptions of tests, and what the worker does with what is to be told."""

from dataclasses import replace
from uuid import UUID

from fastapi.testclient import TestClient

from people import Person
from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.admin.notifications.delivering import deliver_notification
from showsondemand.wiring import Wiring
from studio import Json

ALL = ["show.ready_for_review", "show.rejected", "show.published", "ingest.failed"]


def subscribe(
    client: TestClient, admin: Person, channel: str, to: str, events: list[str] = ALL, *, language: str = "en"
) -> Json:
    given = {"channel": channel, "target": to, "events": events}
    asked = admin.headers | {"Accept-Language": language}
    answer = client.post("/notifications/subscriptions", json=given, headers=asked)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def deliveries(client: TestClient, admin: Person) -> list[Json]:
    page = client.get("/notifications/deliveries", headers=admin.headers).json()
    return list(reversed(page["items"]))


def work(client: TestClient, wiring: Wiring, admin: Person) -> None:
    """Does what the worker does with every delivery that waits."""
    sending = replace(wiring, webhooks=GuardedFetcher(allow_private=True))
    assert client.portal
    for delivery in deliveries(client, admin):
        client.portal.call(deliver_notification, sending, UUID(delivery["id"]))
