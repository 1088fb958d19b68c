"""What somebody wants who watches: play a show, and go on later where it stopped."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from showsondemand.database import Reader
from showsondemand.shows import service as shows
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.playback import Stage, Ticket, streams_beside, streams_for, ticket_for
from showsondemand.tokens import Caller
from showsondemand.users import queries
from showsondemand.users.errors import NotWatched
from showsondemand.users.models import WatchProgress


async def start_playback(reader: Reader, caller: Caller, show_id: UUID, stage: Stage) -> Ticket:
    """Where to play the show from, and at which second to go on. Raises ``ShowNotFound``, ``NothingToPlay``."""
    show = await streams_for(reader, caller, show_id, _streams(), {"watcher": caller.user_id})
    return ticket_for(show, caller, stage, resume_position_seconds=show.beside or 0.0)


@cache
def _streams() -> Select[Any]:
    """A show's streams and how far somebody is in them, in one question: half of what two would cost."""
    return streams_beside(queries.resume_position())


async def save_progress(
    reader: Reader, caller: Caller, show_id: UUID, *, position_seconds: float
) -> Row[Any]:
    """Remembers the position; past 95 % the show counts as finished. Raises ``ShowNotFound``.

    Each player says it every few seconds: one statement, which is a transaction by itself.
    """
    asked = {
        "watcher": caller.user_id,
        "of_show": show_id,
        "position": position_seconds,
        "now": datetime.now(UTC),
    }
    saved: Row[Any] | None = (await reader.execute(_saving(is_staff=caller.is_staff), asked)).one_or_none()
    if saved is None:
        raise ShowNotFound
    return saved


@cache
def _saving(*, is_staff: bool) -> ReturningInsert[Any]:
    return queries.progress_saved(shows.length_for(is_staff=is_staff))


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
