"""Says that something happened: a delivery for each subscription, in the transaction that made it happen."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.notifications import queries
from showsondemand.admin.notifications.models import Delivery, Event, Subscription
from showsondemand.jobs import enqueue

DELIVER = "deliver_notification"


async def announce(
    session: AsyncSession, event: Event, *, subject_id: UUID, title: str, detail: str = ""
) -> None:
    """Has everybody told who asked for ``event``, once this transaction has committed, and only then.

    ``subject_id`` and ``title`` name the show, or the job of a film that never became one.
    """
    for subscription in await queries.subscriptions_to(session, event):
        await tell(session, subscription, event, subject_id=subject_id, title=title, detail=detail)


async def tell(
    session: AsyncSession,
    subscription: Subscription,
    event: Event,
    *,
    subject_id: UUID,
    title: str,
    detail: str = "",
) -> Delivery:
    """Has one subscription told, once this transaction has committed."""
    delivery = Delivery(
        subscription_id=subscription.id,
        event=event.value,
        payload={
            "occurredAt": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "subject": {"id": str(subject_id), "title": title},
            "detail": detail,
        },
    )
    session.add(delivery)
    await session.flush()
    await enqueue(session, DELIVER, delivery.id)
    return delivery
