"""Shows by words: ranked, and with words that nobody wrote put right.

The database folds both sides alike (``searchable``), so that case, accents and punctuation do not matter, and
reads the last word as the beginning of one (``search_query``); docs/decisions/search.md says why.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    REAL,
    TIMESTAMP,
    ColumnElement,
    Select,
    Uuid,
    column,
    exists,
    func,
    select,
)

from showsondemand.database import Reader
from showsondemand.shows import rows
from showsondemand.shows.listing import NOW, Filters, Order, conditions, order_of, visible, words_of
from showsondemand.shows.models import Show
from showsondemand.shows.rows import ShowRow

# Ranking reads every row that matches: half a second for a common word among a million shows. The newest
# thousand take a millisecond, and nobody pages further (bench/catalogue.py).
_RANKED_AT_MOST = 1_000
_CORRECTED_AT_MOST = 8


async def page_of_ranked_shows(
    reader: Reader, filters: Filters, *, now: datetime, limit: int, after: Sequence[Any] | None
) -> tuple[Sequence[ShowRow], list[Any] | None]:
    """One page of the newest thousand that match, the best first, after ``after``; and the next position, if any."""
    statement = _ranked_page(filters.shape, is_later=after is not None)
    return await rows.page_of(reader, statement, filters.values(now), limit=limit, after=after)


@lru_cache(maxsize=64)
def _ranked_page(shape: Filters, *, is_later: bool) -> Select[Any]:
    first, show_id = order_of(shape).columns
    rank = func.ts_rank(Show.search, func.search_query(words_of(shape)))
    newest = (
        select(show_id.label("id"), first.label("first"), rank.label("rank"))
        .where(*conditions(shape, NOW))
        .order_by(*order_of(shape).clauses)
        .limit(_RANKED_AT_MOST)
        .subquery()
    )
    order = Order(
        (newest.c.rank, newest.c.first, newest.c.id),
        (REAL(), TIMESTAMP(timezone=True), Uuid()),
        descending=True,
    )
    return rows.statement(order, [newest.c.id == Show.id], is_later=is_later)


async def corrected(reader: Reader, filters: Filters, now: datetime) -> Filters | None:
    """``filters`` with each word that no show has replaced by the likest that one has; ``None`` if none was.

    Only shows that whoever asks may know of count: what is not theirs to see corrects nothing.
    """
    words = str(await reader.scalar(select(func.searchable(filters.words)))).split()[:_CORRECTED_AT_MOST]
    seen = visible(filters, now)
    right = [await _right_word(reader, word, seen, whole=word is not words[-1]) for word in words]
    return replace(filters, words=" ".join(right)) if right != words else None


async def _right_word(reader: Reader, word: str, seen: list[ColumnElement[bool]], *, whole: bool) -> str:
    """``word`` where a show has it (or, unless ``whole``, one that begins so), else the likest that one has."""
    query = func.to_tsquery("simple", word) if whole else func.search_query(word)
    if await reader.scalar(select(exists().where(*seen, Show.search.bool_op("@@")(query)))):
        return word
    likely = func.similar_words(word).table_valued(column("word"), column("likeness"))
    has_it = exists().where(*seen, Show.search.bool_op("@@")(func.to_tsquery("simple", likely.c.word)))
    best = select(likely.c.word).where(has_it).order_by(likely.c.likeness.desc(), likely.c.word).limit(1)
    return await reader.scalar(best) or word
