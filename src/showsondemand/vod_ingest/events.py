"""The completion hook: an event counts once, is kept whatever it says, and changes what it is about."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.jobs import enqueue
from showsondemand.pagination import Cursors
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.vod_ingest import ledger, queries
from showsondemand.vod_ingest.applying import act_on
from showsondemand.vod_ingest.completion import Press
from showsondemand.vod_ingest.errors import EventNotJson, HookBusy
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.reading import read_event
from showsondemand.vod_ingest.event_shapes.sns import is_sns
from showsondemand.vod_ingest.event_shapes.sqs import Letter, letters_of
from showsondemand.vod_ingest.event_shapes.told import (
    EventRead,
    SubscriptionOffered,
    UnknownShape,
)
from showsondemand.vod_ingest.ledger import Entered, Outcome
from showsondemand.vod_ingest.models import EventStatus, IngestEvent
from showsondemand.vod_ingest.schemas import EventReceipt
from showsondemand.vod_ingest.sns_signatures import SnsSignatures
from showsondemand.vod_ingest.sns_subscriptions import CONFIRM_SUBSCRIPTION
from showsondemand.wiring import Wiring

# EventBridge hangs up after 5 seconds; one that was told to come again loses nothing.
_ANSWERED_WITHIN_SECONDS = 4.5
_MOST_TELLING_FIRST = ("accepted", "duplicate", "ignored")


async def receive_events(
    wiring: Wiring, body: bytes, *, signatures: SnsSignatures | None = None
) -> EventReceipt | None:
    """Keeps what was posted and does what it says; ``None`` when nothing of it has a known shape.

    A list is so many events, each in a transaction of its own; the receipt is that of the most telling. Without
    ``signatures`` nobody else than ourselves can have sent it. Raises ``EventNotJson``, ``HookBusy`` where it takes
    too long, and ``CertificateAway``.
    """
    text = _text(body)
    content = _json(text)
    try:
        async with asyncio.timeout(_ANSWERED_WITHIN_SECONDS):
            receipts = [await _receive(wiring, letter, signatures) for letter in letters_of(text, content)]
    except TimeoutError as error:
        raise HookBusy from error
    told = [receipt for receipt in receipts if receipt is not None]
    return min(told, key=lambda receipt: _MOST_TELLING_FIRST.index(receipt.status), default=None)


async def replay_event(wiring: Wiring, event_id: UUID, signatures: SnsSignatures) -> IngestEvent:
    """Reads a kept event again, as if it had just come. Raises ``EventNotFound`` and ``CertificateAway``."""
    async with wiring.database.transaction() as session:
        kept = await queries.event(session, event_id)
    refused = await _refusal(Letter(kept.body, _json(kept.body)), signatures)
    async with _press(wiring) as press:
        kept = await queries.event_to_replay(press.session, event_id)
        await _read_again(wiring, press, kept, refused)
        await press.session.refresh(kept)
        return kept


async def apply_parked_events(wiring: Wiring, job_id: UUID) -> None:
    """Does what was told of a job before it was known here."""
    async with _press(wiring) as press:
        guid = str(job_id)
        await queries.one_word_at_a_time(press.session, guid)
        for kept in await queries.parked_events(press.session, guid):
            await _read_again(wiring, press, kept, None)


async def event(session: AsyncSession, event_id: UUID) -> IngestEvent:
    """Raises ``EventNotFound``."""
    return await queries.event(session, event_id)


async def page_of_events(
    session: AsyncSession, cursors: Cursors, status: EventStatus | None, *, limit: int, cursor: str | None
) -> tuple[list[IngestEvent], str | None]:
    """A page of the ledger, newest first, and the cursor of the next. Raises ``ForeignCursor``."""
    listing = f"ingest events:{status}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.page_of_events(session, status, limit=limit + 1, after=after)
    page, last = found[:limit], found[limit - 1] if len(found) > limit else None
    return page, cursors.write(listing, [last.received_at.isoformat(), last.id]) if last else None


async def _receive(wiring: Wiring, letter: Letter, signatures: SnsSignatures | None) -> EventReceipt | None:
    refused = await _refusal(letter, signatures)
    event = _read(wiring, letter.content) if refused is None else refused
    async with _press(wiring) as press:
        if isinstance(event, UnknownShape):
            await _keep_unreadable(press.session, letter, event)
            return None
        entered = await ledger.enter(press.session, event, letter.text, _first_outcome(event))
        if entered is None:
            known = await queries.event_by_event_id(press.session, event.event_id)
            return EventReceipt(status="duplicate", event_id=event.event_id, show_id=known.show_id)
        outcome = await _act(press, entered)
        if event.told is not None:
            await ledger.note(press.session, entered, outcome)
    counts = outcome.status in (EventStatus.ACCEPTED, EventStatus.PARKED)
    return EventReceipt(
        status="accepted" if counts else "ignored", event_id=event.event_id, show_id=outcome.show_id
    )


def _first_outcome(event: EventRead) -> Outcome:
    """What is written down at once: all of it, where there is nothing to do."""
    if event.told is None:
        return Outcome(EventStatus.IGNORED, reason=event.reason)
    return Outcome(EventStatus.ACCEPTED)


async def _act(press: Press, entered: Entered) -> Outcome:
    told = entered.event.told
    if not isinstance(told, SubscriptionOffered):
        return await act_on(press, entered.event)
    await enqueue(press.session, CONFIRM_SUBSCRIPTION, entered.row_id)
    return Outcome(EventStatus.ACCEPTED)


async def _read_again(wiring: Wiring, press: Press, kept: IngestEvent, refused: UnknownShape | None) -> None:
    event = _read(wiring, _json(kept.body)) if refused is None else refused
    if isinstance(event, UnknownShape):
        unread = EventRead(kept.event_id, kept.kind or "", kept.guid, told_at=kept.told_at)
        outcome = Outcome(EventStatus.UNREADABLE, reason=str(event))
        await ledger.note(press.session, Entered(kept.id, unread), outcome)
        return
    entered = Entered(kept.id, event)
    await ledger.note(press.session, entered, await _act(press, entered))


async def _keep_unreadable(session: AsyncSession, letter: Letter, why: UnknownShape) -> None:
    event_id = "unreadable:" + hashlib.sha256(letter.text.encode()).hexdigest()
    outcome = Outcome(EventStatus.UNREADABLE, reason=str(why))
    event = EventRead(event_id, "")
    await ledger.enter(session, event, letter.text, outcome)


async def _refusal(letter: Letter, signatures: SnsSignatures | None) -> UnknownShape | None:
    """Why a message of SNS is not believed. What came with our key otherwise needs no signature."""
    if signatures is None or not isinstance(letter.content, dict) or not is_sns(letter.content):
        return None
    try:
        await signatures.check(letter.content)
    except UnknownShape as refusal:
        return refusal
    return None


def _read(wiring: Wiring, content: object) -> EventRead | UnknownShape:
    try:
        return read_event(content, MediaPlaces.from_settings(wiring.settings))
    except UnknownShape as unknown:
        return unknown


@asynccontextmanager
async def _press(wiring: Wiring) -> AsyncIterator[Press]:
    """What events are acted on with, in a transaction."""
    async with wiring.database.transaction() as session:
        yield Press(session, wiring.cache, MediaAddresses.from_settings(wiring.settings), wiring.analyser)


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
