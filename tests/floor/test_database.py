"""What a session is good for."""

from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from floor.conftest import Replica

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
