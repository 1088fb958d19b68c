"""Slow work as rows in PostgreSQL (pgqueuer): put there by the transaction that asks for it, done at least once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import UUID

import asyncpg
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.core.qm import QueueManager
from pgqueuer.core.tm import TaskManager
from pgqueuer.domain.errors import PgqException, RetryRequested
from pgqueuer.domain.types import QueueEntrypoint
from pgqueuer.models import Job
from pgqueuer.ports.driver import Driver, NotifyCallback
from pgqueuer.queries import Queries
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_log = structlog.get_logger(__name__)

# A worker that was killed is noticed after the first and the next look at the queue after that; the heart
# beats twice in that time, so a busy machine may lose one beat.
HEARTBEAT_TIMEOUT = timedelta(seconds=10)
_LOOK_EVERY = timedelta(seconds=3)
# While all hands are busy and jobs wait.
_LOOK_AGAIN = timedelta(seconds=1)
_RECONNECT_SECONDS = 1.0
_WORKER = "showsondemand worker"  # what PostgreSQL knows a worker's connections by
_AFTER_FAULT = timedelta(seconds=10)

Handler = Callable[[UUID], Coroutine[None, None, None]]


async def enqueue(
    session: AsyncSession, job: str, subject: UUID, *, after: timedelta | None = None, priority: int = 0
) -> None:
    """Has the handler named ``job`` called with ``subject`` once this transaction has committed.

    ``after`` puts it off; the highest ``priority`` comes first. It is called at least once: handlers bear
    repetition.
    """
    await Queries(_SessionDriver(session)).enqueue(job, _payload(subject), priority, execute_after=after)


async def reprioritize(session: AsyncSession, job: str, subject: UUID, priority: int) -> None:
    """Moves what waits for the handler ``job`` with ``subject`` to another place; nothing happens when none waits."""
    await session.execute(
        text(
            "UPDATE pgqueuer SET priority = :to WHERE entrypoint = :job AND payload = :subject AND status = 'queued'"
        ),
        {"to": priority, "job": job, "subject": _payload(subject)},
    )


def _payload(subject: UUID) -> bytes:
    return str(subject).encode()


async def is_worked(session: AsyncSession) -> bool:
    """Whether any worker, on any machine, is connected to the session's database."""
    connected = text(
        "SELECT EXISTS (SELECT FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = :name)"
    )
    return bool(await session.scalar(connected, {"name": _WORKER}))


@dataclass(frozen=True)
class Queue:
    """What there is to do of one kind: how much waits, since when the oldest of it could have begun, how much runs."""

    job: str
    waiting: int
    oldest_seconds: float
    running: int


async def queues(session: AsyncSession) -> list[Queue]:
    """The kinds of which anything waits or runs; what is put off to later does not wait."""
    rows = await session.execute(
        text(
            "SELECT entrypoint, count(*) FILTER (WHERE status = 'queued' AND execute_after <= now()),"
            " coalesce(extract(epoch FROM now() - min(greatest(created, execute_after))"
            " FILTER (WHERE status = 'queued' AND execute_after <= now())), 0)::float,"
            " count(*) FILTER (WHERE status = 'picked') FROM pgqueuer GROUP BY entrypoint"
        )
    )
    return [Queue(job, waiting, oldest, running) for job, waiting, oldest, running in rows]


async def work(
    url: str,
    handlers: Mapping[str, Handler],
    *,
    concurrency: int,
    stopping: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    """Runs ``handlers`` by their names, at most ``concurrency`` at once, until ``stopping`` is set.

    Whatever breaks the connection is waited out: jobs that were under way are taken up again.
    """
    while not stopping.is_set():
        try:
            async with asyncpg.create_pool(
                url,
                min_size=2,
                max_size=concurrency + 4,
                timeout=5,
                server_settings={"application_name": _WORKER},
            ) as pool:
                await _work_on(pool, handlers, concurrency, stopping, ready)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, PgqException, TimeoutError) as error:
            _log.warning("job queue interrupted", reason=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), _RECONNECT_SECONDS)


async def _work_on(
    pool: "asyncpg.Pool[asyncpg.Record]",
    handlers: Mapping[str, Handler],
    concurrency: int,
    stopping: asyncio.Event,
    ready: Callable[[], None],
) -> None:
    queue = _BoundedQueue(Queries(AsyncpgPoolDriver(pool)))
    queue.at_once = concurrency
    queue.min_dequeue_poll_interval = _LOOK_AGAIN
    for name, handler in handlers.items():
        queue.entrypoint(name)(_taking_subject(handler, stopping))
    relay = asyncio.create_task(_set_when(stopping, queue.shutdown))
    try:
        ready()
        await queue.run(
            dequeue_timeout=_LOOK_EVERY,
            batch_size=1,
            heartbeat_timeout=HEARTBEAT_TIMEOUT,
            shutdown_on_listener_failure=True,
        )
    finally:
        relay.cancel()


class _BoundedQueue(QueueManager):
    """Takes no more jobs than it can begin at once: the library's own bound is at least two."""

    at_once = 1

    def entrypoints_below_capacity_limits(self) -> set[QueueEntrypoint]:
        return set(self.entrypoint_registry) if len(self.job_context) < self.at_once else set()


def _taking_subject(handler: Handler, stopping: asyncio.Event) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        subject = (job.payload or b"").decode()
        with structlog.contextvars.bound_contextvars(job=job.entrypoint, subject=subject):
            try:
                await _unless_stopped(handler(UUID(subject)), stopping)
            except RetryRequested:
                raise
            except Exception as error:
                # The library would drop the job: what a handler did not foresee may pass, and its own row
                # counts how often it was begun.
                _log.exception("job broke off")
                raise RetryRequested(_AFTER_FAULT, type(error).__name__) from error

    return run


async def _unless_stopped(handling: Coroutine[None, None, None], stopping: asyncio.Event) -> None:
    """Runs a handler; a worker that is told to stop ends it and puts the job back for the next one."""
    working = asyncio.create_task(handling)
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait((working, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait((working,))
        raise RetryRequested(timedelta(0), "the worker stops")
    await working


async def _set_when(first: asyncio.Event, then: asyncio.Event) -> None:
    await first.wait()
    then.set()


class _SessionDriver(Driver):
    """Lets pgqueuer write through a session, and so inside its transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._shutdown = asyncio.Event()

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        connection = await self._session.connection()
        result = await connection.exec_driver_sql(query, args)
        return [dict(row) for row in result.mappings()]

    async def execute(self, query: str, *args: object) -> str:
        connection = await self._session.connection()
        await connection.exec_driver_sql(query, args)
        return ""

    async def notify(self, channel: str, payload: str) -> None:
        await self.execute("SELECT pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:  # noqa: ARG002 - the port's names
        raise RuntimeError("a session's connection goes back to the pool: it cannot listen")

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return
