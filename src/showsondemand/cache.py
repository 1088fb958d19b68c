"""Prebuilt answers kept for a while: a copy in the process, in front of Redis where there is one.

A key is forgotten by a notice that commits together with the change, so that every replica drops its copy.
What was loaded before a change can never be kept after it: forgetting disowns a load that is under way, and moves on
the epoch that each key has in Redis. With Redis away answers are loaded anew: slower, never wrong.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.notices import Notices, send_notice

_log = structlog.get_logger(__name__)
_CHANNEL = "showsondemand_cache"
# Redis that takes longer than this is as good as away: PostgreSQL answers the same question in a few ms.
_REDIS_SECONDS = 0.25
_EPOCH_SECONDS = 7 * 24 * 3600
# A show is some kilobytes, a page of a list twenty. What has been here longest makes room.
_COPIES_AT_MOST = 2_000
_COPIED_BYTES_AT_MOST = 16 * 1024 * 1024
_MEMBER_OF = "?"


@dataclass(frozen=True)
class Loaded:
    """What a loader found, and for how many seconds it may be kept."""

    body: bytes
    seconds: float


@dataclass(frozen=True)
class Remembered:
    """An answer and whether it was there already."""

    body: bytes
    hit: bool


@dataclass(slots=True)
class Copy:
    """An answer in this process. ``beside`` is for what a reader makes of it: it goes when the answer goes."""

    body: bytes
    until: float
    beside: object | None = None


Load = Callable[[], Awaitable[Loaded]]


def member(family: str, name: str) -> str:
    """The key of one of many answers that are all forgotten at once, by their ``family``. Never shared."""
    return f"{family}{_MEMBER_OF}{name}"


class Cache:
    """``remember`` answers by key; ``forget`` them in the transaction that changes what they say."""

    def __init__(self, notices: Notices, redis: Redis | None = None) -> None:
        self._notices = notices
        self._shared = SharedAnswers(redis) if redis is not None else None
        self._shelves: dict[str, _Shelf] = {}
        self._flights: dict[str, asyncio.Task[Remembered]] = {}
        self.found = {"process": 0, "redis": 0, "database": 0}  # how many answers came from where
        notices.on(_CHANNEL, self._drop, missed=self.drop_all)

    async def remember(self, key: str, load: Load, *, is_shared: bool = True) -> Remembered:
        """The answer under ``key``: from the process, from Redis, or from ``load``, which runs once at a time.

        What is not shared stays in the process: where loading costs no more than asking Redis would.
        """
        present = self.present(key)
        if present is not None:
            return Remembered(present.body, hit=True)
        flight = self._flights.get(key)
        if flight is None:
            is_shared = is_shared and _MEMBER_OF not in key
            flight = asyncio.create_task(self._fly(key, load, is_shared=is_shared))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(flight)

    def present(self, key: str) -> Copy | None:
        """The answer under ``key`` where this process has it and may trust it, without asking anybody."""
        shelf = self._shelves.get(_family_of(key))
        copy = shelf.copies.get(key) if shelf else None
        fresh = copy is not None and monotonic() < copy.until and self._notices.listening
        if copy is None or not fresh:
            return None
        self.found["process"] += 1
        return copy

    async def forget(self, session: AsyncSession, *keys: str) -> None:
        """Every replica drops ``keys``, and families of keys, when this transaction commits; in this order."""
        await send_notice(session, _CHANNEL, *keys)

    def drop_all(self) -> None:
        """Drops all copies, those in Redis too: some notice may have been missed."""
        self._shelves.clear()
        self._flights.clear()
        if self._shared is not None:
            self._shared.distrust_all()

    async def answers(self) -> bool | None:
        """Whether Redis answers; ``None`` where there is none to ask."""
        return None if self._shared is None else await self._shared.answers()

    async def close(self) -> None:
        if self._shared is not None:
            await self._shared.close()

    def _landed(self, key: str, flight: "asyncio.Task[Remembered]") -> None:
        if self._flights.get(key) is flight:
            del self._flights[key]
        if not flight.cancelled():
            flight.exception()  # read here: those who waited have it too, and may all have gone

    async def _fly(self, key: str, load: Load, *, is_shared: bool) -> Remembered:
        flight = asyncio.current_task()
        shared = self._shared if is_shared and self._notices.listening else None
        place = await shared.place(key) if shared else None
        loaded = await shared.read(place) if shared and place else None
        hit = loaded is not None
        self.found["redis" if hit else "database"] += 1
        if loaded is None:
            loaded = await _loaded(load)
            if shared and place:
                await shared.write(place, loaded)
        if self._flights.get(key) is flight and loaded.seconds > 0:
            copy = Copy(loaded.body, monotonic() + loaded.seconds)
            self._shelves.setdefault(_family_of(key), _Shelf()).keep(key, copy)
        return Remembered(loaded.body, hit)

    def _drop(self, forgotten: str) -> None:
        """Drops a key, or a family. Who asks from now on must not be given what was loaded before, either."""
        self._shelves.pop(forgotten, None)
        if (shelf := self._shelves.get(_family_of(forgotten))) is not None:
            shelf.drop(forgotten)
        for key in [key for key in self._flights if forgotten in (key, _family_of(key))]:
            del self._flights[key]
        if self._shared is not None:
            self._shared.distrust(forgotten)


class _Shelf:
    """The copies of one family, or of all keys without one: none of them makes another family's go."""

    def __init__(self) -> None:
        self.copies: dict[str, Copy] = {}
        self._bytes = 0

    def keep(self, key: str, copy: Copy) -> None:
        self.drop(key)
        self.copies[key] = copy
        self._bytes += len(copy.body)
        while len(self.copies) > _COPIES_AT_MOST or self._bytes > _COPIED_BYTES_AT_MOST:
            self.drop(next(iter(self.copies)))

    def drop(self, key: str) -> None:
        copy = self.copies.pop(key, None)
        self._bytes -= len(copy.body) if copy else 0


class SharedAnswers:
    """Answers in Redis, under a key's present epoch.

    An epoch is trusted from when this process has moved it on itself until the key is forgotten: so a Redis
    that was away while something changed, or was there before we were, never gives an old answer.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._trusted: set[str] = set()

    def distrust(self, key: str) -> None:
        self._trusted.discard(key)

    def distrust_all(self) -> None:
        self._trusted.clear()

    async def place(self, key: str) -> str | None:
        """Where the present answer of ``key`` lies; ``None`` with Redis away."""
        name = f"epoch:{key}"
        fresh = secrets.token_hex(8)
        try:
            async with asyncio.timeout(_REDIS_SECONDS):
                if key in self._trusted:
                    await self._redis.set(name, fresh, nx=True, ex=_EPOCH_SECONDS)
                    epoch = await self._redis.get(name)
                else:
                    self._trusted.add(key)  # before the wait: a key forgotten during it is distrusted again
                    await self._redis.set(name, fresh, ex=_EPOCH_SECONDS)
                    epoch = fresh.encode()
        except (RedisError, OSError, TimeoutError) as error:
            self._trusted.discard(key)
            _log.warning("redis away", reason=type(error).__name__)
            return None
        return f"answer:{key}:{_as_bytes(epoch).decode()}" if epoch else None

    async def read(self, place: str) -> Loaded | None:
        try:
            async with asyncio.timeout(_REDIS_SECONDS):
                body, milliseconds = await self._redis.get(place), await self._redis.pttl(place)
        except (RedisError, OSError, TimeoutError):
            return None
        return Loaded(_as_bytes(body), milliseconds / 1000) if body is not None and milliseconds > 0 else None

    async def write(self, place: str, loaded: Loaded) -> None:
        milliseconds = int(loaded.seconds * 1000)
        if milliseconds <= 0:
            return
        try:
            async with asyncio.timeout(_REDIS_SECONDS):
                await self._redis.set(place, loaded.body, px=milliseconds)
        except (RedisError, OSError, TimeoutError):
            return

    async def answers(self) -> bool:
        try:
            async with asyncio.timeout(_REDIS_SECONDS * 4):
                await self._redis.ping()
        except (RedisError, OSError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        await self._redis.aclose()


async def _loaded(load: Load) -> Loaded:
    """What ``load`` finds: its seconds count from when it began to look."""
    began = monotonic()
    loaded = await load()
    return Loaded(loaded.body, loaded.seconds - (monotonic() - began))


def _family_of(key: str) -> str:
    """What forgets ``key`` along with others; empty for a key of its own."""
    return key.partition(_MEMBER_OF)[0] if _MEMBER_OF in key else ""


def _as_bytes(value: bytes | str) -> bytes:
    """What redis-py answers with: bytes, unless its URL asks for text."""
    return value.encode() if isinstance(value, str) else value
