"""Runs migrations over asyncpg, one process at a time, never waiting long for a lock that the service holds."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

from alembic import context
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, insert, inspect, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from uuid6 import uuid7

from showsondemand import tables  # noqa: F401 - importing it fills the metadata
from showsondemand.audit import Action, AuditEntry
from showsondemand.database import Base

# Any number that no other program uses on the same database.
MIGRATION_LOCK = 7_083_126_501
LOCK_TIMEOUT_MILLISECONDS = 5_000
QUEUE_TABLES = ("pgqueuer",)
# There only where the server has pg_trgm.
OPTIONAL_INDEXES = ("ix_search_words_trigrams",)


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leaves out the queue library's tables, which came with it, and what not every server has."""
    if name is None:
        return True
    return not name.startswith(QUEUE_TABLES) if kind == "table" else name not in OPTIONAL_INDEXES


def run_on(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        include_name=is_ours,
        compare_type=True,
        compare_server_default=True,
    )
    before = heads_of(connection)
    is_behind = before != context.get_head_revision()
    if is_behind and before is not None:  # killed in the midst of it, the trail says what was under way
        write_down(connection, Action.MIGRATION_STARTED, {"before": before})
    with context.begin_transaction():
        context.run_migrations()
    if is_behind:
        say_whom_it_suits(connection)
        write_down(connection, Action.MIGRATED, {"before": before, "after": heads_of(connection)})


def say_whom_it_suits(connection: Connection) -> None:
    """Leaves word for the last release, which cannot know of these migrations: it may work on the tables."""
    released = (
        Path(context.config.get_main_option("script_location") or "", "released.txt")
        .read_text("utf-8")
        .strip()
    )
    connection.execute(text(f"COMMENT ON TABLE alembic_version IS '{released}'"))


def heads_of(connection: Connection) -> str | None:
    """The revision that the database is at; ``None`` while it has none."""
    return ", ".join(sorted(MigrationContext.configure(connection).get_current_heads())) or None


def write_down(connection: Connection, action: Action, details: dict[str, str | None]) -> None:
    """An entry in the trail of what happened, once there is one."""
    if inspect(connection).has_table(AuditEntry.__tablename__):
        entry = {
            "id": uuid7(),
            "at": datetime.now(UTC),
            "action": action.value,
            "address": "",
            "details": details,
        }
        connection.execute(insert(AuditEntry), entry)
    connection.commit()


async def run() -> None:
    url = context.config.attributes.get("url") or os.environ["DATABASE_URL"]
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=pool.NullPool)
    try:
        async with engine.connect() as guard, engine.connect() as connection:
            # Held by a connection of its own until the end: a second migrator waits here.
            await guard.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
            await connection.execute(text(f"SET lock_timeout = {LOCK_TIMEOUT_MILLISECONDS}"))
            await connection.commit()
            await connection.run_sync(run_on)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(run())
