"""More events at once than can be acted on at once: all are kept and answered, and acted on afterwards."""

import asyncio
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from showsondemand.vod_ingest import applying, events
from showsondemand.vod_ingest.backlog import work_off
from showsondemand.vod_ingest.event_desk import EventDesk
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.reading import read_event
from showsondemand.wiring import Wiring
from vod_ingest.conftest import Ingest, Json, Ledger
from vod_ingest.ingested import in_the_app
from vod_ingest.told import completed


@pytest.fixture
def desk(client: TestClient) -> EventDesk:
    """One that has so much to do already that nothing gets a turn, and that nobody works off."""
    desk: EventDesk = client.app.state.event_desk  # type: ignore[attr-defined]  # it is a FastAPI
    desk.is_behind = True
    desk.put_off = lambda: None  # type: ignore[method-assign]  # nobody is woken
    return desk


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_an_event_that_gets_no_turn_is_kept_once_and_answered(
    ingest: Ingest, desk: EventDesk, ledger: Ledger
) -> None:
    event = completed()

    answers = [ingest.event(event).json() for _ in range(2)]

    assert answers == [
        {"status": "accepted", "eventId": event["id"], "showId": None},
        {"status": "duplicate", "eventId": event["id"], "showId": None},
    ]
    assert [kept["status"] for kept in ledger()] == ["received"]
    assert ingest.shows() == []


def test_what_was_kept_is_acted_on_later_by_whoever_is_there(
    client: TestClient, wiring: Wiring, ingest: Ingest, desk: EventDesk, ledger: Ledger
) -> None:
    guid = str(uuid4())
    for _ in range(3):
        ingest.event(completed(guid=guid))

    in_the_app(client, work_off, wiring)

    [show] = ingest.shows()
    assert {(kept["status"], kept["showId"]) for kept in ledger()} == {("accepted", show["id"])}


def test_the_process_that_kept_it_is_woken(client: TestClient, ingest: Ingest) -> None:
    client.app.state.event_desk.is_behind = True  # type: ignore[attr-defined]  # it is a FastAPI

    ingest.event(completed())

    eventually(lambda: len(ingest.shows()) == 1)
    eventually(lambda: "showId" in ingest.event(completed()).json())


def test_an_event_that_cannot_be_acted_on_keeps_no_other_waiting(
    client: TestClient,
    wiring: Wiring,
    ingest: Ingest,
    desk: EventDesk,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    act_on, bad = applying.act_on, completed()

    async def fails_over_one(press: Any, event: Any) -> Any:
        if event.event_id == bad["id"]:
            raise ZeroDivisionError
        return await act_on(press, event)

    monkeypatch.setattr(events, "act_on", fails_over_one)
    for event in (bad, completed()):
        ingest.event(event)

    in_the_app(client, work_off, wiring)

    assert len(ingest.shows()) == 1
    [left] = ledger(status="failed")
    assert left["eventId"] == bad["id"]
    assert "ZeroDivisionError" in left["reason"]
    monkeypatch.undo()
    assert ingest.event(bad).json()["status"] == "accepted"  # told again, it waits for its turn once more
    in_the_app(client, work_off, wiring)
    assert len(ingest.shows()) == 2


def test_events_of_any_number_are_kept_by_one_statement_and_each_once(
    client: TestClient, wiring: Wiring, ingest: Ingest, desk: EventDesk, ledger: Ledger
) -> None:
    known, new, twice = (completed() for _ in range(3))
    ingest.event(known)
    statements: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO ingest_events"):
            statements.add(statement)

    async def keep(*messages: Json) -> list[bool]:
        told = [
            (read_event(each, MediaPlaces.from_settings(wiring.settings)), str(each)) for each in messages
        ]
        return await asyncio.gather(*(desk.batches.keep(*each) for each in told))

    wiring.database.observe(note, lambda *_: None)
    assert in_the_app(client, keep, known, new, twice, twice) == [False, True, True, False]
    assert in_the_app(client, keep, completed()) == [True]
    assert len(statements) == 1
    assert {kept["eventId"] for kept in ledger(status="received")} >= {new["id"], twice["id"]}
