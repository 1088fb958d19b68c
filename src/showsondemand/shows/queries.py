"""Reads of shows."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    ScalarSelect,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.database import Reader
from showsondemand.shows import rows
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.listing import (
    NOW,
    Filters,
    conditions,
    deleted_order,
    order_of,
    plain,
    visible_to_viewers,
    waiting_order,
)
from showsondemand.shows.models import Copied, Show
from showsondemand.shows.rows import ShowRow
from showsondemand.shows.states import ShowState

_OF_SHOW = Show.id == bindparam("of_show", type_=Show.id.type)
_OF_STREAMS = (
    Show.id,
    Show.hls_url,
    Show.dash_url,
    Show.storyboard_url,
    Show.captions,
    Show.available_until,
    Show.ingest_guid,
)


async def any_show(session: AsyncSession, show_id: UUID) -> Show:
    """The show in whatever state, unless it was deleted. Raises ``ShowNotFound``."""
    return await _one(session, select(Show).where(Show.id == show_id, Show.deleted_at.is_(None)))


async def show_to_change(session: AsyncSession, show_id: UUID) -> Show:
    """The show, locked: of two changes at one instant the second sees the first. Raises ``ShowNotFound``."""
    return await _one(
        session, select(Show).where(Show.id == show_id, Show.deleted_at.is_(None)).with_for_update()
    )


async def deleted_show(session: AsyncSession, show_id: UUID, *, since: datetime) -> Show:
    """A show that was deleted after ``since``, locked. Raises ``ShowNotFound``."""
    return await _one(
        session, select(Show).where(Show.id == show_id, Show.deleted_at > since).with_for_update()
    )


async def show_of_ingest(session: AsyncSession, guid: str) -> Show | None:
    """The show that the encoding ``guid`` made, deleted or not."""
    return await session.scalar(select(Show).where(Show.ingest_guid == guid).with_for_update())


async def draft_of_ingest(session: AsyncSession, guid: str) -> Show:
    """The show of an encoding that is known to be there, locked."""
    return await _one(session, select(Show).where(Show.ingest_guid == guid).with_for_update())


def ids_of(filters: Filters, now: datetime) -> Select[UUID]:
    """The ids of ``filters``' shows, for a query of another context to ask within."""
    return select(Show.id).where(*conditions(filters, now))


async def shows_with_ids(session: AsyncSession, show_ids: Collection[UUID]) -> dict[UUID, Show]:
    """The shows, by their ids, in whatever state."""
    found = await session.scalars(select(Show).where(Show.id.in_(show_ids)))
    return {show.id: show for show in found}


def streams_beside(beside: ScalarSelect[Any]) -> Select[Any]:
    """What playing a show takes, whether viewers may at ``NOW``, and an answer about it from another context.

    For any show that is not deleted: of ``:of_show``, by which ``beside`` finds its answer too. To be built once.
    """
    may_view = and_(*visible_to_viewers(NOW)).label("is_available")
    return select(*_OF_STREAMS, may_view, beside.label("beside")).where(_OF_SHOW, Show.deleted_at.is_(None))


def length_beside(*, is_hidden_shown: bool) -> Select[UUID, float | None]:
    """``(id, duration_seconds)`` of ``:of_show``, where viewers may see it at ``NOW``, or anybody may see it at all.

    For a statement of another context to ask within; to be built once.
    """
    shown = [Show.deleted_at.is_(None)] if is_hidden_shown else visible_to_viewers(NOW)
    return select(Show.id, Show.duration_seconds).where(_OF_SHOW, *shown)


async def titles_of(session: AsyncSession, show_ids: Collection[UUID]) -> dict[UUID, str]:
    """Whatever their state."""
    found = await session.execute(select(Show.id, Show.title).where(Show.id.in_(show_ids)))
    return {show.id: show.title for show in found}


async def page_of_shows(
    reader: Reader, filters: Filters, *, now: datetime, limit: int, after: Sequence[Any] | None
) -> tuple[Sequence[ShowRow], list[Any] | None]:
    """One page in ``filters.sort`` order after the position ``after``, and the position of the next, if any."""
    statement = _page(filters.shape, is_later=after is not None)
    return await rows.page_of(reader, statement, filters.values(now), limit=limit, after=after)


@lru_cache(maxsize=256)
def _page(shape: Filters, *, is_later: bool) -> Select[Any]:
    return rows.statement(order_of(shape), conditions(shape, NOW), is_later=is_later)


async def page_in_review(
    session: AsyncSession, *, limit: int, after: Sequence[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """One page of the shows in review, the longest waiting first, and the position of the next, if any."""
    order = waiting_order()
    filters = Filters(states=frozenset({ShowState.IN_REVIEW}))
    query = (
        select(Show).where(*conditions(filters, datetime.now(UTC))).order_by(*order.clauses).limit(limit + 1)
    )
    if after is not None:
        query = query.where(order.beyond(after))
    found = list(await session.scalars(query))
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], [plain(last.in_review_at), plain(last.id)] if last else None


async def page_of_deleted(
    session: AsyncSession, *, since: datetime, limit: int, after: Sequence[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """One page of the shows that were deleted after ``since``, the last first, and the position of the next, if any."""
    order = deleted_order()
    query = select(Show).where(Show.deleted_at > since).order_by(*order.clauses).limit(limit + 1)
    if after is not None:
        query = query.where(order.beyond(after))
    found = list(await session.scalars(query))
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], [plain(last.deleted_at), plain(last.id)] if last else None


async def counts_by_state(session: AsyncSession) -> dict[ShowState, int]:
    """How many shows are in each state. It reads an index from end to end: not for every request."""
    counted = select(Show.state, func.count()).where(Show.deleted_at.is_(None)).group_by(Show.state)
    return {ShowState(state): count for state, count in await session.execute(counted)}


async def longest_in_review(session: AsyncSession) -> datetime | None:
    """Since when the show waits that waits longest for a verdict."""
    waiting = and_(
        Show.state == literal(ShowState.IN_REVIEW.value, literal_execute=True), Show.deleted_at.is_(None)
    )
    return await session.scalar(select(func.min(Show.in_review_at)).where(waiting))


async def made_a_day(session: AsyncSession, since: datetime) -> dict[date, int]:
    """How many shows were made on each day (UTC) since then; days without any are left out."""
    day = cast(func.timezone("UTC", Show.created_at), Date)
    query = select(day, func.count()).where(Show.created_at >= since, Show.deleted_at.is_(None)).group_by(day)
    return {when: int(count) for when, count in await session.execute(query)}


async def next_window_change(reader: Reader, now: datetime) -> datetime | None:
    """When next an availability window of an approved show opens or closes."""
    listed = and_(Show.state == ShowState.AVAILABLE, Show.deleted_at.is_(None))
    opens = select(func.min(Show.available_from)).where(listed, Show.available_from > now)
    closes = select(func.min(Show.available_until)).where(listed, Show.available_until > now)
    return await reader.scalar(select(func.least(opens.scalar_subquery(), closes.scalar_subquery())))


async def _one(session: AsyncSession, query: Select[Show]) -> Show:
    show = await session.scalar(query)
    if show is None:
        raise ShowNotFound
    return show


async def has_media_below(session: AsyncSession, address: str, *, restorable_since: datetime) -> bool:
    """Whether a show, unless deleted before ``restorable_since``, plays or shows something below ``address``."""
    below = [
        column.startswith(address, autoescape=True)
        for column in (Show.hls_url, Show.dash_url, Show.poster_url, Show.storyboard_url)
    ]
    lists = [
        cast(column, Text).contains(f'"{address}', autoescape=True)
        for column in (Show.captions, Show.poster_copies)
    ]
    kept = or_(Show.deleted_at.is_(None), Show.deleted_at > restorable_since)
    return bool(await session.scalar(select(exists().where(kept, or_(*below, *lists)))))


async def ids_without_copies(
    session: AsyncSession, address: str, widths: Collection[int], *, limit: int
) -> Sequence[UUID]:
    """Shows whose poster begins with ``address`` and was not copied as it is now, or not in all these widths."""
    # The last is the poster itself; a poster that could not be copied has none at all.
    largest = Show.poster_copies[-1]["width"].as_integer()
    lacking = [
        and_(largest > width, ~Show.poster_copies.contains([{"width": width}])) for width in sorted(widths)
    ]
    query = select(Show.id).where(
        Show.deleted_at.is_(None),
        Show.poster_url.startswith(address, autoescape=True),
        or_(Show.copied_poster_url.is_distinct_from(Show.poster_url), *lacking),
    )
    return (await session.scalars(query.order_by(Show.id.desc()).limit(limit))).all()


async def keep_copies(session: AsyncSession, show_id: UUID, poster_url: str, copied: Copied) -> bool:
    """Writes the copies of that poster down, unless the show has another by now; whether it did.

    No change that an editor could have missed: the show's version and time stay.
    """
    written = await session.execute(
        update(Show)
        .where(Show.id == show_id, Show.poster_url == poster_url)
        .values(
            poster_copies=copied.copies,
            poster_preview=copied.preview,
            copied_poster_url=poster_url,
            updated_at=Show.updated_at,
        )
        .returning(Show.id)
    )
    return written.first() is not None


async def is_any_of_ingest(session: AsyncSession, guids: Collection[str]) -> bool:
    return bool(await session.scalar(select(exists().where(Show.ingest_guid.in_(list(guids))))))
