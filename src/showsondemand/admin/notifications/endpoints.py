"""HTTP of notifications: for admins only."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response, status

from showsondemand.admin.errors import DeliveryNotFound, SubscriptionNotFound
from showsondemand.admin.notifications import subscribing, wording
from showsondemand.admin.notifications.delivering import SIGNING_PURPOSE
from showsondemand.admin.notifications.models import Channel, Delivery, DeliveryState, Event, Subscription
from showsondemand.admin.notifications.queries import DeliveryFilters
from showsondemand.admin.notifications.schemas import (
    DeliveryDetail,
    DeliveryPage,
    NewSubscription,
    NewSubscriptionDetail,
    SubscriptionDetail,
    SubscriptionPage,
)
from showsondemand.dependencies import (
    ADMINS_ONLY,
    WRITES_TO_PEOPLE,
    AdminDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery

router = APIRouter(prefix="/notifications", tags=["admin"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)


@router.get("/subscriptions", dependencies=[ADMINS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_subscriptions(
    session: SessionDep, wiring: WiringDep, limit: LimitQuery = DEFAULT_LIMIT, cursor: CursorQuery = None
) -> SubscriptionPage:
    """Who is told of what, newest first."""
    found, next_cursor = await subscribing.page_of_subscriptions(
        session, wiring.cursors, limit=limit, cursor=cursor
    )
    items = [SubscriptionDetail.model_validate(each) for each in found]
    return SubscriptionPage(items=items, next_cursor=next_cursor)


@router.post(
    "/subscriptions",
    status_code=status.HTTP_201_CREATED,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(*_TURNED_AWAY),
)
async def subscribe(
    new: NewSubscription, admin: AdminDep, session: SessionDep, wiring: WiringDep, response: Response
) -> NewSubscriptionDetail:
    """Have somebody told from now on. A webhook's `secret` is shown this once: it signs `X-Sod-Signature`."""
    made = await subscribing.subscribe(session, new, admin=admin)
    secret = None
    if new.channel is Channel.WEBHOOK:
        secret = wording.webhook_secret(wiring.keys.key(SIGNING_PURPOSE), made.id)
    response.headers["Location"] = f"/notifications/subscriptions/{made.id}"
    detail = SubscriptionDetail.model_validate(made)
    return NewSubscriptionDetail(**detail.model_dump(by_alias=False), secret=secret)


@router.delete(
    "/subscriptions/{subscription_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, SubscriptionNotFound),
)
async def unsubscribe(subscription_id: UUID, session: SessionDep) -> None:
    """Tell nothing more."""
    await subscribing.unsubscribe(session, subscription_id)


@router.post(
    "/subscriptions/{subscription_id}/test",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, SubscriptionNotFound),
)
async def send_test(subscription_id: UUID, session: SessionDep) -> DeliveryDetail:
    """Have a test told, to see that it arrives; the deliveries say what became of it."""
    return _delivery(*await subscribing.send_test(session, subscription_id))


@router.get("/deliveries", dependencies=[ADMINS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_deliveries(
    session: SessionDep,
    wiring: WiringDep,
    state: Annotated[DeliveryState | None, Query()] = None,
    event: Annotated[Event | None, Query()] = None,
    subscription: Annotated[UUID | None, Query(description="The id of one.")] = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> DeliveryPage:
    """What was told or is to be, newest first."""
    found, next_cursor = await subscribing.page_of_deliveries(
        session, wiring.cursors, DeliveryFilters(state, event, subscription), limit=limit, cursor=cursor
    )
    return DeliveryPage(items=[_delivery(*each) for each in found], next_cursor=next_cursor)


@router.post(
    "/deliveries/{delivery_id}/replay",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, DeliveryNotFound),
)
async def replay_delivery(delivery_id: UUID, session: SessionDep) -> DeliveryDetail:
    """Tell it once more, under the same id."""
    return _delivery(*await subscribing.replay(session, delivery_id))


def _delivery(delivery: Delivery, subscription: Subscription) -> DeliveryDetail:
    return DeliveryDetail(
        id=delivery.id,
        subscription_id=subscription.id,
        channel=Channel(subscription.channel),
        target=subscription.target,
        event=Event(delivery.event),
        title=delivery.payload["subject"]["title"],
        state=DeliveryState(delivery.state),
        attempts=delivery.attempts,
        failure=delivery.failure,
        created_at=delivery.created_at,
        delivered_at=delivery.delivered_at,
    )
