"""Delivers what lies in the outbox: again and later while a target is away, never by two workers at once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from showsondemand import audit
from showsondemand.adapters.fetcher.port import FetchFailed, FetchFault
from showsondemand.adapters.notifier.port import MailDelayed, MailRefused
from showsondemand.adapters.texts.port import TextDelayed, TextRefused
from showsondemand.admin.notifications import queries, wording
from showsondemand.admin.notifications.announcing import DELIVER
from showsondemand.admin.notifications.models import Channel, Delivery, DeliveryState, Event
from showsondemand.audit import Action, Target
from showsondemand.jobs import enqueue
from showsondemand.reader_language import Language
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
SIGNING_PURPOSE = "notifications"
# Longer than any port lets a sending take: whoever holds a delivery is done or dead after it.
_HOLD = timedelta(seconds=60)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
_MOST_DOUBLINGS = 10
_GIVE_UP_AFTER = timedelta(days=2)
_OK = range(200, 300)
_LONGEST_FAILURE_CHARACTERS = 300


class _Refused(Exception):
    """It will never be taken."""


class _Delayed(Exception):
    """It may be taken later."""


@dataclass(frozen=True)
class _Taken:
    delivery: Delivery
    channel: Channel
    target: str
    language: Language


async def deliver_notification(wiring: Wiring, delivery_id: UUID) -> None:
    """Tells the subscriber, unless that was done, or somebody else is about it."""
    taken = await _take(wiring, delivery_id)
    if taken is None:
        return
    failure: str | None = None
    may_pass = True
    try:
        await _send(wiring, taken)
    except (_Refused, MailRefused, TextRefused) as error:
        failure, may_pass = str(error), False
    except (_Delayed, MailDelayed, TextDelayed, FetchFailed) as error:
        failure = str(error)
    if failure is not None:
        _log.warning(
            "notification not delivered", delivery=str(delivery_id), reason=failure, may_pass=may_pass
        )
    await _write_down(wiring, delivery_id, failure, may_pass=may_pass)


async def _take(wiring: Wiring, delivery_id: UUID) -> _Taken | None:
    now = datetime.now(UTC)
    async with wiring.database.transaction() as session:
        delivery = await queries.delivery_to_change(session, delivery_id)
        if delivery is None or delivery.state != DeliveryState.PENDING:
            return None
        if delivery.held_until is not None and delivery.held_until > now:
            # Its holder may have died: looked at again when the hold is over.
            await enqueue(session, DELIVER, delivery_id, after=delivery.held_until - now)
            return None
        subscription = await queries.subscription(session, delivery.subscription_id)
        if subscription is None:
            return None
        delivery.held_until = now + _HOLD
        delivery.attempts += 1
        channel, language = Channel(subscription.channel), Language(subscription.language)
        return _Taken(delivery, channel, subscription.target, language)


async def _send(wiring: Wiring, taken: _Taken) -> None:
    delivery, language = taken.delivery, taken.language
    if taken.channel is Channel.EMAIL:
        mail = wording.mail(delivery, language, taken.target, wiring.settings.base_url)
        await wiring.notifier.send(mail)
    elif taken.channel is Channel.SMS:
        if wiring.texts is None:
            raise _Refused("Text messages are switched off: SMS_SENDER is not set.")
        await wiring.texts.send(taken.target, wording.text_message(delivery, language))
    else:
        await _call_webhook(wiring, taken)


async def _call_webhook(wiring: Wiring, taken: _Taken) -> None:
    body = wording.webhook_body(taken.delivery)
    key = wiring.keys.key(SIGNING_PURPOSE)
    secret = wording.webhook_secret(key, taken.delivery.subscription_id)
    headers = {
        "Content-Type": "application/json",
        "X-Sod-Event": taken.delivery.event,
        "X-Sod-Delivery": str(taken.delivery.id),
        "X-Sod-Signature": wording.signature(secret, body, datetime.now(UTC)),
    }
    try:
        status = await wiring.webhooks.send(taken.target, body, headers)
    except FetchFailed as failed:
        if failed.fault is FetchFault.ADDRESS_REFUSED:
            await _write_down_blocked(wiring, taken)
        raise
    if status not in _OK:
        raise _Delayed(f"The webhook answered {status}.")


async def _write_down_blocked(wiring: Wiring, taken: _Taken) -> None:
    async with wiring.database.transaction() as session:
        subscription = Target("subscription", taken.delivery.subscription_id)
        await audit.record(session, Action.FETCH_REFUSED, target=subscription, details={"for": "webhook"})


async def _write_down(wiring: Wiring, delivery_id: UUID, failure: str | None, *, may_pass: bool) -> None:
    now = datetime.now(UTC)
    async with wiring.database.transaction() as session:
        delivery = await queries.delivery_to_change(session, delivery_id)
        if delivery is None:
            return
        delivery.held_until = None
        delivery.failure = failure[:_LONGEST_FAILURE_CHARACTERS] if failure else None
        if failure is None:
            delivery.state, delivery.delivered_at = DeliveryState.DELIVERED.value, now
        elif not may_pass or _is_test(delivery) or now > delivery.begun_at + _GIVE_UP_AFTER:
            delivery.state = DeliveryState.FAILED.value
        else:
            await enqueue(session, DELIVER, delivery_id, after=pause_after(delivery.attempts))


def _is_test(delivery: Delivery) -> bool:
    """Somebody waits to see what becomes of it: it is tried once."""
    return delivery.event == Event.TEST


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time, up to an hour."""
    doublings: int = min(attempts - 1, _MOST_DOUBLINGS)
    return min(_FIRST_PAUSE * (1 << doublings), _LONGEST_PAUSE)
