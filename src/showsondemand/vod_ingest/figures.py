"""How films and events fare, in a few numbers for whoever watches over the service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.vod_ingest.models import UNDER_WAY, EventStatus, IngestEvent, IngestJob, JobState

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True)
class IngestFigures:
    """Jobs under way and those that ended within a day, by state; film seconds a second; an hour's events by status.

    Every state and status is there, with nought where there is none: a rule that sets two numbers against each other
    says nothing at all while one of them is missing.
    """

    jobs: Mapping[str, int]
    slowest_speed: float | None
    events: Mapping[str, int]


async def ingest_figures(session: AsyncSession) -> IngestFigures:
    now = datetime.now(UTC)
    state, status = IngestJob.state, IngestEvent.status
    ended_lately = IngestJob.finished_at > now - _DAY
    jobs = await session.execute(
        select(state, func.count()).where(state.in_(UNDER_WAY) | ended_lately).group_by(state)
    )
    slowest = await session.scalar(select(func.min(IngestJob.speed)).where(state == JobState.RUNNING))
    events = await session.execute(
        select(status, func.count()).where(IngestEvent.received_at > now - _HOUR).group_by(status)
    )
    return IngestFigures(
        dict.fromkeys(map(str, JobState), 0) | {str(name): int(count) for name, count in jobs},
        slowest,
        dict.fromkeys(map(str, EventStatus), 0) | {str(name): int(count) for name, count in events},
    )
