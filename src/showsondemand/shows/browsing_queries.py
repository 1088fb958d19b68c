"""Reads of what the available shows have in common: genres, tags, series and what comes next in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, SQLColumnExpression, Text, distinct, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.shows.listing import Order, episode_order, in_series, plain, visible_to_viewers
from showsondemand.shows.models import Show

_MOST_VALUES = 200


@dataclass(frozen=True)
class Counted:
    """A genre, tag or series and how many available shows have it."""

    value: str
    shows: int


async def most_used(
    session: AsyncSession, words: SQLColumnExpression[list[str]], now: datetime
) -> list[Counted]:
    """The values of a column of words, the most used first, at most 200."""
    return await _counted(session, func.unnest(words), *visible_to_viewers(now))


async def largest_series(session: AsyncSession, now: datetime) -> list[Counted]:
    """The series with the most episodes, at most 200."""
    return await _counted(session, Show.series_title, *visible_to_viewers(now))


async def page_of_series(
    session: AsyncSession, now: datetime, *, limit: int, after: Sequence[Any] | None
) -> tuple[list[Row[Any]], list[Any] | None]:
    """A page of ``(title, seasons, episodes, poster_url)`` in order of their titles, and the next position."""
    order = Order((func.lower(Show.series_title), Show.series_title), (Text(), Text()), descending=False)
    first_poster = func.array_agg(aggregate_order_by(Show.poster_url, *episode_order().clauses)).filter(
        Show.poster_url.is_not(None)
    )
    query = (
        select(
            Show.series_title.label("title"),
            func.count(distinct(func.coalesce(Show.season, 0))).label("seasons"),
            func.count().label("episodes"),
            first_poster[1].label("poster_url"),
            *order.columns,
        )
        .where(*visible_to_viewers(now), Show.series_title.is_not(None))
        .group_by(*order.columns)
        .order_by(*order.clauses)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(order.beyond(after))
    rows = [*(await session.execute(query)).all()]
    position = [plain(value) for value in rows[limit - 1][-2:]] if len(rows) > limit else None
    return rows[:limit], position


async def seasons_of(session: AsyncSession, title: str, now: datetime) -> Sequence[Row[int, int]]:
    """``(season, episodes)`` of a series, in order; a season that is not given counts as 0."""
    season = func.coalesce(Show.season, literal(0, literal_execute=True))
    query = (
        select(season.label("season"), func.count().label("episodes"))
        .where(*visible_to_viewers(now), *in_series(title))
        .group_by(season)
        .order_by(season)
    )
    return (await session.execute(query)).all()


async def page_of_episodes(
    session: AsyncSession, title: str, now: datetime, *, limit: int, after: Sequence[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """A page of a series' available episodes as they are watched, and the next position."""
    order = episode_order()
    query = (
        select(Show, *order.columns)
        .where(*visible_to_viewers(now), *in_series(title))
        .order_by(*order.clauses)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(order.beyond(after))
    rows = (await session.execute(query)).all()
    position = [plain(value) for value in rows[limit - 1][1:]] if len(rows) > limit else None
    return [row.Show for row in rows[:limit]], position


async def episode_after(session: AsyncSession, show: Show, now: datetime) -> Show | None:
    """The available episode that comes after ``show`` in its series."""
    here = [show.season or 0, show.episode or 0, show.id]
    found, _ = await page_of_episodes(session, show.series_title or "", now, limit=1, after=here)
    return found[0] if found else None


async def in_use(session: AsyncSession, value: SQLColumnExpression[Any]) -> list[str]:
    """The values that shows of any state have, the most used first, at most 200; of a column of words, unnested."""
    return [each.value for each in await _counted(session, value, Show.deleted_at.is_(None))]


async def _counted(
    session: AsyncSession, value: SQLColumnExpression[Any], *among: ColumnElement[bool]
) -> list[Counted]:
    values = select(value.label("value")).where(*among).subquery()
    shows = func.count()
    query = (
        select(values.c.value, shows)
        .where(values.c.value.is_not(None))
        .group_by(values.c.value)
        .order_by(shows.desc(), values.c.value)
        .limit(_MOST_VALUES)
    )
    return [Counted(value, count) for value, count in await session.execute(query)]
