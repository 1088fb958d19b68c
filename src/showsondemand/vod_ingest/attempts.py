"""One attempt at a job, as its row sees it: begun, reported on, given up."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.completion import AttemptSuperseded
from showsondemand.vod_ingest.errors import IngestJobNotFound
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob, JobState
from showsondemand.vod_ingest.queueing import has_room, let_next_begin, queue_again

# docs/security.md, limits: three attempts, 30 s and 120 s apart.
MOST_FAILURES = 3
_FIRST_DELAY = timedelta(seconds=30)
_DELAY_GROWTH = 4
# A film that takes its worker down each time must not do so for ever; deploys and power cuts are far fewer.
MOST_INTERRUPTIONS = 25


@dataclass(frozen=True)
class Attempt:
    """Which attempt at which job this is, and what it works on."""

    job_id: UUID
    number: int
    source_key: str
    title: str

    @property
    def media_key(self) -> str:
        """The folder of this attempt alone: what another one wrote is never touched."""
        return f"{MEDIA_SETS}/{self.job_id}/{self.number}"


@dataclass(frozen=True)
class Failure:
    """Why an attempt ended. ``may_pass`` says whether another one has a chance."""

    code: str
    detail: str
    log_tail: str = ""
    may_pass: bool = True


async def begin_attempt(session: AsyncSession, job_id: UUID) -> Attempt | None:
    """The next attempt; ``None`` when there is nothing to do, because the job has ended or is gone."""
    try:
        job = await queries.job_to_change(session, job_id)
    except IngestJobNotFound:
        return None
    if job.state not in UNDER_WAY:
        return None
    if not await has_room(session, job):
        return None
    number = job.begin_attempt()
    if job.interruptions > MOST_INTERRUPTIONS:
        lost = Failure("worker_lost", "The worker died each time it worked on this film.")
        await _fail(session, job, lost)
        return None
    return Attempt(job_id, number, job.source_key, job.title)


@dataclass(frozen=True)
class Progress:
    """How far an attempt is: ``fraction`` from 0 to 1, ``speed`` in film seconds a second, if known."""

    stage: str
    fraction: float
    speed: float | None = None
    seconds_left: float | None = None


async def report(session: AsyncSession, attempt: Attempt, progress: Progress) -> None:
    """Writes down how far the attempt is. Raises ``AttemptSuperseded`` when it should stop."""
    written = await session.execute(
        update(IngestJob)
        .where(
            IngestJob.id == attempt.job_id,
            IngestJob.attempts == attempt.number,
            IngestJob.state == JobState.RUNNING,
        )
        .values(
            stage=progress.stage,
            progress=min(max(progress.fraction, 0.0), 1.0),
            speed=progress.speed,
            seconds_left=progress.seconds_left,
        )
        .returning(IngestJob.id)
    )
    if written.scalar_one_or_none() is None:
        raise AttemptSuperseded


async def give_up(session: AsyncSession, attempt: Attempt, failure: Failure) -> None:
    """Ends the attempt: another one later if that may help, otherwise the job has failed."""
    job = await queries.job_to_change(session, attempt.job_id)
    if job.attempts == attempt.number and job.state == JobState.RUNNING:
        await end_badly(session, job, failure)


async def end_badly(session: AsyncSession, job: IngestJob, failure: Failure) -> None:
    """As ``give_up``, for the newest attempt of a job that is locked and has not ended."""
    job.keep_last_words(code=failure.code, detail=failure.detail, log_tail=failure.log_tail)
    if failure.may_pass and job.failures + 1 < MOST_FAILURES:
        delay = _FIRST_DELAY * _DELAY_GROWTH**job.failures
        job.wait_again()
        await queue_again(session, job, after=delay)
        return
    await _fail(session, job, failure)


async def _fail(session: AsyncSession, job: IngestJob, failure: Failure) -> None:
    """The job ends without a show: whoever waits for that is told, and the next film begins."""
    job.fail(code=failure.code, detail=failure.detail)
    await announce(
        session, Event.INGEST_FAILED, subject_id=job.id, title=job.source_name, detail=failure.detail
    )
    await let_next_begin(session, job.owner_id)
