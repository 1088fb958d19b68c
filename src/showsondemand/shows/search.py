"""Shows by words: ranked, and with words that nobody wrote put right.

The database folds both sides alike (``searchable``), so that case, accents and punctuation do not matter, and
reads the last word as the beginning of one (``search_query``); docs/decisions/search.md says why.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    REAL,
    TIMESTAMP,
    ColumnElement,
    Uuid,
    column,
    exists,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.shows.listing import Filters, Order, conditions, order_of, plain, visible
from showsondemand.shows.models import Show

# Ranking reads every row that matches: half a second for a common word among a million shows. The newest
# thousand take a millisecond, and nobody pages further (bench/catalogue.py).
_RANKED_AT_MOST = 1_000
_CORRECTED_AT_MOST = 8


async def page_of_ranked_shows(
    session: AsyncSession, filters: Filters, *, now: datetime, limit: int, after: Sequence[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """One page of the newest thousand that match, the best first, after ``after``; and the next position, if any."""
    first, show_id = order_of(filters).columns
    query = func.search_query(filters.words)
    newest = (
        select(show_id.label("id"), first.label("first"), func.ts_rank(Show.search, query).label("rank"))
        .where(*conditions(filters, now))
        .order_by(*order_of(filters).clauses)
        .limit(_RANKED_AT_MOST)
        .subquery()
    )
    order = Order(
        (newest.c.rank, newest.c.first, newest.c.id),
        (REAL(), TIMESTAMP(timezone=True), Uuid()),
        descending=True,
    )
    ranked = (
        select(Show, *order.columns)
        .join(newest, newest.c.id == Show.id)
        .order_by(*order.clauses)
        .limit(limit + 1)
    )
    if after is not None:
        ranked = ranked.where(order.beyond(after))
    rows = (await session.execute(ranked)).all()
    position = [plain(value) for value in rows[limit - 1][1:]] if len(rows) > limit else None
    return [row.Show for row in rows[:limit]], position


async def corrected(session: AsyncSession, filters: Filters, now: datetime) -> Filters | None:
    """``filters`` with each word that no show has replaced by the likest that one has; ``None`` if none was.

    Only shows that whoever asks may know of count: what is not theirs to see corrects nothing.
    """
    words = str(await session.scalar(select(func.searchable(filters.words)))).split()[:_CORRECTED_AT_MOST]
    seen = visible(filters, now)
    right = [await _right_word(session, word, seen, whole=word is not words[-1]) for word in words]
    return replace(filters, words=" ".join(right)) if right != words else None


async def _right_word(
    session: AsyncSession, word: str, seen: list[ColumnElement[bool]], *, whole: bool
) -> str:
    """``word`` where a show has it (or, unless ``whole``, one that begins so), else the likest that one has."""
    query = func.to_tsquery("simple", word) if whole else func.search_query(word)
    if await session.scalar(select(exists().where(*seen, Show.search.bool_op("@@")(query)))):
        return word
    likely = func.similar_words(word).table_valued(column("word"), column("likeness"))
    has_it = exists().where(*seen, Show.search.bool_op("@@")(func.to_tsquery("simple", likely.c.word)))
    best = select(likely.c.word).where(has_it).order_by(likely.c.likeness.desc(), likely.c.word).limit(1)
    return await session.scalar(best) or word
