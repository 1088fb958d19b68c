"""Whoever follows a job hears of each step once, and no longer than the session lasts."""

import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from people import People, Person
from server_fixtures import eventually
from showsondemand.tokens import Role
from showsondemand.vod_ingest.attempts import Attempt, Progress, report
from showsondemand.vod_ingest.job_events import MOST_STREAMS
from showsondemand.wiring import Wiring
from vod_ingest.ingested import begun, change, in_the_app, new_job


@pytest.fixture
def running_job(client: TestClient, wiring: Wiring) -> UUID:
    job_id = in_the_app(client, new_job, wiring)
    in_the_app(client, begun, wiring, job_id)
    return job_id


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MOST_STREAMS + 1) as pool:
        yield pool


@pytest.fixture
def staff(people: People) -> Person:
    return people.reviewer()


def follow(client: TestClient, job_id: UUID, who: Person, **headers: str) -> Response:
    """Reads the stream to its end."""
    return client.get(f"/ingest/jobs/{job_id}/events", headers=who.headers | headers)


def events_of(answer: Response) -> list[tuple[str, dict[str, Any]]]:
    blocks = [block.splitlines() for block in answer.text.split("\n\n") if block.startswith("id:")]
    return [
        (lines[1].removeprefix("event: "), json.loads(lines[2].removeprefix("data: "))) for lines in blocks
    ]


def wait_until_followed(client: TestClient, streams: int = 1) -> None:
    watch = client.app.state.job_watch  # type: ignore[attr-defined]  # the app under test
    while sum(watch._streams.values()) < streams:  # noqa: SLF001 - nothing else tells that a stream is open
        time.sleep(0.01)


def test_a_follower_hears_of_progress_and_of_the_end(
    client: TestClient, wiring: Wiring, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    stream = threads.submit(follow, client, running_job, staff)
    wait_until_followed(client)
    in_the_app(client, _report, wiring, running_job, Progress("encoding", 0.5, 2.0, 30.0))
    _until_looked(client)
    in_the_app(
        client, change, wiring, running_job, lambda job: job.fail(code="crashed", detail="It crashed.")
    )

    answer = stream.result(30)

    assert answer.headers["Content-Type"].startswith("text/event-stream")
    events = events_of(answer)
    assert [kind for kind, _ in events] == ["progress", "progress", "ended"]
    halfway, end = events[1][1], events[-1][1]
    assert (halfway["stage"], halfway["progress"]) == ("encoding", 0.5)
    assert (halfway["speed"], halfway["secondsLeft"]) == (2.0, 30.0)
    assert (end["state"], end["error"]["code"]) == ("failed", "crashed")


def test_fifty_streams_hold_no_connection_to_the_database(
    client: TestClient, wiring: Wiring, running_job: UUID, people: People
) -> None:
    followers = [people.reviewer() for _ in range(50 // MOST_STREAMS)]

    with ThreadPoolExecutor(50) as threads:
        streams = [
            threads.submit(follow, client, running_job, who) for who in followers for _ in range(MOST_STREAMS)
        ]
        wait_until_followed(client, len(streams))
        _until_looked(client)
        eventually(lambda: wiring.database.connections_in_use == 0, seconds=5)
        eventually(lambda: in_the_app(client, _busy_connections, wiring) == 0, seconds=5)
        in_the_app(client, change, wiring, running_job, lambda job: job.cancel())
        answers = [stream.result(30) for stream in streams]

    assert {events_of(answer)[-1][0] for answer in answers} == {"ended"}


def test_a_follower_of_an_ended_job_hears_of_the_end_and_no_more(
    client: TestClient, wiring: Wiring, running_job: UUID, staff: Person
) -> None:
    in_the_app(client, change, wiring, running_job, lambda job: job.cancel())

    answer = follow(client, running_job, staff)

    assert [kind for kind, _ in events_of(answer)] == ["ended"]


def test_who_comes_back_knowing_the_end_is_told_not_to_come_again(
    client: TestClient, wiring: Wiring, running_job: UUID, staff: Person
) -> None:
    in_the_app(client, change, wiring, running_job, lambda job: job.cancel())
    last = follow(client, running_job, staff).text.splitlines()[0].removeprefix("id: ")

    answer = follow(client, running_job, staff, **{"Last-Event-ID": last})

    assert (answer.status_code, answer.text) == (204, "")


def test_who_comes_back_is_not_told_twice(
    client: TestClient, wiring: Wiring, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    known = "1-running--0"

    stream = threads.submit(follow, client, running_job, staff, **{"Last-Event-ID": known})
    wait_until_followed(client)
    in_the_app(client, change, wiring, running_job, lambda job: job.cancel())

    assert [kind for kind, _ in events_of(stream.result(30))] == ["ended"]


def test_a_quiet_stream_beats_now_and_then(
    client: TestClient,
    wiring: Wiring,
    threads: ThreadPoolExecutor,
    running_job: UUID,
    staff: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("showsondemand.vod_ingest.job_events._HEARTBEAT_SECONDS", 0.0)
    stream = threads.submit(follow, client, running_job, staff)
    wait_until_followed(client)
    _until_looked(client)
    _until_looked(client)
    in_the_app(client, change, wiring, running_job, lambda job: job.cancel())

    answer = stream.result(30)

    assert ": nothing new\n\n" in answer.text


def test_a_stream_ends_with_its_session(
    client: TestClient, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    stream = threads.submit(follow, client, running_job, staff)
    wait_until_followed(client)

    client.get("/auth/logout", headers=staff.headers)

    assert [kind for kind, _ in events_of(stream.result(30))] == ["progress"]


def test_a_stream_ends_for_who_is_no_longer_staff(
    client: TestClient, people: People, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    stream = threads.submit(follow, client, running_job, staff)
    wait_until_followed(client)

    in_the_app(client, people._set_role, staff.id, Role.VIEWER)  # noqa: SLF001 - there is no other way down

    assert [kind for kind, _ in events_of(stream.result(30))] == ["progress"]


def test_a_stream_ends_with_the_process(
    client: TestClient, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    stream = threads.submit(follow, client, running_job, staff)
    wait_until_followed(client)

    in_the_app(client, _end_streams, client)

    assert [kind for kind, _ in events_of(stream.result(30))] == ["progress"]


def test_a_session_follows_five_jobs_at_once(
    client: TestClient, wiring: Wiring, threads: ThreadPoolExecutor, running_job: UUID, staff: Person
) -> None:
    streams: list[Future[Response]] = [
        threads.submit(follow, client, running_job, staff) for _ in range(MOST_STREAMS)
    ]
    wait_until_followed(client, MOST_STREAMS)

    refused = follow(client, running_job, staff)
    in_the_app(client, change, wiring, running_job, lambda job: job.cancel())
    heard = [stream.result(30).status_code for stream in streams]
    later = follow(client, running_job, staff)

    assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-streams")
    assert heard == [200] * MOST_STREAMS
    assert later.status_code == 200


def test_the_log_has_the_last_words_of_every_failed_attempt(
    client: TestClient, people: People, wiring: Wiring, running_job: UUID
) -> None:
    in_the_app(
        client,
        change,
        wiring,
        running_job,
        lambda job: job.keep_last_words(code="crashed", detail="The encoder crashed.", log_tail="x264: oh"),
    )

    answer = client.get(f"/ingest/jobs/{running_job}/log", headers=people.editor().headers)

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == "Attempt 1: crashed. The encoder crashed.\nx264: oh\n"


async def _end_streams(client: TestClient) -> None:
    client.app.state.job_watch.end_streams()  # type: ignore[attr-defined]  # the app under test


def _until_looked(client: TestClient) -> None:
    watch = client.app.state.job_watch  # type: ignore[attr-defined]  # the app under test
    in_the_app(client, watch.next_look)
    in_the_app(client, watch.next_look)


async def _report(wiring: Wiring, job_id: UUID, progress: Progress) -> None:
    async with wiring.database.transaction() as session:
        await report(session, Attempt(job_id, 1, "sources/none", "A film"), progress)


async def _busy_connections(wiring: Wiring) -> int:
    """How many of ours, as PostgreSQL sees it, are within a statement or a transaction besides this one."""
    busy = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
        " AND pid <> pg_backend_pid()"
    )
    async with wiring.database.reading() as session:
        return int(await session.scalar(busy) or 0)
