"""The ledger of events: what came in, once each, and what became of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ARRAY, bindparam, column, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert
from uuid6 import uuid7

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.vod_ingest.event_shapes.told import EventRead
from showsondemand.vod_ingest.models import EventStatus, IngestEvent

_log = structlog.get_logger(__name__)
_ENTER = insert(IngestEvent).on_conflict_do_nothing(index_elements=[IngestEvent.event_id])
_WORTH_TELLING = {
    EventStatus.PARKED: Action.EVENT_PARKED,
    EventStatus.IGNORED: Action.EVENT_STALE,  # of those that were acted on: the others are entered so at once
    EventStatus.UNREADABLE: Action.EVENT_REFUSED,
}
_ENTERED = ("id", "event_id", "status", "kind", "guid", "reason", "body", "told_at")


def _enter_several() -> ReturningInsert[str]:
    """One text whatever their number, so that PostgreSQL prepares it once: each column comes as a list."""
    table = IngestEvent.__table__
    columns = [table.c[name] for name in _ENTERED]
    lists = func.unnest(*(bindparam(f"all_{each.name}", type_=ARRAY(each.type)) for each in columns))
    rows = lists.table_valued(*(column(each.name, each.type) for each in columns)).render_derived()
    entering = insert(IngestEvent).from_select(_ENTERED, select(*rows.c), include_defaults=False)
    return entering.on_conflict_do_nothing(index_elements=[IngestEvent.event_id]).returning(
        IngestEvent.event_id
    )


_ENTER_SEVERAL = _enter_several()


@dataclass(frozen=True)
class Outcome:
    """What became of an event. ``reason`` says why, where it did not become a show.

    ``is_foreign``: it speaks of what is not ours to show.
    """

    status: EventStatus
    show_id: UUID | None = None
    reason: str | None = None
    is_foreign: bool = False


@dataclass(frozen=True)
class Entered:
    """A row of the ledger that was made just now."""

    row_id: UUID
    event: EventRead


async def enter(session: AsyncSession, event: EventRead, text: str, outcome: Outcome) -> Entered | None:
    """Enters an event; ``None`` when it stands there already. A second one at this instant waits here."""
    row = _row(event, text, outcome)
    entered = await session.execute(_ENTER.returning(IngestEvent.id), [row])
    row_id = entered.scalar_one_or_none()
    if row_id is None:
        return None
    if event.told is None:
        _say(event, outcome)
    if outcome.status is EventStatus.UNREADABLE:
        await _write_down(session, Action.EVENT_REFUSED, row_id, outcome)
    return Entered(row_id, event)


async def enter_unread(session: AsyncSession, text: str, outcome: Outcome) -> None:
    """Enters what nobody could read: known by its content."""
    event_id = "unreadable:" + hashlib.sha256(text.encode()).hexdigest()
    await enter(session, EventRead(event_id, ""), text, outcome)


async def take_up_failed(session: AsyncSession, event: EventRead) -> Entered | None:
    """An event that failed and is told again, to be acted on as if it had just come; ``None`` where it did not fail."""
    failed = IngestEvent.event_id == event.event_id, IngestEvent.status == EventStatus.FAILED
    anew = update(IngestEvent).where(*failed).values(status=EventStatus.RECEIVED.value, reason=None)
    row_id = await session.scalar(anew.returning(IngestEvent.id))
    return None if row_id is None else Entered(row_id, event)


async def enter_received(session: AsyncSession, events: Sequence[tuple[EventRead, str]]) -> set[str]:
    """Enters events that are to be acted on later; the ids of those that did not stand there.

    In the order of their ids, so that two who enter the same ones never wait for each other.
    """
    outcome = Outcome(EventStatus.RECEIVED)
    rows = {event.event_id: _row(event, text, outcome) for event, text in events}
    in_order = [rows[event_id] for event_id in sorted(rows)]
    columns = {f"all_{name}": [row[name] for row in in_order] for name in _ENTERED}
    connection = await session.connection()
    return set((await connection.scalars(_ENTER_SEVERAL, columns)).all())


def _row(event: EventRead, text: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "event_id": event.event_id,
        "status": outcome.status.value,
        "kind": event.kind or None,
        "guid": event.guid,
        "reason": outcome.reason,
        "body": text.replace("\0", ""),
        "told_at": event.told_at,
    }


async def note(session: AsyncSession, entered: Entered, outcome: Outcome) -> None:
    """Writes down what became of the event."""
    event = entered.event
    await session.execute(
        update(IngestEvent)
        .where(IngestEvent.id == entered.row_id)
        .values(
            status=outcome.status.value,
            show_id=outcome.show_id,
            reason=outcome.reason,
            kind=event.kind or None,
            guid=event.guid,
            told_at=event.told_at,
        )
    )
    _say(event, outcome)
    action = Action.EVENT_REFUSED if outcome.is_foreign else _WORTH_TELLING.get(outcome.status)
    if action is not None:
        await _write_down(session, action, entered.row_id, outcome)


async def note_repeated(session: AsyncSession, event: EventRead) -> UUID | None:
    """Writes down that an event came once more; the show it led to, if any."""
    found = await session.execute(
        select(IngestEvent.id, IngestEvent.show_id).where(IngestEvent.event_id == event.event_id)
    )
    kept = found.first()
    if kept is None:  # swept away meanwhile
        return None
    row_id, show_id = kept
    await audit.record(session, Action.EVENT_REPEATED, target=Target("event", row_id))
    return show_id


async def _write_down(session: AsyncSession, action: Action, row_id: UUID, outcome: Outcome) -> None:
    details = {"reason": outcome.reason} if outcome.reason else None
    await audit.record(session, action, target=Target("event", row_id), details=details)


def _say(event: EventRead, outcome: Outcome) -> None:
    _log.info(
        "ingest event",
        status=outcome.status.value,
        kind=event.kind,
        guid=event.guid,
        reason=outcome.reason,
    )
