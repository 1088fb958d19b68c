"""What a session is good for."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from fault_proxy import FaultProxy, Mood, proxy_to_database
from floor.conftest import Replica
from showsondemand.database import Database, DatabaseAway
from showsondemand.notices import Notices

PATIENCE_SECONDS = 20
_NOW = text("SELECT now()")  # when the transaction began


async def test_who_only_reads_begins_no_transaction(replica: Replica) -> None:
    async with replica.database.reading() as session:
        apart = [await session.scalar(_NOW) for _ in range(2)]
    async with replica.database.transaction() as session:
        together = [await session.scalar(_NOW) for _ in range(2)]

    assert apart[0] < apart[1]
    assert together[0] == together[1]


async def test_a_connection_that_was_read_with_serves_transactions_again(replica: Replica) -> None:
    async with replica.database.transaction() as session:
        await session.execute(text("CREATE TABLE notes (note text)"))
    for _ in range(3):
        async with replica.database.reading() as session:
            await session.execute(_NOW)

    with suppress(ProgrammingError):
        async with replica.database.transaction() as session:
            await session.execute(text("INSERT INTO notes VALUES ('never')"))
            await session.execute(text("SELECT FROM nowhere"))

    async with replica.database.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM notes")) == 0


@pytest.fixture
def through_proxy(empty_database_url: str) -> Iterator[tuple[FaultProxy, str]]:
    """The server as seen through a proxy, and its URL there."""
    with proxy_to_database(empty_database_url) as through:
        yield through


async def test_a_statement_of_a_server_that_falls_silent_is_given_up(
    through_proxy: tuple[FaultProxy, str],
) -> None:
    proxy, address = through_proxy
    database = Database(address, Notices(address), statement_milliseconds=500)
    assert await database.answers()

    proxy.be(Mood.SILENT)
    async with asyncio.timeout(PATIENCE_SECONDS):
        with pytest.raises(DatabaseAway):
            async with database.transaction() as session:
                await session.execute(text("SELECT 1"))
    proxy.be(Mood.WELL)

    assert await database.answers()
    await database.close()


async def test_whether_a_silent_server_answers_is_known_before_its_statement_is_given_up(
    through_proxy: tuple[FaultProxy, str],
) -> None:
    proxy, address = through_proxy
    database = Database(address, Notices(address), statement_milliseconds=20_000)
    assert await database.answers()

    proxy.be(Mood.SILENT)
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert [await database.answers(), await database.answers()] == [False, False]
    proxy.be(Mood.WELL)

    await database.close()
