"""Which shows a list holds and in which order, as SQL expressions that every list of shows is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    TIMESTAMP,
    BindParameter,
    ColumnElement,
    Double,
    Integer,
    SQLColumnExpression,
    String,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    or_,
    tuple_,
)
from sqlalchemy.types import TypeEngine

from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState

# In statements that are built once; each is given its value when it is asked.
NOW: BindParameter[datetime] = bindparam("now", type_=TIMESTAMP(timezone=True))
MOST_ROWS: BindParameter[int] = bindparam("most_rows", type_=Integer())
Moment = datetime | BindParameter[datetime]
_ANY = "?"


class Sort(StrEnum):
    LATEST = "latest"
    TITLE = "title"
    DURATION = "duration"
    UPDATED = "updated"
    RELEVANCE = "relevance"


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

    @property
    def shape(self) -> "Filters":
        """What the statement is built from; the rest of it are ``values``."""
        return replace(
            self,
            words=None if self.words is None else _ANY,
            genre=_ANY if self.genre else None,
            series=_ANY if self.series else None,
        )

    def values(self, now: datetime) -> dict[str, Any]:
        """What ``conditions`` of its shape are asked with."""
        return {"now": now, "words": self.words, "genres": [self.genre], "series": self.series}

    @property
    def by_rank(self) -> bool:
        """Whether the best match comes first; without words there is nothing to match."""
        return self.sort is Sort.RELEVANCE and self.words is not None


def visible_to_viewers(now: Moment) -> list[ColumnElement[bool]]:
    """What makes a show one that viewers see at ``now``; ``Show.is_available`` in SQL."""
    return [
        Show.deleted_at.is_(None),
        _in_state(ShowState.AVAILABLE),
        or_(Show.available_from.is_(None), Show.available_from <= now),
        or_(Show.available_until.is_(None), Show.available_until > now),
    ]


def conditions(filters: Filters, now: Moment) -> list[ColumnElement[bool]]:
    """All that a show of the list has to meet."""
    found = visible(filters, now)
    if filters.words is not None:
        found.append(Show.search.bool_op("@@")(func.search_query(words_of(filters))))
    if filters.genre:
        found.append(Show.genres.contains(bindparam("genres", [filters.genre], ARRAY(Text()))))
    if filters.series:
        found += in_series(bindparam("series", filters.series, Text()))
    return found


def visible(filters: Filters, now: Moment) -> list[ColumnElement[bool]]:
    """The shows that whoever asks may know of, whatever they look for."""
    if filters.states is None:
        return visible_to_viewers(now)
    listed: list[ColumnElement[bool]] = [Show.deleted_at.is_(None)]
    if filters.states != frozenset(ShowState):
        listed.append(or_(*(_in_state(state) for state in sorted(filters.states))))
    return listed


def words_of(filters: Filters) -> BindParameter[str]:
    """What is looked for, as a value that a statement of the same shape can be given anew."""
    return bindparam("words", filters.words, Text())


def in_series(title: str | BindParameter[str]) -> list[ColumnElement[bool]]:
    """The episodes of a series, by the index whose first column is the lower-case title."""
    return [func.lower(Show.series_title) == func.lower(title), Show.series_title == title]


@dataclass(frozen=True)
class Order:
    """A sort: its columns, the last of them unique, all in one direction, so that a row comparison pages."""

    columns: tuple[SQLColumnExpression[Any], ...]
    types: tuple[TypeEngine[Any], ...]
    descending: bool

    @property
    def clauses(self) -> list[ColumnElement[Any]]:
        """For ORDER BY."""
        return [column.desc() if self.descending else column.asc() for column in self.columns]

    def beyond(self, position: Sequence[Any]) -> ColumnElement[bool]:
        """Whether a row comes after ``position``, the plain values of another row's columns."""
        values = [
            cast(bindparam(name, value, String()), kind)
            for (name, value), kind in zip(values_after(position).items(), self.types, strict=True)
        ]
        row, after = tuple_(*self.columns), tuple_(*values)
        return row < after if self.descending else row > after


def values_after(position: Sequence[Any]) -> dict[str, str]:
    """What ``Order.beyond`` is asked with."""
    return {f"after_{number}": str(value) for number, value in enumerate(position)}


def order_of(filters: Filters) -> Order:
    """The order of the list; of one by rank, the order that rank cannot tell apart."""
    if filters.sort is Sort.TITLE:
        return Order((func.lower(Show.title), Show.id), (Text(), Uuid()), descending=False)
    if filters.sort is Sort.DURATION:
        # As the index writes it: with a parameter for the zero it would not be found.
        length: SQLColumnExpression[Any] = func.coalesce(
            Show.duration_seconds, literal(0, Double(), literal_execute=True)
        )
        return Order((length, Show.id), (Double(), Uuid()), descending=True)
    if filters.sort is Sort.UPDATED:
        return Order((Show.updated_at, Show.id), (TIMESTAMP(timezone=True), Uuid()), descending=True)
    first = Show.published_at if filters.states is None else Show.created_at
    return Order((first, Show.id), (TIMESTAMP(timezone=True), Uuid()), descending=True)


def episode_order() -> Order:
    """The order in which a series is watched; its expressions are those of ``ix_shows_series``."""
    zero = literal(0, literal_execute=True)
    return Order(
        (func.coalesce(Show.season, zero), func.coalesce(Show.episode, zero), Show.id),
        (Integer(), Integer(), Uuid()),
        descending=False,
    )


def deleted_order() -> Order:
    """What was deleted last comes first."""
    return Order((Show.deleted_at, Show.id), (TIMESTAMP(timezone=True), Uuid()), descending=True)


def waiting_order() -> Order:
    """Who waits longest for a reviewer comes first."""
    return Order((Show.in_review_at, Show.id), (TIMESTAMP(timezone=True), Uuid()), descending=False)


def plain(value: object) -> object:
    """A sort value as JSON keeps it and ``Order.beyond`` reads it."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _in_state(state: ShowState) -> ColumnElement[bool]:
    """Written into the statement: the indexes of one state are found by the word, not by a parameter."""
    return Show.state == literal(state.value, String(), literal_execute=True)
