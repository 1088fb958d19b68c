"""Reads of subscriptions and deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.notifications.models import Delivery, DeliveryState, Event, Subscription


async def subscriptions_to(session: AsyncSession, event: Event) -> list[Subscription]:
    """Who wants to be told of the event."""
    return list(
        await session.scalars(select(Subscription).where(Subscription.events.contains([event.value])))
    )


async def page_of_subscriptions(
    session: AsyncSession, *, limit: int, after: Sequence[Any] | None
) -> list[Subscription]:
    """Subscriptions, newest first, after the one with the id given."""
    query = select(Subscription).order_by(Subscription.id.desc()).limit(limit)
    if after is not None:
        query = query.where(Subscription.id < UUID(after[0]))
    return list(await session.scalars(query))


@dataclass(frozen=True)
class DeliveryFilters:
    """Which deliveries are asked for."""

    state: DeliveryState | None = None
    event: Event | None = None
    subscription_id: UUID | None = None

    @property
    def name(self) -> str:
        return f"notification-deliveries:{self.state}:{self.event}:{self.subscription_id}"


async def page_of_deliveries(
    session: AsyncSession, filters: DeliveryFilters, *, limit: int, after: Sequence[Any] | None
) -> list[tuple[Delivery, Subscription]]:
    """Deliveries with whom they are for, newest first, after the one with the id given."""
    query = select(Delivery, Subscription).join(Subscription, Subscription.id == Delivery.subscription_id)
    query = query.order_by(Delivery.id.desc()).limit(limit)
    if filters.state is not None:
        query = query.where(Delivery.state == filters.state.value)
    if filters.event is not None:
        query = query.where(Delivery.event == filters.event.value)
    if filters.subscription_id is not None:
        query = query.where(Delivery.subscription_id == filters.subscription_id)
    if after is not None:
        query = query.where(Delivery.id < UUID(after[0]))
    return [(delivery, subscription) for delivery, subscription in await session.execute(query)]


async def delivery_to_change(session: AsyncSession, delivery_id: UUID) -> Delivery | None:
    """The delivery, locked."""
    return await session.scalar(select(Delivery).where(Delivery.id == delivery_id).with_for_update())


async def subscription(session: AsyncSession, subscription_id: UUID) -> Subscription | None:
    """The subscription with this id."""
    return await session.get(Subscription, subscription_id)
