"""The completion hook: an event counts once, is kept whatever it says, and changes what it is about."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand.pagination import Cursors
from showsondemand.shows.errors import ForeignMediaHost
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.completion import AttemptSuperseded, Press, complete_video
from showsondemand.vod_ingest.errors import EventNotJson
from showsondemand.vod_ingest.event_shapes import EventRead, UnknownShape, read_event
from showsondemand.vod_ingest.models import EventStatus, IngestEvent
from showsondemand.vod_ingest.schemas import EventReceipt

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of an event. ``reason`` says why, where it did not become a show."""

    status: EventStatus
    show_id: UUID | None = None
    reason: str | None = None


async def receive_event(press: Press, body: bytes, *, cdn_base_url: str | None) -> EventReceipt | None:
    """Keeps the event and does what it says; ``None`` when it has no known shape.

    All in the caller's transaction, to be committed in any case: an event that cannot be read is kept for a
    person. Raises ``EventNotJson``.
    """
    text = _text(body)
    message = _json(text)
    try:
        event = read_event(message, cdn_base_url=cdn_base_url)
    except UnknownShape as error:
        event_id = "unreadable:" + hashlib.sha256(body).hexdigest()
        await _first_time(
            press.session, EventRead(event_id, "", reason=str(error)), text, EventStatus.UNREADABLE
        )
        return None
    if not await _first_time(press.session, event, text, EventStatus.ACCEPTED):
        known = await queries.event_by_event_id(press.session, event.event_id)
        return EventReceipt(status="duplicate", event_id=event.event_id, show_id=known.show_id)
    outcome = await _act_on(press, event)
    kept = await queries.event_by_event_id(press.session, event.event_id)
    _note(kept, outcome)
    status = "accepted" if outcome.status is EventStatus.ACCEPTED else "ignored"
    return EventReceipt(status=status, event_id=event.event_id, show_id=outcome.show_id)


async def replay_event(press: Press, event_id: UUID, *, cdn_base_url: str | None) -> IngestEvent:
    """Reads a kept event again, as if it had just come. Raises ``EventNotFound``."""
    kept = await queries.event_to_replay(press.session, event_id)
    try:
        event = read_event(_json(kept.body), cdn_base_url=cdn_base_url)
    except UnknownShape as error:
        _note(kept, Outcome(EventStatus.UNREADABLE, reason=str(error)))
        return kept
    kept.kind, kept.guid = event.kind, event.guid
    _note(kept, await _act_on(press, event))
    return kept


async def page_of_events(
    session: AsyncSession, cursors: Cursors, status: EventStatus | None, *, limit: int, cursor: str | None
) -> tuple[list[IngestEvent], str | None]:
    """A page of the ledger, newest first, and the cursor of the next. Raises ``ForeignCursor``."""
    listing = f"ingest events:{status}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.page_of_events(session, status, limit=limit + 1, after=after)
    page, last = found[:limit], found[limit - 1] if len(found) > limit else None
    return page, cursors.write(listing, [last.received_at.isoformat(), last.id]) if last else None


async def _act_on(press: Press, event: EventRead) -> Outcome:
    if event.completed is None:
        return Outcome(EventStatus.IGNORED, reason=event.reason)
    try:
        show = await complete_video(press, event.completed)
    except AttemptSuperseded:
        return Outcome(EventStatus.IGNORED, reason="a newer attempt of this job runs, or it was cancelled")
    except ForeignMediaHost:
        return Outcome(EventStatus.IGNORED, reason="its media are on a host that MEDIA_HOSTS does not list")
    return Outcome(EventStatus.ACCEPTED, show_id=show.id)


async def _first_time(session: AsyncSession, event: EventRead, text: str, status: EventStatus) -> bool:
    """Enters the event into the ledger; false when it stands there. A second one at this instant waits here."""
    entered = await session.execute(
        insert(IngestEvent)
        .values(
            id=uuid7(),
            event_id=event.event_id,
            status=status.value,
            kind=event.kind or None,
            guid=event.guid,
            reason=event.reason,
            body=text.replace("\0", ""),
        )
        .on_conflict_do_nothing(index_elements=[IngestEvent.event_id])
        .returning(IngestEvent.id)
    )
    return entered.scalar_one_or_none() is not None


def _note(kept: IngestEvent, outcome: Outcome) -> None:
    kept.status, kept.show_id, kept.reason = outcome.status.value, outcome.show_id, outcome.reason
    _log.info("ingest event", status=kept.status, kind=kept.kind, guid=kept.guid, reason=kept.reason)


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise EventNotJson from error


def _json(text: str) -> object:
    try:
        message: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise EventNotJson from error
    return message


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
