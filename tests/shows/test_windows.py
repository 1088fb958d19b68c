"""Availability windows open and close by themselves: in lists, in the cache of every process, and for media."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from floor.conftest import replica_on
from people import People
from server_fixtures import eventually
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.cache import Cache, Remembered
from showsondemand.config import Settings
from showsondemand.database import Database
from showsondemand.notices import Notices
from showsondemand.shows import browsing, service
from showsondemand.shows.endpoints import catalogue_of
from showsondemand.shows.listing import Filters
from showsondemand.wiring import Wiring
from studio import Studio

SOON = timedelta(seconds=2)
A_MOMENT = timedelta(seconds=0.1)
PATIENCE_SECONDS = 20


@pytest.fixture
def replica(settings: Settings, wiring: Wiring, migrated_database_url: str) -> Iterator[TestClient]:
    """A second process's app over the same database, with a cache of its own."""
    other = replace(build_wiring(settings, migrated_database_url), hasher=wiring.hasher)
    with TestClient(create_app(other), base_url=settings.base_url) as client:
        yield client


class LateDatabase(Database):
    """Looks at once, and gives its answers when it is ``let_go``."""

    def __init__(self, url: str, notices: Notices) -> None:
        super().__init__(url, notices)
        self._is_free = asyncio.Event()

    def let_go(self) -> None:
        self._is_free.set()

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[Any]:
        async with super().asking() as reader:
            yield reader
        await self._is_free.wait()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Any]:
        async with super().reading() as session:
            yield session
        await self._is_free.wait()


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


@pytest.mark.parametrize("late_one", ["latest", "list", "facets"])
async def test_what_was_being_loaded_while_a_window_closed_is_not_kept(
    studio: Studio, wiring: Wiring, migrated_database_url: str, late_one: str
) -> None:
    ends_at = datetime.now(UTC) + timedelta(seconds=5)
    studio.available(genres=["Drama"], availableUntil=ends_at.isoformat())
    catalogue = catalogue_of(wiring)

    async def load(database: Database, cache: Cache, name: str) -> Remembered:
        if name == "latest":
            return await service.latest_shows(database, cache, catalogue)
        if name == "facets":
            return await browsing.facets(database, cache)
        key = service.kept_list(name.encode()) or ""
        return await service.first_page(database, cache, catalogue, Filters(genre="Drama"), limit=9, key=key)

    async with replica_on(migrated_database_url) as replica:
        busy = LateDatabase(migrated_database_url, replica.notices)
        await load(replica.database, replica.cache, "before")
        late = asyncio.create_task(load(busy, replica.cache, late_one))
        await asyncio.sleep((ends_at + A_MOMENT - datetime.now(UTC)).total_seconds())
        await load(replica.database, replica.cache, "after")  # who asks now finds no window to come
        busy.let_go()
        seen = await late
        again = await load(replica.database, replica.cache, late_one)
        await busy.close()

    assert (b"Drama" in seen.body, b"Drama" in again.body, again.hit) == (True, False, False)


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
