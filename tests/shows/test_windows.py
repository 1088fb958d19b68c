"""Availability windows open and close by themselves: in lists, in the cache of every process, and for media."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from people import People
from server_fixtures import eventually
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.wiring import Wiring
from studio import Studio

SOON = timedelta(seconds=2)
PATIENCE_SECONDS = 20


@pytest.fixture
def replica(settings: Settings, wiring: Wiring, migrated_database_url: str) -> Iterator[TestClient]:
    """A second process's app over the same database, with a cache of its own."""
    other = replace(build_wiring(settings, migrated_database_url), hasher=wiring.hasher)
    with TestClient(create_app(other), base_url=settings.base_url) as client:
        yield client


def lists(*clients: TestClient) -> Callable[[int], bool]:
    """Whether the latest list of each of ``clients`` holds so many shows."""
    return lambda shows: all(len(client.get("/shows").json()["items"]) == shows for client in clients)


def test_a_window_opens_by_itself_in_every_process(
    client: TestClient, replica: TestClient, studio: Studio
) -> None:
    show = studio.available(availableFrom=(datetime.now(UTC) + SOON).isoformat())
    listed = lists(client, replica)
    assert client.get(f"/shows/{show['id']}").status_code == 404

    eventually(lambda: listed(1), seconds=PATIENCE_SECONDS)

    assert client.get(f"/shows/{show['id']}").status_code == 200
    assert client.get("/shows?q=show").json()["items"][0]["id"] == show["id"]


def test_a_window_closes_by_itself_in_every_process(
    client: TestClient, replica: TestClient, studio: Studio
) -> None:
    show = studio.available(
        genres=["Drama"], availableUntil=(datetime.now(UTC) + timedelta(seconds=8)).isoformat()
    )
    listed = lists(client, replica)
    assert listed(1)
    assert client.get("/shows/facets").json()["genres"] == [{"value": "Drama", "shows": 1}]
    assert [each.get(f"/shows/{show['id']}").status_code for each in (client, replica)] == [200, 200]

    eventually(lambda: listed(0), seconds=PATIENCE_SECONDS)

    assert [each.get(f"/shows/{show['id']}").status_code for each in (client, replica)] == [404, 404]
    assert client.get("/shows/facets").json()["genres"] == []


def test_media_stop_when_the_window_closes(
    client: TestClient, studio: Studio, people: People, media_set: Path
) -> None:
    closes_at = datetime.now(UTC) + timedelta(seconds=8)
    show = studio.playable(media_set, availableUntil=closes_at.isoformat())
    viewer = people.viewer()
    playback = client.post(f"/shows/{show['id']}/playback", headers=viewer.headers).json()
    assert client.get(playback["hlsURL"]).status_code == 200

    time.sleep(max(0, (closes_at - datetime.now(UTC)).total_seconds()))

    assert datetime.fromisoformat(playback["expiresAt"]) <= closes_at
    assert client.get(playback["hlsURL"]).status_code == 403


def test_staff_play_a_show_past_its_window(client: TestClient, studio: Studio, media_set: Path) -> None:
    closed = datetime.now(UTC) - timedelta(days=1)
    show = studio.playable(media_set, availableUntil=closed.isoformat())

    playback = client.post(f"/shows/{show['id']}/playback", headers=studio.editor.headers).json()

    assert client.get(playback["hlsURL"]).status_code == 200


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.000Z"),  # the first 02:30 of that night in Berlin
        ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00.000Z"),  # the second, an hour later
        ("2027-03-28T03:00:00+02:00", "2027-03-28T01:00:00.000Z"),  # 02:00 to 03:00 is left out
    ],
)
def test_a_window_is_an_instant_whatever_the_clocks_show(studio: Studio, given: str, kept: str) -> None:
    show = studio.draft(availableFrom=given)

    assert show["availableFrom"] == kept


def test_changing_a_window_takes_effect_at_once(
    client: TestClient, replica: TestClient, studio: Studio
) -> None:
    show = studio.available(availableFrom=(datetime.now(UTC) + timedelta(days=1)).isoformat())
    listed = lists(client, replica)
    assert listed(0)

    client.patch(f"/shows/{show['id']}", json={"availableFrom": None}, headers=studio.editor.headers)

    eventually(lambda: listed(1), seconds=PATIENCE_SECONDS)
    assert replica.get(f"/shows/{show['id']}").status_code == 200
    client.patch(f"/shows/{show['id']}", json={"state": "withdrawn"}, headers=studio.editor.headers)
    eventually(
        lambda: replica.get(f"/shows/{show['id']}").status_code == 404, seconds=1
    )  # its own copy, kept for an hour
