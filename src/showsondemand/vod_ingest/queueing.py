"""Whose film comes next: by priority, then in turns between owners, and no owner with more than two at once.

Turns are those of start-time fair queueing: a job's turn comes after the turn that is being served and after the
owner's last one. So whoever sends a hundred films does not keep the one film of another waiting, and whoever sends
one film after the other does not keep the hundred waiting either.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.jobs import enqueue, reprioritize
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.models import IngestJob, JobState, Priority

TRANSCODE_FILM = "transcode_film"
MOST_RUNNING = 2  # of one owner: docs/security.md, limits
# The queue serves the highest number first. A billion turns lie between one priority and the next.
_RANK = {Priority.LOW: -1_000_000_000, Priority.NORMAL: 0, Priority.HIGH: 1_000_000_000}


async def queue_up(session: AsyncSession, job: IngestJob) -> None:
    """Gives a job its turn, and its place in the queue once this commits."""
    job.turn = await queries.turn_after(session, job.owner_id) + 1
    job.parked_at = None
    await _enqueue(session, job)


async def queue_again(session: AsyncSession, job: IngestJob, *, after: timedelta) -> None:
    """A place for another attempt, at the job's old turn, and room for the owner's next meanwhile."""
    await _enqueue(session, job, after=after)
    await let_next_begin(session, job.owner_id)


async def has_room(session: AsyncSession, job: IngestJob) -> bool:
    """Whether the job may begin now. If not it is parked: out of the queue, until one of its owner's has ended."""
    if job.state == JobState.RUNNING:  # its worker died, its room is still its own
        return True
    await queries.one_owner_at_a_time(session, job.owner_id)
    if await queries.count_running(session, job.owner_id) < MOST_RUNNING:
        return True
    job.parked_at = datetime.now(UTC)
    return False


async def let_next_begin(session: AsyncSession, owner_id: UUID | None) -> None:
    """To be called by every transaction that ends a job or changes a waiting one: queues one that was parked."""
    await queries.one_owner_at_a_time(session, owner_id)
    if await queries.count_running(session, owner_id) >= MOST_RUNNING:
        return
    job = await queries.next_parked(session, owner_id)
    if job is not None:
        job.parked_at = None
        await _enqueue(session, job)


async def change_priority(session: AsyncSession, job: IngestJob, priority: Priority) -> None:
    """Moves a job forward or back. Raises ``JobEnded``."""
    job.prioritize(priority)
    await reprioritize(session, TRANSCODE_FILM, job.id, _place(job))
    await let_next_begin(session, job.owner_id)


async def _enqueue(session: AsyncSession, job: IngestJob, *, after: timedelta | None = None) -> None:
    await enqueue(session, TRANSCODE_FILM, job.id, after=after, priority=_place(job))


def _place(job: IngestJob) -> int:
    return _RANK[Priority(job.priority)] - job.turn
