"""Reads of ingest jobs and events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.vod_ingest.errors import EventNotFound, IngestJobNotFound
from showsondemand.vod_ingest.models import EventStatus, IngestEvent, IngestJob, JobState, Priority


async def job(session: AsyncSession, job_id: UUID) -> IngestJob:
    """Raises ``IngestJobNotFound``."""
    found = await session.get(IngestJob, job_id)
    if found is None:
        raise IngestJobNotFound
    return found


async def job_to_change(session: AsyncSession, job_id: UUID) -> IngestJob:
    """The job, locked. Raises ``IngestJobNotFound``."""
    found = await session.get(IngestJob, job_id, with_for_update=True)
    if found is None:
        raise IngestJobNotFound
    return found


async def newest_job_of_film(session: AsyncSession, sha256: str) -> IngestJob | None:
    query = select(IngestJob).where(IngestJob.source_sha256 == sha256)
    return await session.scalar(query.order_by(IngestJob.created_at.desc(), IngestJob.id.desc()).limit(1))


@dataclass(frozen=True)
class JobFilters:
    """Which jobs are asked for: in a state, with ``words`` in the film's name or title, brought by ``owner_id``."""

    state: JobState | None = None
    words: str | None = None
    owner_id: UUID | None = None

    @property
    def name(self) -> str:
        return repr(("ingest jobs", self.state, self.words, self.owner_id))


async def page_of_jobs(
    session: AsyncSession, filters: JobFilters, *, limit: int, after: Sequence[Any] | None
) -> list[IngestJob]:
    """Jobs, newest first, after the job whose creation time and id are given."""
    query = select(IngestJob).order_by(IngestJob.created_at.desc(), IngestJob.id.desc()).limit(limit)
    if filters.state is not None:
        query = query.where(IngestJob.state == filters.state)
    if filters.owner_id is not None:
        query = query.where(IngestJob.owner_id == filters.owner_id)
    if filters.words:
        has_words = (
            column.icontains(filters.words, autoescape=True)
            for column in (IngestJob.source_name, IngestJob.title)
        )
        query = query.where(or_(*has_words))
    if after is not None:
        position = (datetime.fromisoformat(after[0]), UUID(after[1]))
        query = query.where(tuple_(IngestJob.created_at, IngestJob.id) < position)
    return list(await session.scalars(query))


async def turn_after(session: AsyncSession, owner_id: UUID | None) -> int:
    """The later one of two turns: the last that has begun, and the last that the owner waits for."""
    begun = select(func.max(IngestJob.turn)).where(IngestJob.state != JobState.QUEUED)
    awaited = select(func.max(IngestJob.turn)).where(_owned_by(owner_id), IngestJob.state == JobState.QUEUED)
    return (
        await session.scalar(select(func.greatest(begun.scalar_subquery(), awaited.scalar_subquery()))) or 0
    )


async def count_running(session: AsyncSession, owner_id: UUID | None) -> int:
    """Those that keep this service busy: what is encoded elsewhere does not."""
    query = select(func.count()).where(
        _owned_by(owner_id), IngestJob.state == JobState.RUNNING, IngestJob.encoding_id.is_(None)
    )
    return await session.scalar(query) or 0


async def next_parked(session: AsyncSession, owner_id: UUID | None) -> IngestJob | None:
    """The parked job that comes first, locked; one that somebody is changing is passed over."""
    rank = case({Priority.HIGH: 0, Priority.NORMAL: 1}, value=IngestJob.priority, else_=2)
    query = (
        select(IngestJob)
        .where(_owned_by(owner_id), IngestJob.state == JobState.QUEUED, IngestJob.parked_at.is_not(None))
        .order_by(rank, IngestJob.turn, IngestJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).one_or_none()


async def one_owner_at_a_time(session: AsyncSession, owner_id: UUID | None) -> None:
    """Until the end of this transaction no other one comes past this line for the same owner."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:owner, 0))"), {"owner": f"ingest of {owner_id}"}
    )


async def one_word_at_a_time(session: AsyncSession, guid: str) -> None:
    """Until the end of this transaction no other one comes past this line for the same encoding."""
    await session.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:guid, 0))"), {"guid": f"encoding {guid}"}
    )


async def job_of_guid(session: AsyncSession, guid: str) -> IngestJob | None:
    """The job that ``guid`` names, locked; ``None`` where there is none, or ``guid`` is no id of ours."""
    try:
        return await session.get(IngestJob, UUID(guid), with_for_update=True)
    except ValueError:
        return None


async def source_of_guid(session: AsyncSession, guid: str | None) -> str | None:
    """Where the storage keeps the film of the job that ``guid`` names; ``None`` where there is no such job."""
    try:
        return await session.scalar(select(IngestJob.source_key).where(IngestJob.id == UUID(guid or "")))
    except ValueError:
        return None


async def silent_encodings(session: AsyncSession, *, since: datetime, limit: int) -> list[IngestJob]:
    """Jobs that are encoded elsewhere and not heard of ``since``, locked; those that somebody is changing aside."""
    query = (
        select(IngestJob)
        .where(
            IngestJob.state == JobState.RUNNING,
            IngestJob.encoding_id.is_not(None),
            IngestJob.heard_at < since,
        )
        .order_by(IngestJob.heard_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(await session.scalars(query))


async def ids_of_jobs(session: AsyncSession, ids: Iterable[UUID]) -> set[UUID]:
    """Those of ``ids`` that are jobs."""
    return set(await session.scalars(select(IngestJob.id).where(IngestJob.id.in_(list(ids)))))


def _owned_by(owner_id: UUID | None) -> ColumnElement[bool]:
    return IngestJob.owner_id.is_not_distinct_from(owner_id)


async def jobs_with_ids(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, IngestJob]:
    found = await session.scalars(select(IngestJob).where(IngestJob.id.in_(list(ids))))
    return {each.id: each for each in found}


async def next_received_event(session: AsyncSession) -> IngestEvent | None:
    """The event that waits longest for its turn, locked; one that somebody else is at is passed over."""
    query = select(IngestEvent).where(IngestEvent.status == EventStatus.RECEIVED)
    query = query.order_by(IngestEvent.received_at, IngestEvent.id).limit(1)
    return await session.scalar(query.with_for_update(skip_locked=True))


async def event(session: AsyncSession, event_id: UUID) -> IngestEvent:
    """Raises ``EventNotFound``."""
    found = await session.get(IngestEvent, event_id)
    if found is None:
        raise EventNotFound
    return found


async def event_to_replay(session: AsyncSession, event_id: UUID) -> IngestEvent:
    """The event, locked. Raises ``EventNotFound``."""
    found = await session.get(IngestEvent, event_id, with_for_update=True)
    if found is None:
        raise EventNotFound
    return found


async def has_parked_events(session: AsyncSession, guid: str) -> bool:
    return bool(await session.scalar(select(exists().where(*_parked(guid)))))


async def parked_events(session: AsyncSession, guid: str) -> list[IngestEvent]:
    """Those that wait for the encoding ``guid``, in the order in which their senders say that they happened."""
    order = func.coalesce(IngestEvent.told_at, IngestEvent.received_at)
    query = select(IngestEvent).where(*_parked(guid)).order_by(order, IngestEvent.id)
    return list(await session.scalars(query))


async def settle_parked_events(session: AsyncSession, guid: str, show_id: UUID) -> None:
    """Nothing waits any more for a video that is done."""
    await session.execute(
        update(IngestEvent)
        .where(*_parked(guid))
        .values(status=EventStatus.IGNORED.value, show_id=show_id, reason="the video is done")
    )


def _parked(guid: str) -> tuple[ColumnElement[bool], ...]:
    return IngestEvent.status == EventStatus.PARKED, IngestEvent.guid == guid


async def page_of_events(
    session: AsyncSession, status: EventStatus | None, *, limit: int, after: Sequence[Any] | None
) -> list[IngestEvent]:
    """Events, newest first, after the event whose receipt time and id are given."""
    query = select(IngestEvent).order_by(IngestEvent.received_at.desc(), IngestEvent.id.desc()).limit(limit)
    if status is not None:
        query = query.where(IngestEvent.status == status)
    if after is not None:
        position = (datetime.fromisoformat(after[0]), UUID(after[1]))
        query = query.where(tuple_(IngestEvent.received_at, IngestEvent.id) < position)
    return list(await session.scalars(query))


async def counts_of_jobs(session: AsyncSession) -> dict[JobState, int]:
    """How many jobs wait, run and have failed. Those that ended well are not counted: they only ever grow."""
    told = (JobState.QUEUED, JobState.RUNNING, JobState.FAILED)
    query = select(IngestJob.state, func.count()).where(IngestJob.state.in_(told)).group_by(IngestJob.state)
    return {JobState(state): count for state, count in await session.execute(query)}


async def longest_queued(session: AsyncSession) -> datetime | None:
    """When the oldest job that waits was made."""
    return await session.scalar(
        select(func.min(IngestJob.created_at)).where(IngestJob.state == JobState.QUEUED)
    )


async def bytes_of_films(session: AsyncSession) -> int:
    """The size of all films that were taken."""
    return int(await session.scalar(select(func.coalesce(func.sum(IngestJob.source_bytes), 0))) or 0)
