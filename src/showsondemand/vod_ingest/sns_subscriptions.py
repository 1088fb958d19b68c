"""Says yes to a topic of SNS that asks whether this address wants its messages."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from showsondemand.adapters.fetcher.port import FetchFailed
from showsondemand.jobs import enqueue
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.errors import EventNotFound
from showsondemand.vod_ingest.event_shapes.sns import is_of_sns, read_sns
from showsondemand.vod_ingest.models import EventStatus
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
CONFIRM_SUBSCRIPTION = "confirm_subscription"
_ASKED_FOR = timedelta(days=3)  # as long as SNS waits for an answer
_PAUSE = timedelta(minutes=5)
_MOST_ANSWER_BYTES = 64 * 1024
_OK = 200


async def confirm_subscription(wiring: Wiring, row_id: UUID) -> None:
    """Asks for the address that the kept event names, until SNS has answered. Twice does no harm."""
    try:
        async with wiring.database.transaction() as session:
            kept = await queries.event(session, row_id)
    except EventNotFound:
        return
    url = read_sns(json.loads(kept.body)).SubscribeURL
    if url is None or not is_of_sns(url) or kept.status != EventStatus.ACCEPTED:
        return
    try:
        answer = await wiring.fetcher.fetch(url, most_bytes=_MOST_ANSWER_BYTES)
        failure = None if answer.status == _OK else f"SNS answered {answer.status}"
    except FetchFailed as error:
        failure = error.detail
    if failure is None:
        _log.info("subscribed to a topic", event_id=kept.event_id)
        return
    _log.warning("not subscribed to a topic", event_id=kept.event_id, reason=failure)
    if datetime.now(UTC) - kept.received_at < _ASKED_FOR:
        async with wiring.database.transaction() as session:
            await enqueue(session, CONFIRM_SUBSCRIPTION, row_id, after=_PAUSE)
