"""While a release rolls out, the processes of the last one work on the tables of the next.

So a release adds, and takes away one release later.

``migrations/released.txt`` names the last migration that the last release had; whoever releases moves it.
"""

import asyncio

import alembic.command
import asyncpg
import pytest

from house_rules.source_tree import REPOSITORY
from showsondemand.migrate import alembic_config, migrate

RELEASED = (REPOSITORY / "migrations" / "released.txt").read_text(encoding="utf-8").strip()
# A rule that came since and that the last release cannot break, each with the reason why it cannot.
HARMLESS = {
    "ingest_events.ck_ingest_events_status_is_known": "knows more states than before, and all of those",
    "reviews.ck_reviews_verdict_is_known": "knows more verdicts than before, and all of those",
}

Columns = dict[tuple[str, str], tuple[str, bool, bool]]

_COLUMNS = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
    a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> ''
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
"""
_GENERATED = """
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND (a.attgenerated <> '' OR a.attidentity = 'a')
"""
_RULES = """
SELECT c.relname, r.conname, pg_get_constraintdef(r.oid) FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid
WHERE c.relnamespace = 'public'::regnamespace AND r.contype IN ('c', 'u', 'f', 'x')
UNION ALL
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'
"""


async def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(statement)]
    finally:
        await connection.close()


def columns_of(url: str) -> Columns:
    """Type, whether it must have a value, and whether it gets one by itself."""
    rows = asyncio.run(ask(url, _COLUMNS))
    return {
        (str(table), str(name)): (str(kind), bool(needed), bool(filled))
        for table, name, kind, needed, filled in rows
    }


class Schemas:
    """The tables of the last release, and what the migrations since have made of them."""

    def __init__(self, url: str) -> None:
        self.url = url
        alembic.command.upgrade(alembic_config(url), RELEASED)
        self.before = columns_of(url)
        self.rules_before = set(asyncio.run(ask(url, _RULES)))
        migrate(url)
        self.after = columns_of(url)
        self.rules_after = set(asyncio.run(ask(url, _RULES)))
        self.generated = set(asyncio.run(ask(url, _GENERATED)))

    @property
    def tables(self) -> set[str]:
        return {table for table, _ in self.before}

    def written(self, table: str) -> str:
        """The columns that the last release may write, as SQL."""
        names = [name for of, name in self.before if of == table and (table, name) not in self.generated]
        return ", ".join(f'"{name}"' for name in names)


@pytest.fixture
def schemas(empty_database_url: str) -> Schemas:
    return Schemas(empty_database_url)


def test_what_the_last_release_reads_and_writes_is_as_it_was(schemas: Schemas) -> None:
    gone = sorted(schemas.before.keys() - schemas.after.keys())
    other_type = [key for key in schemas.before if schemas.before[key][0] != schemas.after.get(key, [""])[0]]
    must_now_have_a_value = [
        key for key, (_, needed, _) in schemas.before.items() if not needed and schemas.after[key][1]
    ]
    new_and_needed = [
        key
        for key in schemas.after.keys() - schemas.before.keys()
        if key[0] in schemas.tables and schemas.after[key][1] and not schemas.after[key][2]
    ]

    assert (gone, other_type, must_now_have_a_value, new_and_needed) == ([], [], [], [])


def test_no_rule_came_that_the_last_release_does_not_know(schemas: Schemas) -> None:
    came = {
        f"{table}.{name}"
        for table, name, _ in schemas.rules_after - schemas.rules_before
        if table in schemas.tables
    }

    assert came - HARMLESS.keys() == set()


def test_its_statements_are_still_understood(schemas: Schemas) -> None:
    for table in sorted(schemas.tables):
        columns = schemas.written(table)

        asyncio.run(ask(schemas.url, f'SELECT {columns} FROM "{table}" LIMIT 0'))
        asyncio.run(
            ask(schemas.url, f'EXPLAIN INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')
        )
