"""An attempt that runs at an encoder elsewhere, as its job's row sees it: meant, ordered, asked about.

What is meant is written down before the encoder is asked. Whoever finds a job that was meant and has no encoding does
not know whether one was ordered, and asks for the same attempt again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.attempts import (
    MOST_INTERRUPTIONS,
    Attempt,
    Failure,
    begin_attempt,
    end_badly,
)
from showsondemand.vod_ingest.errors import IngestJobNotFound
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob, JobState
from showsondemand.vod_ingest.queueing import has_room, let_next_begin, queue_again

# An encoder that is away for longer than this, all pauses together, is for a person to look at.
_PAUSES = tuple(timedelta(seconds=each) for each in (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 3600))


@dataclass(frozen=True)
class Order:
    """An attempt that is to be ordered. ``abandoned`` is the encoding of an earlier one, to be ended."""

    attempt: Attempt
    meant_at: datetime
    is_repeated: bool
    abandoned: str | None = None


async def mean_order(session: AsyncSession, job_id: UUID) -> Order | None:
    """Writes down that the job's film is to be ordered; ``None`` when there is nothing to do.

    An attempt that was meant before and of which it is not known whether it was ordered is meant again.
    """
    try:
        job = await queries.job_to_change(session, job_id)
    except IngestJobNotFound:
        return None
    if job.state not in UNDER_WAY or (job.state == JobState.RUNNING and job.encoding_id is not None):
        return None
    if job.ordered_at is not None and job.encoding_id is None:
        return await _mean_again(session, job, job.ordered_at)
    abandoned = job.encoding_id
    begun = await begin_attempt(session, job_id)
    if begun is None:
        return None
    job.ordered_at, job.encoding_id, job.ordered = datetime.now(UTC), None, None
    return Order(begun, job.ordered_at, is_repeated=False, abandoned=abandoned)


async def _mean_again(session: AsyncSession, job: IngestJob, meant_at: datetime) -> Order | None:
    if not await has_room(session, job):
        return None
    job.go_on_with_attempt()
    if job.interruptions > MOST_INTERRUPTIONS:
        lost = Failure("worker_lost", "The worker died each time it ordered this film.", may_pass=False)
        await end_badly(session, job, lost)
        return None
    attempt = Attempt(job.id, job.attempts, job.source_key, job.title)
    return Order(attempt, meant_at, is_repeated=True)


async def note_made(session: AsyncSession, order: Order, made: dict[str, Any]) -> bool:
    """Writes down what we made for the encoding, which may be done before its order is noted.

    False when nobody wants it any more.
    """
    job = await queries.job_to_change(session, order.attempt.job_id)
    if job.attempts != order.attempt.number or job.state != JobState.RUNNING:
        return False
    job.ordered = made
    return True


async def note_order(session: AsyncSession, order: Order, encoding_id: str) -> bool:
    """Writes down what the encoder calls it; false when nobody wants it any more."""
    job = await queries.job_to_change(session, order.attempt.job_id)
    if job.attempts != order.attempt.number:
        return False
    job.encoding_id, job.heard_at = encoding_id, datetime.now(UTC)
    # What is encoded elsewhere takes no room here: the owner's next may be ordered.
    await let_next_begin(session, job.owner_id)
    return job.state != JobState.CANCELLED


async def come_again(session: AsyncSession, order: Order, reason: str) -> None:
    """The encoder was away: the same attempt later, as long as there is hope."""
    job = await queries.job_to_change(session, order.attempt.job_id)
    if job.attempts != order.attempt.number or job.state != JobState.RUNNING:
        return
    if job.failures >= len(_PAUSES):
        gone = Failure("encoder_away", f"The encoder could not be reached: {reason}", may_pass=False)
        await end_badly(session, job, gone)
        return
    pause = _PAUSES[job.failures]
    job.wait_again()
    await queue_again(session, job, after=pause)


async def give_up_order(session: AsyncSession, order: Order, failure: Failure) -> None:
    """The attempt was not ordered, for certain."""
    job = await queries.job_to_change(session, order.attempt.job_id)
    if job.attempts != order.attempt.number or job.state != JobState.RUNNING:
        return
    job.ordered_at = None
    await end_badly(session, job, failure)
