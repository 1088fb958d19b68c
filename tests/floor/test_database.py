"""What a session is good for."""

import asyncio
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from fault_proxy import Mood, proxy_to
from floor.conftest import Replica
from showsondemand.database import Database
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


async def test_a_server_that_falls_silent_is_away_after_a_while(empty_database_url: str) -> None:
    url = make_url(empty_database_url)
    server = Path(str(url.query["host"])) / f".s.PGSQL.{url.query['port']}"
    with proxy_to(server) as proxy:
        through = url.set(host="127.0.0.1", port=proxy.port, query={})
        address = through.render_as_string(hide_password=False)
        database = Database(address, Notices(address), statement_milliseconds=500)
        assert await database.answers()

        proxy.be(Mood.SILENT)
        async with asyncio.timeout(PATIENCE_SECONDS):
            answers = await database.answers()
        proxy.be(Mood.WELL)

        assert (answers, await database.answers()) == (False, True)
        await database.close()
