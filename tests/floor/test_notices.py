import asyncpg
import pytest

from floor.conftest import until
from showsondemand.database import Database
from showsondemand.notices import Notices, send_notice


class Listener:
    """Writes down what it hears, and how often it may have missed something."""

    def __init__(self, url: str) -> None:
        self.heard: list[str] = []
        self.gaps = 0
        self.notices = Notices(url)
        self.notices.on("news", self.heard.append, missed=self._missed)

    def _missed(self) -> None:
        self.gaps += 1


async def say(url: str, payload: str, *, fail: bool = False) -> None:
    """Sends a notice from another process."""
    other = Notices(url)
    database = Database(url, other)
    try:
        async with database.transaction() as session:
            await send_notice(session, "news", payload)
            if fail:
                raise LookupError(payload)
    finally:
        await database.close()


async def test_a_notice_is_heard_when_its_transaction_commits_and_only_then(empty_database_url: str) -> None:
    listener = Listener(empty_database_url)
    listener.notices.start()
    await until(lambda: listener.notices.listening)

    with pytest.raises(LookupError):
        await say(empty_database_url, "rolled back", fail=True)
    await say(empty_database_url, "committed")

    await until(lambda: listener.heard != [])
    assert listener.heard == ["committed"]
    await listener.notices.stop()


async def test_a_broken_connection_is_made_again_and_the_gap_is_told(empty_database_url: str) -> None:
    listener = Listener(empty_database_url)
    listener.notices.start()
    await until(lambda: listener.notices.listening)

    connection = await asyncpg.connect(empty_database_url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await connection.close()

    await until(lambda: listener.gaps == 2 and listener.notices.listening)
    await say(empty_database_url, "after the gap")
    await until(lambda: listener.heard == ["after the gap"])
    await listener.notices.stop()


async def test_a_connection_that_ends_is_not_trusted_from_that_moment(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("showsondemand.notices._PROBE_SECONDS", 3600)
    listener = Listener(empty_database_url)
    listener.notices.start()
    await until(lambda: listener.notices.listening)

    connection = await asyncpg.connect(empty_database_url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    )
    await connection.close()

    await until(lambda: listener.gaps == 2)
    await listener.notices.stop()
