"""What somebody wants who watches: play a show, and go on later where it stopped."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.database import Reader
from showsondemand.shows import service as shows
from showsondemand.shows.models import Show
from showsondemand.shows.playback import Stage, Ticket, streams_beside, streams_for, ticket_for
from showsondemand.tokens import Caller
from showsondemand.users import queries
from showsondemand.users.errors import NotWatched
from showsondemand.users.models import WatchProgress

# The contract of PUT /users/me/progress: what is left after this are the credits.
_FINISHED_FRACTION = 0.95


async def start_playback(reader: Reader, caller: Caller, show_id: UUID, stage: Stage) -> Ticket:
    """Where to play the show from, and at which second to go on. Raises ``ShowNotFound``, ``NothingToPlay``."""
    show = await streams_for(reader, caller, show_id, _streams(), {"user_id": caller.user_id})
    return ticket_for(show, caller, stage, resume_position_seconds=show.beside or 0.0)


@cache
def _streams() -> Select[Any]:
    """A show's streams and how far somebody is in them, in one question: half of what two would cost."""
    return streams_beside(queries.resume_position())


async def save_progress(
    session: AsyncSession, caller: Caller, show_id: UUID, *, position_seconds: float
) -> WatchProgress:
    """Remembers the position; past 95 % the show counts as finished. Raises ``ShowNotFound``."""
    show = await shows.show_for(session, caller, show_id)
    values = {
        "position_seconds": _within(show, position_seconds),
        "finished": _is_finished(show, position_seconds),
        "updated_at": datetime.now(UTC),
    }
    saved = await session.execute(
        insert(WatchProgress)
        .values(user_id=caller.user_id, show_id=show_id, **values)
        .on_conflict_do_update(index_elements=[WatchProgress.user_id, WatchProgress.show_id], set_=values)
        .returning(WatchProgress)
    )
    return saved.scalar_one()


async def progress_of(session: AsyncSession, caller: Caller, show_id: UUID) -> WatchProgress:
    """How far the caller has watched the show. Raises ``NotWatched``."""
    progress = await queries.progress_of(session, caller.user_id, show_id)
    if progress is None:
        raise NotWatched
    return progress


async def forget_progress(session: AsyncSession, caller: Caller, show_id: UUID) -> None:
    """The show counts as never watched."""
    progress = await queries.progress_of(session, caller.user_id, show_id)
    if progress is not None:
        await session.delete(progress)


def _within(show: Show, position_seconds: float) -> float:
    return min(position_seconds, show.duration_seconds) if show.duration_seconds else position_seconds


def _is_finished(show: Show, position_seconds: float) -> bool:
    return bool(show.duration_seconds) and position_seconds > _FINISHED_FRACTION * (
        show.duration_seconds or 0
    )
