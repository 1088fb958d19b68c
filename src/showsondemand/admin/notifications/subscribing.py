"""What admins want done with subscriptions and with what could not be delivered."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.admin.errors import DeliveryNotFound, SubscriptionNotFound
from showsondemand.admin.notifications import queries
from showsondemand.admin.notifications.announcing import DELIVER, tell
from showsondemand.admin.notifications.models import Delivery, DeliveryState, Event, Subscription
from showsondemand.admin.notifications.queries import DeliveryFilters
from showsondemand.admin.notifications.schemas import NewSubscription
from showsondemand.audit import Action, Target
from showsondemand.jobs import enqueue
from showsondemand.pagination import Cursors
from showsondemand.reader_language import language_of_request
from showsondemand.tokens import Caller

_SUBSCRIPTIONS = "notification-subscriptions"


async def subscribe(session: AsyncSession, new: NewSubscription, *, admin: Caller) -> Subscription:
    """A new subscription; what happened before is not told.

    People are told in the language of the request that this task answers.
    """
    subscription = Subscription(
        channel=new.channel.value,
        target=new.target,
        language=language_of_request().value,
        events=sorted({event.value for event in new.events}),
        created_by=admin.user_id,
    )
    session.add(subscription)
    await session.flush()
    await _write_down(session, Action.SUBSCRIBED, subscription)
    return subscription


async def unsubscribe(session: AsyncSession, subscription_id: UUID) -> None:
    """Nothing more is told, and what is on its way is dropped. Raises ``SubscriptionNotFound``."""
    subscription = await queries.subscription(session, subscription_id)
    if subscription is None:
        raise SubscriptionNotFound
    await _write_down(session, Action.UNSUBSCRIBED, subscription)
    await session.delete(subscription)


async def page_of_subscriptions(
    session: AsyncSession, cursors: Cursors, *, limit: int, cursor: str | None
) -> tuple[list[Subscription], str | None]:
    """Subscriptions, newest first, and the cursor of the next page. Raises ``ForeignCursor``."""
    after = cursors.read(_SUBSCRIPTIONS, cursor) if cursor is not None else None
    found = await queries.page_of_subscriptions(session, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(_SUBSCRIPTIONS, [found[limit - 1].id]) if more else None


async def page_of_deliveries(
    session: AsyncSession, cursors: Cursors, filters: DeliveryFilters, *, limit: int, cursor: str | None
) -> tuple[list[tuple[Delivery, Subscription]], str | None]:
    """What was told or is to be and to whom, newest first, and the next page's cursor. Raises ``ForeignCursor``."""
    after = cursors.read(filters.name, cursor) if cursor is not None else None
    found = await queries.page_of_deliveries(session, filters, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(filters.name, [found[limit - 1][0].id]) if more else None


async def send_test(session: AsyncSession, subscription_id: UUID) -> tuple[Delivery, Subscription]:
    """Has a subscription told something that did not happen, to see that it arrives.

    Raises ``SubscriptionNotFound``.
    """
    subscription = await queries.subscription(session, subscription_id)
    if subscription is None:
        raise SubscriptionNotFound
    delivery = await tell(session, subscription, Event.TEST, subject_id=subscription_id, title="Test")
    await session.refresh(delivery)
    return delivery, subscription


async def replay(session: AsyncSession, delivery_id: UUID) -> tuple[Delivery, Subscription]:
    """Tells it once more, under the same id, whatever became of it. Raises ``DeliveryNotFound``."""
    delivery = await queries.delivery_to_change(session, delivery_id)
    subscription = await queries.subscription(session, delivery.subscription_id) if delivery else None
    if delivery is None or subscription is None:
        raise DeliveryNotFound
    delivery.state, delivery.failure, delivery.held_until = DeliveryState.PENDING.value, None, None
    delivery.attempts, delivery.begun_at = 0, datetime.now(UTC)
    await enqueue(session, DELIVER, delivery_id)
    await session.flush()
    return delivery, subscription


async def _write_down(session: AsyncSession, action: Action, subscription: Subscription) -> None:
    """Of what somebody is told and on which way; not where, for the trail holds no addresses."""
    details = {"channel": subscription.channel, "events": subscription.events}
    await audit.record(session, action, target=Target("subscription", subscription.id), details=details)
