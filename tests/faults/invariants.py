"""What has to hold whatever happened: nothing promised is lost, nothing doubled, nobody got in, nothing is left."""

import asyncio
import json
from collections import Counter
from contextlib import closing
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import m3u8

from faults.house import House
from faults.workload import PASSWORD, UPLOAD_BYTES, Workload
from server_fixtures import eventually
from showsondemand.database import Database
from showsondemand.notices import Notices
from showsondemand.shows.states import ShowState, is_move
from showsondemand.vod_ingest.models import source_key
from showsondemand.vod_ingest.upload_queries import bytes_waiting

Json = dict[str, Any]
_QUIET_SECONDS = 150
_ENDED = ("completed", "failed", "cancelled")
# A pool of ten for requests, one to listen, and what a worker has for its two queues.
_MOST_CONNECTIONS = 40


def hold(house: House, workload: Workload) -> None:
    """Waits until all is quiet, and looks at everything."""
    with closing(house.app.admin()) as admin:
        jobs = _settled_jobs(house, workload, admin)
        shows = _shows(admin)
        _nothing_is_lost(workload, jobs, shows, admin)
        _nothing_is_doubled(house, workload, jobs, shows)
        _states_are_legal(house, workload, shows)
        _quotas_add_up(house, workload, admin)
        _rows_and_files_agree(house, jobs)
    _nobody_got_in(workload)
    _resources_are_returned(house)


def _settled_jobs(house: House, workload: Workload, admin: httpx.Client) -> list[Json]:
    """Every job once it has ended; one that was given up after three faults is tried again, as a person would."""

    def are_done() -> bool:
        _let_time_pass(house)
        jobs = _jobs(admin)
        for job in jobs:
            if job["state"] == "failed":
                admin.post(f"/ingest/jobs/{job['id']}/retry").raise_for_status()
        return all(job["state"] == "completed" for job in jobs)

    eventually(are_done, seconds=_QUIET_SECONDS, otherwise=lambda: f"{_jobs(admin)}\n{house.logs()}")
    return _jobs(admin)


def _let_time_pass(house: House) -> None:
    """A second attempt is made at once: nobody waits here for the half minute that a service waits."""
    _ask(house, "UPDATE pgqueuer SET execute_after = now() WHERE status = 'queued' AND execute_after > now()")


def _nothing_is_lost(workload: Workload, jobs: list[Json], shows: list[Json], admin: httpx.Client) -> None:
    history = workload.history
    ids = {show["id"] for show in shows}
    assert set(history.jobs) <= {job["id"] for job in jobs}
    assert {job["showId"] for job in jobs} <= ids
    assert {show for show in history.events.values() if show} <= ids
    if workload.edited_show:
        title = admin.get(f"/shows/{workload.edited_show}").raise_for_status().json()["title"]
        assert title in {"Edit -1", *history.titles}
        assert int(title.removeprefix("Edit ")) >= history.kept_title
    for email in history.accounts:
        answer = admin.post("/auth/login", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 200, (email, answer.text)


def _nothing_is_doubled(house: House, workload: Workload, jobs: list[Json], shows: list[Json]) -> None:
    told = _ask(house, "SELECT event_id, show_id FROM ingest_events")
    assert max(Counter(row["event_id"] for row in told).values(), default=1) == 1
    of_events = {row["event_id"]: str(row["show_id"]) for row in told if row["show_id"]}
    for event_id, show_id in workload.history.events.items():
        assert of_events[event_id] == (show_id or of_events[event_id])
    assert len({job["showId"] for job in jobs}) == len(jobs)
    encodings = [row["show_id"] for row in told if row["show_id"] is not None]
    assert len(encodings) == len(set(encodings))
    made_by_hand = [show for show in shows if show["title"].startswith("Edit ")]
    assert len(shows) == len(set(encodings)) + len(made_by_hand)


def _states_are_legal(house: House, workload: Workload, shows: list[Json]) -> None:
    """Each show has gone along arrows, each from where the one before led to, and is where the last one leads."""
    trail = _ask(
        house,
        "SELECT target_id::text AS show, action, details::text AS details FROM audit_entries"
        " WHERE action IN ('review_approved', 'review_rejected', 'show_updated') ORDER BY at, id",
    )
    states = {show["id"]: ShowState.IN_REVIEW for show in shows}
    for entry in trail:
        move = _move_of(entry)
        if move is not None:
            assert states[entry["show"]] == move[0], entry
            assert is_move(*move), entry
            states[entry["show"]] = move[1]
    for show in shows:
        if not show["title"].startswith("Edit "):
            assert show["state"] == states[show["id"]], show
    history = workload.history
    for show_id, state in history.states.items():
        assert states[show_id] in {state, history.tried_states[show_id]}, show_id


def _move_of(entry: Json) -> tuple[ShowState, ShowState] | None:
    """From which state to which; nothing where an entry is of another change."""
    if entry["action"] == "review_approved":
        return ShowState.IN_REVIEW, ShowState.AVAILABLE
    if entry["action"] == "review_rejected":
        return ShowState.IN_REVIEW, ShowState.REJECTED
    move = json.loads(entry["details"]).get("state")
    return (ShowState(move["before"]), ShowState(move["after"])) if move else None


def _quotas_add_up(house: House, workload: Workload, admin: httpx.Client) -> None:
    """What counts against an owner is what is kept free for uploads and what lies there, to the byte.

    What is kept free is for parts that the storage waits for.
    """
    begun = [each["uploadId"] for each in admin.get("/ingest/uploads").raise_for_status().json()["items"]]
    assert set(workload.history.uploads) <= set(begun)
    owner = UUID(admin.get("/users/me").raise_for_status().json()["id"])
    waited_for = house.stored.begun_uploads()
    if waited_for is not None:
        assert {source_key(UUID(each)) for each in begun} <= set(waited_for)
    # Films that are shows do not count any more.
    assert asyncio.run(_bytes_waiting(house, owner)) == len(begun) * UPLOAD_BYTES
    sizes = house.stored.sizes()
    for job in _ask(house, "SELECT source_key, source_bytes FROM ingest_jobs"):
        assert sizes[job["source_key"]] == job["source_bytes"]


async def _bytes_waiting(house: House, owner: UUID) -> int:
    database = Database(house.database_url, Notices(house.database_url))
    try:
        async with database.reading() as session:
            return await bytes_waiting(session, owner)
    finally:
        await database.close()


def _rows_and_files_agree(house: House, jobs: list[Json]) -> None:
    stored = house.stored
    sizes = stored.sizes()
    sets = {"/".join(key.split("/")[1:3]) for key in sizes if key.startswith("videos/")}
    played = {f"{job['id']}/{job['attempts']}" for job in jobs}
    assert played <= sets
    # What an attempt stored before it died goes when it has been lying about for a day.
    assert {name.partition("/")[0] for name in sets} <= {job["id"] for job in jobs}
    for playlist in (key for key in sizes if key.endswith(".m3u8")):
        folder = playlist.rpartition("/")[0]
        if folder.removeprefix("videos/") in played:
            listed = m3u8.loads(stored.text(playlist))
            uris = [segment.uri for segment in listed.segments] + [part.uri for part in listed.segment_map]
            assert all(sizes[f"{folder}/{uri}"] for uri in uris)
    assert {job["id"] for job in jobs} <= {key.split("/")[1] for key in sizes if key.startswith("sources/")}


def _nobody_got_in(workload: Workload) -> None:
    assert workload.history.breaches == []
    assert workload.history.faults == []


def _resources_are_returned(house: House) -> None:
    def is_tidy() -> bool:
        left = [
            path for name in ("work", "incoming") for path in (house.data / name).rglob("*") if path.is_file()
        ]
        queued = _ask(house, "SELECT count(*) AS n FROM pgqueuer WHERE entrypoint = 'transcode_film'")[0]["n"]
        return house.is_worked() and not left and not queued and house.processes() == []

    def untidy() -> str:
        queued = _ask(house, "SELECT entrypoint, status FROM pgqueuer")
        files = [str(path) for name in ("work", "incoming") for path in (house.data / name).rglob("*")]
        return f"{files}\n{queued}\n{house.processes()}"

    house.sweep()
    eventually(is_tidy, seconds=_QUIET_SECONDS, otherwise=untidy)
    connected = _ask(house, "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database()")
    assert connected[0]["n"] <= _MOST_CONNECTIONS
    assert house.stop_worker() == 0
    assert house.app.stop() == 0


def _jobs(admin: httpx.Client) -> list[Json]:
    return _every(admin, "/ingest/jobs", {})


def _shows(admin: httpx.Client) -> list[Json]:
    return _every(admin, "/shows", {"state": "all"})


def _every(admin: httpx.Client, path: str, asked: Json) -> list[Json]:
    """All pages of a list."""
    items: list[Json] = []
    cursor: str | None = None
    while True:
        page = {"cursor": cursor} if cursor else {}
        answer = admin.get(path, params=asked | page | {"limit": 100}).raise_for_status().json()
        items += answer["items"]
        cursor = answer["nextCursor"]
        if not cursor:
            return items


def _ask(house: House, statement: str) -> list[Json]:
    async def ask() -> list[Json]:
        connection = await asyncpg.connect(house.database_url)
        try:
            return [dict(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    return asyncio.run(ask())
