"""What lists and searches cost among a million shows, beside the same among ten thousand.

``python bench/catalogue.py [--sizes 10000 100000 1000000] [--rounds N]``: each size has a database of its own on
one embedded PostgreSQL; each question is put to each size in turn, N times, through the same functions that
answer a request. The table holds medians in milliseconds, and the largest size's as a ratio of the smallest's.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import asyncpg
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from record import headline
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.database import Database
from showsondemand.migrate import migrate
from showsondemand.notices import Notices
from showsondemand.shows import browsing_queries, queries, search
from showsondemand.shows.listing import Filters, Sort, conditions, order_of, plain
from showsondemand.shows.models import Show

LIMIT = 24
ALL_STATEMENTS_MILLISECONDS = 900_000
MILLISECONDS = 1000

# Words as in a language: few are common, most are rare. A fifth of the shows is not available.
_ROWS = """
INSERT INTO shows (id, title, synopsis, state, hls_url, duration_seconds, genres, tags, "cast", series_title,
    season, episode, published_at, created_at)
SELECT gen_random_uuid(),
    'word' || (20000 * power(random(), 3))::int || ' title' || n,
    (SELECT string_agg('word' || (20000 * power(random(), 3))::int, ' ') FROM generate_series(1, 20) WHERE n > 0),
    CASE WHEN n % 5 = 0 THEN 'in_review' ELSE 'available' END,
    'media:videos/' || n || '/1/master.m3u8',
    (random() * 7200)::int,
    ARRAY['genre' || n % 20, 'genre' || n % 7],
    ARRAY['tag' || n % 500],
    ARRAY['name' || n % 10000 || ' surname' || n % 7919],
    CASE WHEN n % 10 = 0 THEN NULL ELSE 'series' || n / 20 END,
    n % 2, n % 20,
    now() - n * interval '1 minute',
    now() - n * interval '1 minute'
FROM generate_series(1, $1::int) n
"""

_WORDS = """
INSERT INTO search_words SELECT word FROM ts_stat('SELECT search FROM shows')
WHERE length(word) BETWEEN 3 AND 40 ON CONFLICT DO NOTHING
"""

Question = Callable[[AsyncSession], Awaitable[object]]


async def fill(url: str, shows: int) -> None:
    """Generates the rows; the words are gathered once at the end instead of by a trigger a row."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("ALTER TABLE shows DISABLE TRIGGER keep_show_words")
        await connection.execute(_ROWS, shows, timeout=None)
        await connection.execute(_WORDS, timeout=None)
        await connection.execute("ALTER TABLE shows ENABLE TRIGGER keep_show_words")
        await connection.execute("VACUUM ANALYZE", timeout=None)
    finally:
        await connection.close()


def page(filters: Filters, after: list[object] | None = None) -> Question:
    """One page of a list, as a request asks for it."""
    ask = search.page_of_ranked_shows if filters.by_rank else queries.page_of_shows
    return lambda session: ask(session, filters, now=datetime.now(UTC), limit=LIMIT, after=after)


def ranked(words: str) -> Filters:
    """A search by relevance."""
    return Filters(words=words, sort=Sort.RELEVANCE)


async def position_after_pages(database: Database, pages: int) -> list[object]:
    """The sort values of the last row before page ``pages + 1``, found the slow way."""
    order = order_of(Filters())
    query = (
        select(*order.columns)
        .where(*conditions(Filters(), datetime.now(UTC)))
        .order_by(*order.clauses)
        .offset(pages * LIMIT - 1)
        .limit(1)
    )
    async with database.transaction() as session:
        row = (await session.execute(query)).one()
    return [plain(value) for value in row]


async def questions_for(database: Database, shows: int) -> dict[str, Question]:
    """What is asked of a database with so many shows; the deepest page only where there is one."""
    asked: dict[str, Question] = {
        "latest, page 1": page(Filters()),
        "latest, page 100": page(Filters(), await position_after_pages(database, 100)),
        "by title": page(Filters(sort=Sort.TITLE)),
        "by duration": page(Filters(sort=Sort.DURATION)),
        "one genre": page(Filters(genre="genre3")),
        "one series": page(Filters(series="series7")),
        "search, rare word": page(ranked("title4321")),
        "search, common word": page(ranked("word1")),
        "search, common word, newest first": page(Filters(words="word1")),
        "search, two words": page(ranked("word90 name7")),
        "a typing error put right": lambda session: search.corrected(
            session, ranked("suranme77"), datetime.now(UTC)
        ),
        "list of series": lambda session: browsing_queries.page_of_series(
            session, datetime.now(UTC), limit=LIMIT, after=None
        ),
        "when the next window opens or ends (asked after a change)": lambda session: (
            queries.next_window_change(session, datetime.now(UTC))
        ),
        "facets, genres (asked once an hour or after a change)": lambda session: browsing_queries.most_used(
            session, Show.genres, datetime.now(UTC)
        ),
    }
    if shows * 0.8 > 10_000 * LIMIT:
        asked["latest, page 10,000"] = page(Filters(), await position_after_pages(database, 9_999))
    return asked


async def milliseconds_of(database: Database, question: Question) -> float:
    """The time of one question in a transaction of its own."""
    began = time.perf_counter()
    async with database.transaction() as session:
        await question(session)
    return (time.perf_counter() - began) * MILLISECONDS


async def compare(urls: dict[int, str], rounds: int) -> str:
    """The table."""
    databases = {
        shows: Database(url, Notices(url), statement_milliseconds=ALL_STATEMENTS_MILLISECONDS)
        for shows, url in urls.items()
    }
    asked = {shows: await questions_for(database, shows) for shows, database in databases.items()}
    times: dict[tuple[int, str], list[float]] = {}
    for _ in range(rounds):
        for shows, questions in asked.items():
            for name, question in questions.items():
                times.setdefault((shows, name), []).append(await milliseconds_of(databases[shows], question))
    for database in databases.values():
        await database.close()
    return table({key: median(values[1:]) for key, values in times.items()}, sorted(urls))


def table(medians: dict[tuple[int, str], float], sizes: list[int]) -> str:
    """The medians, a row a question and a column a size."""
    lines = [
        "| question | " + " | ".join(f"{size:,}" for size in sizes) + " | largest to smallest |",
        "|---|" + "---|" * (len(sizes) + 1),
    ]
    for name in dict.fromkeys(name for _, name in medians):
        cells = [medians.get((size, name)) for size in sizes]
        shown = " | ".join("" if cell is None else f"{cell:.2f}" for cell in cells)
        first, last = cells[0], cells[-1]
        ratio = f"{last / first:.2f}" if first and last else ""
        lines.append(f"| {name} | {shown} | {ratio} |")
    deep, first_page = medians.get((sizes[-1], "latest, page 10,000")), medians[sizes[-1], "latest, page 1"]
    smallest = medians[sizes[0], "latest, page 1"]
    headline(
        f"page 1 among {sizes[-1]:,} shows to page 1 among {sizes[0]:,}",
        f"{first_page / smallest:.2f}",
        bar="1.5",
    )
    if deep:
        headline(f"page 10,000 among {sizes[-1]:,} shows to page 1", f"{deep / first_page:.2f}", bar="1.5")
        lines += ["", f"Page 10,000 to page 1 among {sizes[-1]:,} shows: {deep / first_page:.2f}"]
    return "\n".join(lines)


def main() -> None:
    """Fill a database for each size, then compare."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    arguments.add_argument("--rounds", type=int, default=31)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="catalogue-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # root hands the server to another user, who has to get in
        with embedded_postgres(folder / "database", durable=False) as server:
            urls = {}
            for shows in asked.sizes:
                urls[shows] = _new_database(server.url, f"shows_{shows}")
                asyncio.run(fill(urls[shows], shows))
            print(asyncio.run(compare(urls, asked.rounds)))


def _new_database(server_url: str, name: str) -> str:
    async def create() -> None:
        connection = await asyncpg.connect(server_url)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    asyncio.run(create())
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    migrate(url)
    return url


if __name__ == "__main__":
    main()
