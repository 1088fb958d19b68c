"""Shows as rows of lists: the columns that are shown, read as they are; objects would cost more than the question."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, false, func, select

from showsondemand.database import Reader
from showsondemand.shows.listing import MOST_ROWS, Order, plain, values_after
from showsondemand.shows.models import Show

# Has the columns of a show that are not left out here, and ``has_own_copies``, by their names.
ShowRow = Row[Any]
_LEFT_OUT = frozenset(
    {"search", "copied_poster_url", "ingest_guid", "created_by", "review_round", "in_review_at", "deleted_at"}
)
_COLUMNS: list[SQLColumnExpression[Any]] = [
    *(column for column in Show.__table__.columns if column.name not in _LEFT_OUT),
    func.coalesce(Show.copied_poster_url == Show.poster_url, false()).label("has_own_copies"),
]


def statement(order: Order, conditions: Sequence[ColumnElement[bool]], *, is_later: bool) -> Select[Any]:
    """A page of shows; ``is_later`` where it comes after another. To be built once, and asked by ``page_of``."""
    sorted_by: list[SQLColumnExpression[Any]] = [
        column.label(f"sorted_by_{number}") for number, column in enumerate(order.columns)
    ]
    query = select(*_COLUMNS, *sorted_by).where(*conditions).order_by(*order.clauses).limit(MOST_ROWS)
    return query.where(order.beyond([""] * len(sorted_by))) if is_later else query


async def page_of(
    reader: Reader,
    statement: Select[Any],
    values: Mapping[str, Any],
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> tuple[Sequence[ShowRow], list[Any] | None]:
    """The page after the position ``after``, and the position of the next, if any."""
    asked = {**values, **values_after(after or ()), MOST_ROWS.key: limit + 1}
    rows = (await reader.execute(statement, asked)).all()
    if len(rows) <= limit:
        return rows, None
    last = rows[limit - 1]._mapping  # noqa: SLF001 - how a row is read by name
    return rows[:limit], [plain(value) for name, value in last.items() if name.startswith("sorted_by_")]
