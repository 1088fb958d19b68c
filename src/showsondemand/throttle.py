"""Counts what may not happen too often: in Redis where there is one, in PostgreSQL where not or while it is away.

A count that nobody keeps would be no limit at all: with both away counting fails, and so does what asked for it.
What Redis had counted starts anew in PostgreSQL, so an outage of Redis at most doubles a limit.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import Index, case, delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from showsondemand.database import Base, Database

_log = structlog.get_logger(__name__)
# Redis that takes longer than this is as good as away: PostgreSQL counts in a few ms.
_REDIS_SECONDS = 0.25
# After a failure Redis is left alone for this long, so that not every sign-in waits for it in vain.
_REDIS_PAUSE_SECONDS = 5.0

T = TypeVar("T")


class ThrottleCount(Base):
    """How often something happened since its window began; worth nothing after ``until``."""

    __tablename__ = "throttle_counts"
    __table_args__ = (Index("ix_throttle_counts_until", "until"), {"prefixes": ["UNLOGGED"]})

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(server_default=text("1"))
    until: Mapped[datetime]


class Throttle:
    """Counters that forget: each has a key, a count, and a moment after which it is gone."""

    def __init__(self, database: Database, redis: Redis | None = None) -> None:
        self._database = database
        self._redis = redis
        self._away_until = 0.0

    async def add(self, key: str, seconds: float) -> int:
        """Counts once more and gives the count; the first one begins a window of ``seconds``."""

        async def in_redis(redis: Redis) -> int:
            pipe = redis.pipeline(transaction=True)
            pipe.set(_name(key), 0, px=_milliseconds(seconds), nx=True)
            pipe.incr(_name(key))
            return int((await pipe.execute())[1])

        return await self._first(in_redis, lambda: self._add(key, seconds))

    async def hold(self, key: str, seconds: float) -> None:
        """Has ``seconds_left`` of ``key`` say ``seconds`` from now."""

        async def in_redis(redis: Redis) -> None:
            await redis.set(_name(key), 1, px=_milliseconds(seconds))

        await self._first(in_redis, lambda: self._hold(key, seconds))

    async def seconds_left(self, keys: Collection[str]) -> float:
        """How long until the last of ``keys`` is forgotten; 0 when none is there."""

        async def in_redis(redis: Redis) -> float:
            pipe = redis.pipeline(transaction=False)
            for key in keys:
                pipe.pttl(_name(key))
            milliseconds: list[int] = await pipe.execute()
            # Redis rounds: 0 is a key in its last millisecond, and what is not there is below 0.
            return max(0, *(max(1, left) if left >= 0 else 0 for left in milliseconds)) / 1000

        return await self._first(in_redis, lambda: self._seconds_left(keys))

    async def forget(self, keys: Collection[str]) -> None:
        """Begins ``keys`` anew."""

        async def in_redis(redis: Redis) -> None:
            await redis.delete(*(_name(key) for key in keys))

        await self._first(in_redis, lambda: self._forget(keys))

    async def sweep(self) -> None:
        """Removes what is past from PostgreSQL; Redis does so by itself."""
        async with self._database.transaction() as session:
            await session.execute(delete(ThrottleCount).where(ThrottleCount.until < datetime.now(UTC)))

    async def _first(
        self, in_redis: Callable[[Redis], Awaitable[T]], in_database: Callable[[], Awaitable[T]]
    ) -> T:
        clock = asyncio.get_running_loop().time
        if self._redis is not None and clock() >= self._away_until:
            try:
                async with asyncio.timeout(_REDIS_SECONDS):
                    return await in_redis(self._redis)
            except (RedisError, OSError, TimeoutError) as error:
                self._away_until = clock() + _REDIS_PAUSE_SECONDS
                _log.warning("redis away, counting in the database", reason=type(error).__name__)
        return await in_database()

    async def _add(self, key: str, seconds: float) -> int:
        now = datetime.now(UTC)
        over = ThrottleCount.until <= now
        until = now + timedelta(seconds=seconds)
        async with self._database.transaction() as session:
            counted = await session.scalar(
                insert(ThrottleCount)
                .values(key=_name(key), count=1, until=until)
                .on_conflict_do_update(
                    index_elements=[ThrottleCount.key],
                    set_={
                        "count": case((over, 1), else_=ThrottleCount.count + 1),
                        "until": case((over, until), else_=ThrottleCount.until),
                    },
                )
                .returning(ThrottleCount.count)
            )
        return int(counted or 1)

    async def _hold(self, key: str, seconds: float) -> None:
        until = datetime.now(UTC) + timedelta(seconds=seconds)
        async with self._database.transaction() as session:
            await session.execute(
                insert(ThrottleCount)
                .values(key=_name(key), count=1, until=until)
                .on_conflict_do_update(index_elements=[ThrottleCount.key], set_={"until": until})
            )

    async def _seconds_left(self, keys: Collection[str]) -> float:
        async with self._database.transaction() as session:
            until = await session.scalar(
                select(func.max(ThrottleCount.until)).where(
                    ThrottleCount.key.in_([_name(key) for key in keys])
                )
            )
        return max(0.0, (until - datetime.now(UTC)).total_seconds()) if until else 0.0

    async def _forget(self, keys: Collection[str]) -> None:
        async with self._database.transaction() as session:
            await session.execute(
                delete(ThrottleCount).where(ThrottleCount.key.in_([_name(key) for key in keys]))
            )


def _name(key: str) -> str:
    """A key without the addresses in it: what is kept names nobody."""
    return f"throttle:{sha256(key.encode()).hexdigest()[:32]}"


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))
