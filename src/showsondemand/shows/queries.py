"""Reads of shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    ColumnElement,
    Double,
    Select,
    SQLColumnExpression,
    String,
    Text,
    Uuid,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState


class Sort(StrEnum):
    LATEST = "latest"
    TITLE = "title"
    DURATION = "duration"


@dataclass(frozen=True)
class Filters:
    """Which shows a list holds. ``states`` is ``None`` for what viewers see: available, within its window."""

    states: frozenset[ShowState] | None = None
    words: str | None = None
    genre: str | None = None
    series: str | None = None
    sort: Sort = Sort.LATEST

    @property
    def name(self) -> str:
        """Tells two different lists apart: a cursor of one is no cursor of another."""
        states = "viewers" if self.states is None else ",".join(sorted(self.states))
        return repr(("shows", states, self.words, self.genre, self.series, self.sort.value))


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


async def page_of_shows(
    session: AsyncSession, filters: Filters, *, now: datetime, limit: int, after: Sequence[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """One page in ``filters.sort`` order after the position ``after``, and the position of the next, if any."""
    order = _order(filters)
    query = (
        select(Show, *order.columns)
        .where(*_conditions(filters, now))
        .order_by(*order.clauses)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(order.beyond(after))
    rows = (await session.execute(query)).all()
    more = len(rows) > limit
    position = [_plain(value) for value in rows[limit - 1][1:]] if more else None
    return [row.Show for row in rows[:limit]], position


async def next_window_change(session: AsyncSession, now: datetime) -> datetime | None:
    """When next an availability window of an approved show opens or closes."""
    listed = and_(Show.state == ShowState.AVAILABLE, Show.deleted_at.is_(None))
    opens = select(func.min(Show.available_from)).where(listed, Show.available_from > now)
    closes = select(func.min(Show.available_until)).where(listed, Show.available_until > now)
    return await session.scalar(select(func.least(opens.scalar_subquery(), closes.scalar_subquery())))


async def _one(session: AsyncSession, query: Select[Show]) -> Show:
    show = await session.scalar(query)
    if show is None:
        raise ShowNotFound
    return show


def _conditions(filters: Filters, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Show.deleted_at.is_(None)]
    if filters.states is None:
        conditions += [
            Show.state == ShowState.AVAILABLE,
            or_(Show.available_from.is_(None), Show.available_from <= now),
            or_(Show.available_until.is_(None), Show.available_until > now),
        ]
    else:
        conditions.append(Show.state.in_(sorted(filters.states)))
    if filters.words:
        conditions.append(
            or_(
                Show.title.icontains(filters.words, autoescape=True),
                Show.synopsis.icontains(filters.words, autoescape=True),
            )
        )
    if filters.genre:
        conditions.append(Show.genres.contains([filters.genre]))
    if filters.series:
        conditions.append(Show.series_title == filters.series)
    return conditions


@dataclass(frozen=True)
class _Order:
    """A sort: its columns, the last of them unique, all in one direction, so that a row comparison pages."""

    columns: tuple[SQLColumnExpression[Any], ...]
    types: tuple[TypeEngine[Any], ...]
    descending: bool

    @property
    def clauses(self) -> list[ColumnElement[Any]]:
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def beyond(self, position: Sequence[Any]) -> ColumnElement[bool]:
        values = [
            cast(literal(str(value), String), kind) for value, kind in zip(position, self.types, strict=True)
        ]
        row, after = tuple_(*self.columns), tuple_(*values)
        return row < after if self.descending else row > after


def _order(filters: Filters) -> _Order:
    if filters.sort is Sort.TITLE:
        return _Order((func.lower(Show.title), Show.id), (Text(), Uuid()), descending=False)
    if filters.sort is Sort.DURATION:
        return _Order(
            (func.coalesce(Show.duration_seconds, 0.0), Show.id), (Double(), Uuid()), descending=True
        )
    first = Show.published_at if filters.states is None else Show.created_at
    return _Order((first, Show.id), (TIMESTAMP(timezone=True), Uuid()), descending=True)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else str(value)


async def has_media_below(session: AsyncSession, address: str) -> bool:
    """Whether any show, deleted ones included, plays or shows something below ``address``."""
    below = [
        column.startswith(address, autoescape=True)
        for column in (Show.hls_url, Show.dash_url, Show.poster_url, Show.storyboard_url)
    ]
    return bool(await session.scalar(select(exists().where(or_(*below)))))
