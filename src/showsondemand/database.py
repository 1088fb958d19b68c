"""PostgreSQL: one engine a process, one transaction a request or job, committed here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
from sqlalchemy import TIMESTAMP, MetaData, Text, Uuid, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import QueuePool

from showsondemand.errors import Unavailable
from showsondemand.notices import Notices

# Deadlines of docs/security.md: a request's statement 5 s, a lock 5 s, an idle transaction 15 s.
REQUEST_STATEMENT_MILLISECONDS = 5_000
JOB_STATEMENT_MILLISECONDS = 60_000
_LOCK_MILLISECONDS = 5_000
_IDLE_TRANSACTION_MILLISECONDS = 15_000
_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 2.0  # less than a health check waits: 4 s in the Dockerfile
_SILENT_SECONDS = 1
_POOL_WAIT_SECONDS = 5
_POOL_SIZE = 10
_POOL_OVERFLOW = 10

# SQLSTATE classes that mean "the server is away or gives up", not "this statement is wrong":
# 08 connection, 53 resources, 57P admin shutdown and crash, 57014 deadline, 40 rollback, 55P03 lock, 28 and 3D a
# server that lets us not in, or not into this database (being restored, say).
_UNAVAILABLE_SQLSTATES = ("08", "28", "3D", "53", "57P", "57014", "40", "55P03")


class Base(DeclarativeBase):
    """What every table of the house shares: constraint names, text without a length, times with a zone."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: TIMESTAMP(timezone=True),
        UUID: Uuid(as_uuid=True),
        str: Text(),
    }


class DatabaseAway(Unavailable):
    title = "The database does not answer"


# What answers statements of columns; those of whole rows as objects want a session.
Reader = AsyncSession | AsyncConnection
AfterCommit = Callable[[], None]
_AFTER_COMMIT = "after_commit"


def after_commit(session: AsyncSession, action: AfterCommit) -> None:
    """Runs ``action`` once the session's transaction has been committed; never, where it is rolled back.

    The process may die before it runs: nothing may depend on it for being right.
    """
    session.info.setdefault(_AFTER_COMMIT, []).append(action)


class Database:
    """The engine and its transactions. Made once a process; ``close`` it at the end."""

    def __init__(
        self, url: str, notices: Notices, *, statement_milliseconds: int = REQUEST_STATEMENT_MILLISECONDS
    ) -> None:
        self.url = plain_url(url)
        self._notices = notices
        self._engine = create_async_engine(
            make_url(self.url).set(drivername="postgresql+asyncpg"),
            pool_size=_POOL_SIZE,
            max_overflow=_POOL_OVERFLOW,
            pool_timeout=_POOL_WAIT_SECONDS,
            hide_parameters=True,  # an error's text ends in the log, and parameters are people's addresses
            connect_args={
                "timeout": _CONNECT_SECONDS,
                # The server ends what takes too long; of a server that has fallen silent it is we who must.
                "command_timeout": statement_milliseconds / 1000 + _SILENT_SECONDS,
                "server_settings": {
                    "application_name": "showsondemand",
                    "timezone": "UTC",
                    "statement_timeout": str(statement_milliseconds),
                    "lock_timeout": str(_LOCK_MILLISECONDS),
                    "idle_in_transaction_session_timeout": str(_IDLE_TRANSACTION_MILLISECONDS),
                    # A plan made without the values reads every match of a common word: 60 times as long.
                    "plan_cache_mode": "force_custom_plan",
                },
            },
        )
        self._probe: asyncio.Task[bool] | None = None
        self._sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = async_sessionmaker(self._reading, expire_on_commit=False, autoflush=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session in a transaction: committed at the end, rolled back when anything is raised.

        Raises ``DatabaseAway`` when PostgreSQL cannot be reached or gives up, also in the commit: whether a
        commit that was under way then took place is not known.
        """
        with _away_where_it_is():
            async with self._sessions() as session:
                yield session
                await session.commit()
        for action in session.info.pop(_AFTER_COMMIT, ()):
            action()
        self._notices.hear_own(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session to read with: each statement for itself, which is one turn to PostgreSQL instead of three.

        It sees no less than within a transaction of ours, where each statement sees what is committed by then as
        well. What is changed in it is dropped. Raises ``DatabaseAway``.
        """
        with _away_where_it_is():
            async with self._readers() as session:
                yield session

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[AsyncConnection]:
        """As ``reading``, for statements of columns alone: a session that has nothing to keep costs as much again.

        A statement that changes something is a transaction by itself, committed before it answers. Raises
        ``DatabaseAway``.
        """
        with _away_where_it_is():
            async with self._reading.connect() as connection:
                yield connection

    async def answers(self) -> bool:
        """Whether PostgreSQL runs a statement right now; one that is silent for two seconds does not."""
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(self._runs_a_statement())
        probe = self._probe
        done, _ = await asyncio.wait({probe}, timeout=_ANSWER_SECONDS)
        return bool(done) and probe.result()

    async def _runs_a_statement(self) -> bool:
        try:
            async with self.reading() as session:
                await session.execute(text("SELECT 1"))
        except DatabaseAway:
            return False
        return True

    @property
    def connections_in_use(self) -> int:
        """Of those that this process may have."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    def observe(self, before: Callable[..., None], after: Callable[..., None]) -> None:
        """Calls ``before`` and ``after`` each statement, with what SQLAlchemy gives its cursor events."""
        event.listen(self._engine.sync_engine, "before_cursor_execute", before)
        event.listen(self._engine.sync_engine, "after_cursor_execute", after)

    async def close(self) -> None:
        await self._engine.dispose()


@contextmanager
def _away_where_it_is() -> Iterator[None]:
    """Raises ``DatabaseAway`` for whatever says that PostgreSQL cannot be reached or gives up."""
    try:
        yield
    except (DBAPIError, PoolTimeoutError, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if is_unavailable(error):
            raise DatabaseAway from error
        raise


def plain_url(url: str) -> str:
    """``url`` with the scheme ``postgresql://``, whatever driver it names: what asyncpg itself reads."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def is_unavailable(error: BaseException) -> bool:
    """Whether ``error`` says that the server is away or overloaded, rather than that a statement is wrong."""
    if isinstance(error, PoolTimeoutError | OSError | asyncpg.InterfaceError):
        return True
    if isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    ):
        return True
    original = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(original, "sqlstate", None) or ""
    return str(state).startswith(_UNAVAILABLE_SQLSTATES)
