"""The completion hook: an event counts once, is kept whatever it says, and changes what it is about."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.jobs import enqueue
from showsondemand.pagination import Cursors
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.vod_ingest import failed_events, ledger, queries
from showsondemand.vod_ingest.applying import act_on
from showsondemand.vod_ingest.completion import Press
from showsondemand.vod_ingest.errors import EventNotJson, HookBusy
from showsondemand.vod_ingest.event_desk import EventDesk
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
# What takes longer is taken back, kept, and acted on later.
_ACTED_ON_WITHIN_SECONDS = 1.5
_MOST_TELLING_FIRST = ("accepted", "duplicate", "ignored")


async def receive_events(
    wiring: Wiring, body: bytes, *, desk: EventDesk | None = None
) -> EventReceipt | None:
    """Keeps what was posted and does what it says; ``None`` when nothing of it has a known shape.

    A list is so many events, each in a transaction of its own; the receipt is that of the most telling. Without a
    ``desk`` nobody else than ourselves can have sent it, and it is acted on at once. Raises ``EventNotJson``,
    ``HookBusy`` where it takes too long, and ``CertificateAway``. A fault of ours comes out as it is, and is kept.
    """
    try:
        async with asyncio.timeout(_ANSWERED_WITHIN_SECONDS):
            text, content = await _content(wiring, body)
            receipts = [await _receive(wiring, letter, desk) for letter in letters_of(text, content)]
    except TimeoutError as error:
        raise HookBusy from error
    told = [receipt for receipt in receipts if receipt is not None]
    return min(told, key=lambda receipt: _MOST_TELLING_FIRST.index(receipt.status), default=None)


async def replay_event(wiring: Wiring, event_id: UUID, signatures: SnsSignatures) -> IngestEvent:
    """Reads a kept event again, as if it had just come. Raises ``EventNotFound`` and ``CertificateAway``."""
    async with wiring.database.transaction() as session:
        kept = await queries.event(session, event_id)
    refused = await _refusal(_content_of(kept), signatures)
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


async def _receive(wiring: Wiring, letter: Letter, desk: EventDesk | None) -> EventReceipt | None:
    async with failed_events.kept(wiring.database, letter.text):
        refused = await _refusal(letter.content, desk.signatures) if desk is not None else None
        event = _read(wiring, letter.content) if refused is None else refused
    if isinstance(event, UnknownShape):
        async with wiring.database.transaction() as session:
            await ledger.enter_unread(
                session, letter.text, Outcome(EventStatus.UNREADABLE, reason=str(event))
            )
        return None
    async with failed_events.kept(wiring.database, letter.text, event):
        if desk is None or event.told is None:
            return await _take(wiring, letter, event)
        return await _take_or_put_off(wiring, letter, event, desk)


async def _take_or_put_off(wiring: Wiring, letter: Letter, event: EventRead, desk: EventDesk) -> EventReceipt:
    async with desk.turn() as has_turn:
        if has_turn:
            with suppress(TimeoutError):
                async with asyncio.timeout(_ACTED_ON_WITHIN_SECONDS):
                    return await _take(wiring, letter, event)
        return await _put_off(wiring, letter, event, desk)


async def _take(wiring: Wiring, letter: Letter, event: EventRead) -> EventReceipt:
    """Keeps an event and acts on it, both or neither."""
    async with _press(wiring) as press:
        entered = await ledger.enter(press.session, event, letter.text, _first_outcome(event))
        entered = entered or await ledger.take_up_failed(press.session, event)
        if entered is None:
            return await _duplicate(press.session, event)
        outcome = await _act(press, entered)
        if event.told is not None:
            await ledger.note(press.session, entered, outcome)
    counts = outcome.status in (EventStatus.ACCEPTED, EventStatus.PARKED)
    return EventReceipt(
        status="accepted" if counts else "ignored", event_id=event.event_id, show_id=outcome.show_id
    )


async def _put_off(wiring: Wiring, letter: Letter, event: EventRead, desk: EventDesk) -> EventReceipt:
    """Keeps an event, to be acted on when others have been."""
    is_first = await desk.batches.keep(event, letter.text)
    if not is_first:
        async with wiring.database.transaction() as session:
            if await ledger.take_up_failed(session, event) is None:
                return await _duplicate(session, event)
    desk.put_off()
    return EventReceipt(status="accepted", event_id=event.event_id)


async def _duplicate(session: AsyncSession, event: EventRead) -> EventReceipt:
    show_id = await ledger.note_repeated(session, event)
    return EventReceipt(status="duplicate", event_id=event.event_id, show_id=show_id)


async def act_on_received(wiring: Wiring, taken: list[UUID]) -> bool:
    """Acts on the event that has waited longest, whose row is added to ``taken``; false when none waits."""
    async with _press(wiring) as press:
        kept = await queries.next_received_event(press.session)
        if kept is None:
            return False
        taken.append(kept.id)
        await _read_again(wiring, press, kept, None)
        return True


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
    event = _read(wiring, _content_of(kept)) if refused is None else refused
    if isinstance(event, UnknownShape):
        unread = EventRead(kept.event_id, kept.kind or "", kept.guid, told_at=kept.told_at)
        outcome = Outcome(EventStatus.UNREADABLE, reason=str(event))
        await ledger.note(press.session, Entered(kept.id, unread), outcome)
        return
    entered = Entered(kept.id, event)
    await ledger.note(press.session, entered, await _act(press, entered))


async def _refusal(content: object, signatures: SnsSignatures) -> UnknownShape | None:
    """Why a message of SNS is not believed. What came with our key otherwise needs no signature."""
    if not isinstance(content, dict) or not is_sns(content):
        return None
    try:
        await signatures.check(content)
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


async def _content(wiring: Wiring, body: bytes) -> tuple[str, object]:
    """What was posted, as text and as JSON. Raises ``EventNotJson`` for what is none, once it is kept."""
    try:
        text = body.decode()
        return text, _json(text)
    except (UnicodeDecodeError, EventNotJson) as error:
        async with wiring.database.transaction() as session:
            readable = body.decode(errors="backslashreplace")
            await ledger.enter_unread(session, readable, Outcome(EventStatus.UNREADABLE, reason="no JSON"))
        raise EventNotJson from error


def _content_of(kept: IngestEvent) -> object:
    """JSON of a kept event; ``None``, which is no event, where it never was any."""
    try:
        return _json(kept.body)
    except EventNotJson:
        return None


def _json(text: str) -> object:
    try:
        message: object = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise EventNotJson from error
    return message


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
