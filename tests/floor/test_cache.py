import asyncio

import pytest

from floor.conftest import Replica, Source, until
from showsondemand.cache import Loaded, member

Replicas = tuple[Replica, Replica]


async def change(replica: Replica, source: Source, body: bytes, *, forgotten: str = "key") -> None:
    """Changes what is remembered, as a service does: the key is forgotten in the same transaction."""
    async with replica.database.transaction() as session:
        await replica.cache.forget(session, forgotten)
        source.body = body


async def test_a_thousand_who_ask_at_once_cost_one_load(replica: Replica) -> None:
    source = Source()

    answers = await asyncio.gather(*(replica.cache.remember("key", source.load) for _ in range(1_000)))

    assert source.loads == 1
    assert {answer.body for answer in answers} == {b"first"}


async def test_what_was_loaded_is_remembered_until_its_time_is_over(replica: Replica) -> None:
    lasting, over = Source(), Source(seconds=0.0)

    lasting_hits = [(await replica.cache.remember("lasting", lasting.load)).hit for _ in range(3)]
    over_hits = [(await replica.cache.remember("over", over.load)).hit for _ in range(3)]

    assert (lasting_hits, lasting.loads) == ([False, True, True], 1)
    assert (over_hits, over.loads) == ([False, False, False], 3)


async def test_its_time_counts_from_when_it_began_to_be_loaded(replica: Replica) -> None:
    source = Source(seconds=0.05)

    async def slowly() -> Loaded:
        loaded = await source.load()
        await asyncio.sleep(0.1)
        return loaded

    await replica.cache.remember("key", slowly)
    answer = await replica.cache.remember("key", slowly)

    assert (answer.hit, source.loads) == (False, 2)


async def test_who_makes_a_change_sees_it_at_once_and_everybody_else_soon(replicas: Replicas) -> None:
    here, there = replicas
    source = Source()
    for replica in replicas:
        await replica.cache.remember("key", source.load)

    await change(here, source, b"second")

    assert (await here.cache.remember("key", source.load)).body == b"second"
    await until(lambda: there.cache.present("key") is None)
    assert (await there.cache.remember("key", source.load)).body == b"second"


async def test_what_is_rolled_back_is_not_forgotten(replica: Replica) -> None:
    source = Source()
    await replica.cache.remember("key", source.load)

    async def forget_and_fail() -> None:
        async with replica.database.transaction() as session:
            await replica.cache.forget(session, "key")
            raise LookupError

    with pytest.raises(LookupError):
        await forget_and_fail()

    assert (await replica.cache.remember("key", source.load)).hit


@pytest.mark.parametrize(("key", "forgotten"), [("key", "key"), ("lists?one", "lists")])
async def test_what_was_loaded_before_a_change_is_not_kept_after_it(
    replica: Replica, key: str, forgotten: str
) -> None:
    source = Source()
    loading, changed = asyncio.Event(), asyncio.Event()

    async def load_slowly() -> Loaded:
        loaded = await source.load()
        loading.set()
        await changed.wait()
        return loaded

    before = asyncio.create_task(replica.cache.remember(key, load_slowly))
    await loading.wait()
    await change(replica, source, b"second", forgotten=forgotten)
    after = await replica.cache.remember(key, source.load)
    changed.set()

    assert (await before).body == b"first"
    assert after.body == b"second"
    assert (await replica.cache.remember(key, source.load)).body == b"second"


async def test_a_load_that_fails_is_told_to_all_who_wait_and_tried_again(replica: Replica) -> None:
    source = Source()

    async def fail() -> Loaded:
        await asyncio.sleep(0)
        raise LookupError("away")

    failed = await asyncio.gather(
        *(replica.cache.remember("key", fail) for _ in range(10)), return_exceptions=True
    )
    answer = await replica.cache.remember("key", source.load)

    assert {type(each) for each in failed} == {LookupError}
    assert answer.body == b"first"


async def test_one_who_gives_up_waiting_takes_nothing_from_the_others(replica: Replica) -> None:
    source, go_on = Source(), asyncio.Event()

    async def load_slowly() -> Loaded:
        await go_on.wait()
        return await source.load()

    impatient = asyncio.create_task(replica.cache.remember("key", load_slowly))
    patient = asyncio.create_task(replica.cache.remember("key", load_slowly))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.sleep(0)
    go_on.set()

    assert (await patient).body == b"first"
    assert source.loads == 1


async def test_of_many_answers_only_so_many_are_kept(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showsondemand.cache._COPIES_AT_MOST", 2)
    source = Source()
    for key in ("first", "second", "first", "third"):
        await replica.cache.remember(key, source.load)

    present = [key for key in ("first", "second", "third") if replica.cache.present(key)]

    assert (present, source.loads) == (["second", "third"], 3)


async def test_of_large_answers_only_so_many_bytes_are_kept(
    replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showsondemand.cache._COPIED_BYTES_AT_MOST", 10)
    source = Source(body=b"12345")
    for key in ("first", "second", "second", "third"):
        await replica.cache.remember(key, source.load)

    present = [key for key in ("first", "second", "third") if replica.cache.present(key)]

    assert present == ["second", "third"]


async def test_a_family_is_forgotten_at_once_and_leaves_others_their_room(
    replicas: Replicas, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showsondemand.cache._COPIES_AT_MOST", 2)
    here, there = replicas
    source = Source()
    keys = ["key", *(member("lists", name) for name in ("one?", "two", "three"))]
    for replica in replicas:
        for key in keys:
            await replica.cache.remember(key, source.load)
    before = [[key for key in keys if replica.cache.present(key)] for replica in replicas]

    async with here.database.transaction() as session:
        await here.cache.forget(session, "lists")

    assert before == [["key", "lists?two", "lists?three"]] * 2
    await until(lambda: there.cache.present("lists?two") is None)
    assert [[key for key in keys if replica.cache.present(key)] for replica in replicas] == [["key"]] * 2


async def test_while_changes_may_be_missed_nothing_is_taken_from_the_copies(replica: Replica) -> None:
    source = Source()
    await replica.cache.remember("key", source.load)

    await replica.notices.stop()
    await until(lambda: not replica.notices.listening)
    source.body = b"second"

    assert (await replica.cache.remember("key", source.load)).body == b"second"
