"""Who harms the house, one way after the other as the lot falls, and each time lets it recover."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

import structlog

from fault_proxy import FaultProxy, Mood
from faults.house import BucketKeeper, House, has_faketime
from server_fixtures import eventually

_log = structlog.get_logger(__name__)
RECOVERY_SECONDS = 60


@dataclass(frozen=True)
class Harm:
    """One thing that is done to the house, and undone when it has lasted long enough."""

    name: str
    begin: Callable[[House], None]
    end: Callable[[House], None] = lambda _: None


def _in_a_mood(name: str, proxy: Callable[[House], FaultProxy], mood: Mood) -> Harm:
    return Harm(f"{name} {mood.name.lower()}", lambda h: proxy(h).be(mood), lambda h: proxy(h).be(Mood.WELL))


def _start_again(house: House) -> None:
    house.app.start("--no-worker")


def _freeze(house: House) -> None:
    house.worker.send_signal(signal.SIGSTOP)


def _thaw(house: House) -> None:
    house.worker.send_signal(signal.SIGCONT)


def _with_its_clock(shift: str) -> Harm:
    """A worker an hour off is one that was killed and started elsewhere."""

    def begin(house: House) -> None:
        house.kill_worker()
        house.start_worker(shift)

    def end(house: House) -> None:
        house.kill_worker()
        house.start_worker()

    return Harm(f"worker's clock {shift}", begin, end)


HARMS = (
    Harm("worker killed", lambda h: h.kill_worker(), lambda h: h.start_worker()),
    Harm("app killed", lambda h: h.app.kill(), _start_again),
    Harm("worker stopped", _freeze, _thaw),
    Harm("postgres killed", lambda h: h.postmaster().kill()),
    Harm("redis killed", lambda h: h.restart_redis()),
    Harm("disk full", lambda h: h.fill_disk(), lambda h: h.free_disk()),
    _in_a_mood("database", lambda h: h.database, Mood.RESETTING),
    _in_a_mood("database", lambda h: h.database, Mood.SILENT),
    _in_a_mood("database", lambda h: h.database, Mood.SLOW),
    _in_a_mood("redis", lambda h: h.cache, Mood.RESETTING),
    _in_a_mood("redis", lambda h: h.cache, Mood.SILENT),
    _in_a_mood("redis", lambda h: h.cache, Mood.SLOW),
    _with_its_clock("+1h"),
    _with_its_clock("-1h"),
)


def _keeper(house: House) -> BucketKeeper:
    assert house.keeper
    return house.keeper


def _proxy_of_keeper(house: House) -> FaultProxy:
    return _keeper(house).proxy


# Of a house whose films lie in a bucket.
KEEPER_HARMS = (
    Harm("storage killed", lambda h: _keeper(h).server.kill(), lambda h: _keeper(h).server.start()),
    Harm("storage stopped", lambda h: _keeper(h).server.freeze(), lambda h: _keeper(h).server.thaw()),
    _in_a_mood("storage", _proxy_of_keeper, Mood.RESETTING),
    _in_a_mood("storage", _proxy_of_keeper, Mood.SILENT),
    _in_a_mood("storage", _proxy_of_keeper, Mood.SLOW),
    _in_a_mood("storage", _proxy_of_keeper, Mood.BROKEN),
)


def rounds(chance: Random, *, in_bucket: bool = False) -> Iterator[Harm]:
    """Every harm once in an order drawn by lot, those of a bucket first, and then all over again."""
    able = [harm for harm in HARMS if "clock" not in harm.name or has_faketime()]
    while True:
        if in_bucket:
            yield from chance.sample(KEEPER_HARMS, len(KEEPER_HARMS))
        yield from chance.sample(able, len(able))


@contextmanager
def harmed(house: House, harm: Harm) -> Iterator[None]:
    """Harms the house as long as the block lasts, and waits until it has recovered."""
    _log.info("harm", harm=harm.name)
    harm.begin(house)
    try:
        yield
    finally:
        harm.end(house)
        began_at = time.monotonic()
        eventually(house.app.is_ready, seconds=RECOVERY_SECONDS, otherwise=house.logs)
        _log.info("recovered", harm=harm.name, seconds=round(time.monotonic() - began_at, 1))
