"""What admins want done with subscriptions and with what could not be delivered."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.errors import DeliveryNotFound, SubscriptionNotFound
from showsondemand.admin.notifications import queries
from showsondemand.admin.notifications.announcing import DELIVER
from showsondemand.admin.notifications.models import Delivery, DeliveryState, Subscription
from showsondemand.admin.notifications.schemas import NewSubscription
from showsondemand.jobs import enqueue
from showsondemand.pagination import Cursors
from showsondemand.tokens import Caller

_SUBSCRIPTIONS, _DELIVERIES = "notification-subscriptions", "notification-deliveries"


async def subscribe(session: AsyncSession, new: NewSubscription, *, admin: Caller) -> Subscription:
    """A new subscription; what happened before is not told."""
    subscription = Subscription(
        channel=new.channel.value,
        target=new.target,
        events=sorted({event.value for event in new.events}),
        created_by=admin.user_id,
    )
    session.add(subscription)
    await session.flush()
    return subscription


async def unsubscribe(session: AsyncSession, subscription_id: UUID) -> None:
    """Nothing more is told, and what is on its way is dropped. Raises ``SubscriptionNotFound``."""
    subscription = await queries.subscription(session, subscription_id)
    if subscription is None:
        raise SubscriptionNotFound
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
    session: AsyncSession, cursors: Cursors, state: DeliveryState | None, *, limit: int, cursor: str | None
) -> tuple[list[Delivery], str | None]:
    """What was told or is to be, newest first, and the cursor of the next page. Raises ``ForeignCursor``."""
    listing = f"{_DELIVERIES}:{state}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.page_of_deliveries(session, state, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(listing, [found[limit - 1].id]) if more else None


async def replay(session: AsyncSession, delivery_id: UUID) -> Delivery:
    """Tells it once more, under the same id, whatever became of it. Raises ``DeliveryNotFound``."""
    delivery = await queries.delivery_to_change(session, delivery_id)
    if delivery is None:
        raise DeliveryNotFound
    delivery.state, delivery.failure, delivery.held_until = DeliveryState.PENDING.value, None, None
    delivery.attempts, delivery.begun_at = 0, datetime.now(UTC)
    await enqueue(session, DELIVER, delivery_id)
    await session.flush()
    return delivery
