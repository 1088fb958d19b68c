"""The job handlers of every context, and the process that runs them."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog

from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.database import JOB_STATEMENT_MILLISECONDS, DatabaseAway
from showsondemand.jobs import Handler, work
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.vod_ingest.queueing import TRANSCODE_FILM
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
_SWEEP_EVERY_SECONDS = 3600


def handlers_of(wiring: Wiring) -> dict[str, Handler]:
    """What each job by its name does."""
    return {TRANSCODE_FILM: partial(transcode_film, wiring)}


async def run_worker(
    settings: Settings, database_url: str, *, concurrency: int, ready: Callable[[], None] = lambda: None
) -> None:
    """Works until SIGTERM or SIGINT. Jobs under way then are ended, and taken up again by the next worker."""
    wiring = build_wiring(settings, database_url, statement_milliseconds=JOB_STATEMENT_MILLISECONDS)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    await wiring.start()
    sweeping = asyncio.create_task(_sweep_now_and_then(wiring))
    try:
        await work(
            wiring.database.url, handlers_of(wiring), concurrency=concurrency, stopping=stopping, ready=ready
        )
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await wiring.close()


async def _sweep_now_and_then(wiring: Wiring) -> None:
    while True:
        try:
            await sweep(wiring)
        except (DatabaseAway, OSError) as error:
            _log.warning("not swept", reason=type(error).__name__)
        await asyncio.sleep(_SWEEP_EVERY_SECONDS)
