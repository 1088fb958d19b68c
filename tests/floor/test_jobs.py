import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from floor.conftest import until
from showsondemand import jobs
from showsondemand.database import Database
from showsondemand.jobs import Handler, enqueue, work
from showsondemand.notices import Notices


@pytest.fixture
async def database(migrated_database_url: str) -> AsyncIterator[Database]:
    database = Database(migrated_database_url, Notices(migrated_database_url))
    yield database
    await database.close()


@asynccontextmanager
async def worker(database: Database, handler: Handler) -> AsyncIterator[None]:
    """A worker that knows one job, ``bake``, inside the block."""
    stopping, ready = asyncio.Event(), asyncio.Event()
    working = asyncio.create_task(
        work(database.url, {"bake": handler}, concurrency=1, stopping=stopping, ready=ready.set)
    )
    await ready.wait()
    try:
        yield
    finally:
        stopping.set()
        await working


async def asked(database: Database, subject: UUID, *, after: timedelta | None = None) -> None:
    async with database.transaction() as session:
        await enqueue(session, "bake", subject, after=after)


async def test_a_job_is_done_once_its_cause_is_committed_and_not_where_it_was_rolled_back(
    database: Database,
) -> None:
    done: list[UUID] = []
    committed, rolled_back = uuid4(), uuid4()

    async def bake(subject: UUID) -> None:
        done.append(subject)

    async def ask_and_fail() -> None:
        async with database.transaction() as session:
            await enqueue(session, "bake", rolled_back)
            raise LookupError

    with pytest.raises(LookupError):
        await ask_and_fail()
    await asked(database, committed)

    async with worker(database, bake):
        await until(lambda: done != [])
    assert done == [committed]


async def test_a_job_that_was_put_off_is_not_done_before(database: Database) -> None:
    done: list[UUID] = []
    at_once, later = uuid4(), uuid4()

    async def bake(subject: UUID) -> None:
        done.append(subject)

    await asked(database, later, after=timedelta(hours=1))
    await asked(database, at_once)

    async with worker(database, bake):
        await until(lambda: done != [])
    assert done == [at_once]


async def test_a_job_that_breaks_off_is_taken_up_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_AFTER_FAULT", timedelta(0))
    tries: list[UUID] = []

    async def bake(subject: UUID) -> None:
        tries.append(subject)
        if len(tries) == 1:
            raise RuntimeError("the oven is cold")

    subject = uuid4()
    await asked(database, subject)

    async with worker(database, bake):
        await until(lambda: len(tries) == 2)
    assert tries == [subject, subject]


async def test_a_worker_that_is_told_to_stop_leaves_its_job_to_the_next_one(database: Database) -> None:
    begun: list[UUID] = []
    ended: list[str] = []

    async def bake_for_ever(subject: UUID) -> None:
        begun.append(subject)
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("by the first worker")

    async def bake(subject: UUID) -> None:
        begun.append(subject)
        ended.append("by the second worker")

    subject = uuid4()
    await asked(database, subject)

    async with worker(database, bake_for_ever):
        await until(lambda: begun != [])
    async with worker(database, bake):
        await until(lambda: len(begun) == 2)

    assert begun == [subject, subject]
    assert ended == ["by the first worker", "by the second worker"]
