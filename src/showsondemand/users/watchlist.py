"""What somebody keeps for later: shows on their list, and shows they have begun."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.pagination import Cursors
from showsondemand.shows import service as shows
from showsondemand.shows.models import Show
from showsondemand.tokens import Caller
from showsondemand.users import queries
from showsondemand.users.models import WatchlistEntry, WatchProgress


async def list_show(session: AsyncSession, caller: Caller, show_id: UUID) -> None:
    """Puts a show on the caller's list; one that is there keeps its place. Raises ``ShowNotFound``."""
    await shows.show_for(session, caller, show_id)
    await session.execute(
        insert(WatchlistEntry).values(user_id=caller.user_id, show_id=show_id).on_conflict_do_nothing()
    )


async def unlist_show(session: AsyncSession, caller: Caller, show_id: UUID) -> None:
    """The show is not on the caller's list, whether it was or not."""
    await session.execute(
        delete(WatchlistEntry).where(
            WatchlistEntry.user_id == caller.user_id, WatchlistEntry.show_id == show_id
        )
    )


async def page_of_listed(
    session: AsyncSession, cursors: Cursors, caller: Caller, *, limit: int, cursor: str | None
) -> tuple[list[tuple[WatchlistEntry, Show]], str | None]:
    """The caller's list, newest first, without what the caller may not see now. Raises ``ForeignCursor``."""
    listing = f"watchlist:{caller.user_id}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.listed(
        session, caller.user_id, shows.visible_ids(caller), limit=limit + 1, after=after
    )
    more = len(found) > limit
    last = found[limit - 1] if more else None
    by_id = await shows.shows_with_ids(session, [entry.show_id for entry in found[:limit]])
    return (
        [(entry, by_id[entry.show_id]) for entry in found[:limit]],
        cursors.write(listing, _position(last.added_at, last.show_id)) if last else None,
    )


async def page_of_watched(
    session: AsyncSession, cursors: Cursors, caller: Caller, *, limit: int, cursor: str | None
) -> tuple[list[tuple[WatchProgress, Show]], str | None]:
    """What the caller has watched, latest first, without what they may not see now. Raises ``ForeignCursor``."""
    listing = f"progress:{caller.user_id}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.watched(
        session, caller.user_id, shows.visible_ids(caller), limit=limit + 1, after=after
    )
    more = len(found) > limit
    last = found[limit - 1] if more else None
    by_id = await shows.shows_with_ids(session, [progress.show_id for progress in found[:limit]])
    return (
        [(progress, by_id[progress.show_id]) for progress in found[:limit]],
        cursors.write(listing, _position(last.updated_at, last.show_id)) if last else None,
    )


def _position(moment: datetime, show_id: UUID) -> Sequence[Any]:
    return moment.isoformat(), str(show_id)
