"""Caches over a real database, as two processes of one service have them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from redis.asyncio import Redis

from showsondemand.cache import Cache, Loaded
from showsondemand.database import Database
from showsondemand.notices import Notices

_PATIENCE_SECONDS = 60


@dataclass
class Replica:
    """What one process has of the floor."""

    notices: Notices
    database: Database
    cache: Cache


@dataclass
class Source:
    """What is remembered: ``body`` as it stands now, and how often it was looked up."""

    body: bytes = b"first"
    seconds: float = 60
    loads: int = field(default=0)

    async def load(self) -> Loaded:
        self.loads += 1
        return Loaded(self.body, self.seconds)


async def until(holds: Callable[[], bool]) -> None:
    """Waits until ``holds``."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 - nobody would set an event for us
            await asyncio.sleep(0.01)


@asynccontextmanager
async def replica_on(url: str, redis_url: str | None = None) -> AsyncIterator[Replica]:
    notices = Notices(url)
    database = Database(url, notices)
    redis = Redis.from_url(redis_url) if redis_url else None
    replica = Replica(notices, database, Cache(notices, redis))
    notices.start()
    try:
        await until(lambda: notices.listening)
        yield replica
    finally:
        await notices.stop()
        await replica.cache.close()
        await database.close()


@pytest.fixture
async def replicas(empty_database_url: str) -> AsyncIterator[tuple[Replica, Replica]]:
    """Two processes on one database, without Redis."""
    async with AsyncExitStack() as stack:
        yield (
            await stack.enter_async_context(replica_on(empty_database_url)),
            await stack.enter_async_context(replica_on(empty_database_url)),
        )


@pytest.fixture
async def replica(replicas: tuple[Replica, Replica]) -> Replica:
    return replicas[0]
