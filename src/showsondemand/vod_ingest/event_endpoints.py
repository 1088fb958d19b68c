"""HTTP of the completion hook, for whoever holds its key, and of the ledger, for administrators."""

import base64
import binascii
import hmac
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response, status

from showsondemand.dependencies import ADMINS_ONLY, NobodySignedIn, RoleTooLow, SessionDep, WiringDep
from showsondemand.errors import problem_response, problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.vod_ingest import events
from showsondemand.vod_ingest.errors import (
    CertificateAway,
    EventNotFound,
    EventNotJson,
    EventNotUnderstood,
    HookBusy,
    WebhookKeyRefused,
)
from showsondemand.vod_ingest.event_desk import EventDesk
from showsondemand.vod_ingest.models import EventStatus
from showsondemand.vod_ingest.schemas import EventDetail, EventPage, EventReceipt, EventSummary

router = APIRouter(tags=["vod-ingest"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)
_BODY = {
    "required": True,
    "content": {"application/json": {"schema": {"oneOf": [{"type": "object"}, {"type": "array"}]}}},
}
_BASIC = "basic"
# SNS gives the key that its address carries only to whoever asks for it so.
_ASKING_SNS = {"WWW-Authenticate": 'Basic realm="events"'}


async def _desk(request: Request) -> EventDesk:
    desk: EventDesk = request.app.state.event_desk
    return desk


DeskDep = Annotated[EventDesk, Depends(_desk)]


async def _webhook_key(
    request: Request,
    wiring: WiringDep,
    x_webhook_key: Annotated[str | None, Header(description="One of WEBHOOK_KEY.")] = None,
) -> None:
    """The key is in a header of its own, or, for SNS, which sends none, the password of its address."""
    given = (x_webhook_key or _password(request.headers.get("authorization", ""))).encode()
    # All are compared, so that the time tells nothing of which one came close.
    matches = [hmac.compare_digest(given, key) for key in wiring.settings.webhook.keys]
    if not any(matches):
        is_sns = "x-amz-sns-message-type" in request.headers
        raise WebhookKeyRefused(headers=_ASKING_SNS if is_sns else None)


def _password(authorization: str) -> str:
    """That of HTTP's basic authentication; empty where there is none."""
    scheme, _, credentials = authorization.partition(" ")
    if scheme.lower() != _BASIC:
        return ""
    try:
        return base64.b64decode(credentials, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


@router.post(
    "/internal/vod/events",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(_webhook_key)],
    response_model=EventReceipt,
    openapi_extra={"requestBody": _BODY},
    responses=problems(WebhookKeyRefused, EventNotJson, EventNotUnderstood, HookBusy, CertificateAway),
)
async def receive_event(request: Request, wiring: WiringDep, desk: DeskDep) -> EventReceipt | Response:
    """The completion hook: told at least once, in any order; a completed video becomes exactly one show.

    It reads EventBridge's events of MediaConvert, Step Functions and S3, what the AWS solution "Video on Demand" says
    at the end of a video (bare, in messages of SQS, or posted by SNS), and `Video Completed` events of our own.
    """
    receipt = await events.receive_events(wiring, await request.body(), desk=desk)
    if receipt is None:  # answered, not raised: it was kept
        return problem_response(EventNotUnderstood(), request.scope["path"])
    return receipt


@router.get("/ingest/events", dependencies=[ADMINS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_events(
    session: SessionDep,
    wiring: WiringDep,
    status: Annotated[EventStatus | None, Query()] = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> EventPage:
    """What came in to the completion hook, newest first."""
    found, next_cursor = await events.page_of_events(
        session, wiring.cursors, status, limit=limit, cursor=cursor
    )
    return EventPage(items=[EventSummary.model_validate(event) for event in found], next_cursor=next_cursor)


@router.get(
    "/ingest/events/{event_id}",
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, EventNotFound),
)
async def read_event(event_id: UUID, session: SessionDep) -> EventDetail:
    """One event as it came, with what became of it."""
    return EventDetail.model_validate(await events.event(session, event_id))


@router.post(
    "/ingest/events/{event_id}/replay",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, EventNotFound, CertificateAway),
)
async def replay_event(event_id: UUID, wiring: WiringDep, desk: DeskDep) -> EventDetail:
    """Read a kept event again, as if it had just come: after a setting was mended, say."""
    return EventDetail.model_validate(await events.replay_event(wiring, event_id, desk.signatures))
