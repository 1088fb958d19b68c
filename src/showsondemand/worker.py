"""The job handlers of every context, and the process that runs them."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import structlog

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.remote.port import RemoteTranscoder
from showsondemand.admin.analyses.analysing import analyse_film
from showsondemand.admin.analyses.requesting import ANALYSE_ELSEWHERE, ANALYSE_HERE
from showsondemand.admin.notifications.announcing import DELIVER
from showsondemand.admin.notifications.delivering import deliver_notification
from showsondemand.admin.poster_copies import COPY_POSTER, copy_poster, have_posters_copied
from showsondemand.assembly import build_wiring
from showsondemand.auth.jobs import send_mail
from showsondemand.auth.outbox import SEND_MAIL
from showsondemand.auth.sweeping import sweep_identity
from showsondemand.config import Settings
from showsondemand.database import JOB_STATEMENT_MILLISECONDS, DatabaseAway
from showsondemand.jobs import Handler, work
from showsondemand.process_trail import Part, told
from showsondemand.tracing import Tracing
from showsondemand.vod_ingest.backlog import work_off_backlog
from showsondemand.vod_ingest.events import apply_parked_events
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.vod_ingest.ordering import cancel_encoding, order_encoding
from showsondemand.vod_ingest.overdue import ask_about_silent
from showsondemand.vod_ingest.queueing import TRANSCODE_FILM
from showsondemand.vod_ingest.service import APPLY_PARKED_EVENTS, CANCEL_ENCODING
from showsondemand.vod_ingest.sns_subscriptions import CONFIRM_SUBSCRIPTION, confirm_subscription
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.vod_ingest.watch_folder import WatchFolder
from showsondemand.wiring import Wiring
from showsondemand.worker_figures import WorkerFigures

_log = structlog.get_logger(__name__)
_SWEEP_EVERY_SECONDS = 3600
_ASK_EVERY_SECONDS = 60
_SHORT_JOBS_AT_ONCE = 4


def handlers_of(wiring: Wiring) -> dict[str, Handler]:
    """What each long job by its name does."""
    here: dict[str, Handler] = {
        TRANSCODE_FILM: partial(transcode_film, wiring),
        ANALYSE_HERE: partial(analyse_film, wiring),
    }
    if wiring.remote_transcoder is not None:
        here[TRANSCODE_FILM] = partial(order_encoding, wiring, wiring.remote_transcoder)
    return here


def short_handlers_of(wiring: Wiring) -> dict[str, Handler]:
    """What each short job by its name does: nobody waits an hour for a mail because a film is transcoded."""
    short: dict[str, Handler] = {
        SEND_MAIL: partial(send_mail, wiring),
        DELIVER: partial(deliver_notification, wiring),
        ANALYSE_ELSEWHERE: partial(analyse_film, wiring),
        APPLY_PARKED_EVENTS: partial(apply_parked_events, wiring),
        COPY_POSTER: partial(copy_poster, wiring),
        CONFIRM_SUBSCRIPTION: partial(confirm_subscription, wiring),
        CANCEL_ENCODING: partial(cancel_encoding, wiring),
    }
    return short


async def run_worker(
    settings: Settings,
    database_url: str,
    *,
    concurrency: int,
    ready: Callable[[], None] = lambda: None,
    tracing: Tracing | None = None,
) -> None:
    """Works until SIGTERM or SIGINT. Jobs under way then are ended, and taken up again by the next worker."""
    wiring = build_wiring(settings, database_url, statement_milliseconds=JOB_STATEMENT_MILLISECONDS)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    long, short = _watched(wiring, tracing)
    await wiring.start()
    try:
        async with told(wiring, Part.WORKER), _chores(wiring):
            await asyncio.gather(
                work(wiring.database.url, long, concurrency=concurrency, stopping=stopping, ready=ready),
                work(
                    wiring.database.url,
                    short,
                    concurrency=_SHORT_JOBS_AT_ONCE,
                    stopping=stopping,
                    ready=lambda: None,
                ),
            )
    finally:
        await wiring.close()
        if tracing is not None:
            tracing.close()


def _watched(wiring: Wiring, tracing: Tracing | None) -> tuple[dict[str, Handler], dict[str, Handler]]:
    """The handlers of long and of short jobs, counted and, where somebody asks for it, traced."""
    figures = WorkerFigures()
    if wiring.settings.logs.worker_metrics_port is not None:
        figures.serve(wiring.settings.logs.worker_metrics_port)
    long, short = figures.observed(handlers_of(wiring)), figures.observed(short_handlers_of(wiring))
    if tracing is None:
        return long, short
    tracing.watch(wiring.database)
    return tracing.observed(long), tracing.observed(short)


@asynccontextmanager
async def _chores(wiring: Wiring) -> AsyncIterator[None]:
    """What is done beside the jobs, inside the block."""
    chores = [
        asyncio.create_task(_sweep_now_and_then(wiring)),
        asyncio.create_task(work_off_backlog(wiring)),
    ]
    if wiring.remote_transcoder is not None:
        chores.append(asyncio.create_task(_ask_now_and_then(wiring, wiring.remote_transcoder)))
    if wiring.settings.inbox_folder is not None:
        chores.append(asyncio.create_task(WatchFolder(wiring, wiring.settings.inbox_folder).watch()))
    try:
        yield
    finally:
        for chore in chores:
            chore.cancel()
            with suppress(asyncio.CancelledError):
                await chore


async def _sweep_now_and_then(wiring: Wiring) -> None:
    while True:
        try:
            await sweep(wiring)
            await sweep_identity(wiring)
            await have_posters_copied(wiring)
        except (DatabaseAway, StorageAway, OSError) as error:
            _log.warning("not swept", reason=type(error).__name__)
        await asyncio.sleep(_SWEEP_EVERY_SECONDS)


async def _ask_now_and_then(wiring: Wiring, remote: RemoteTranscoder) -> None:
    while True:
        try:
            await ask_about_silent(wiring, remote)
        except DatabaseAway as error:
            _log.warning("encodings not asked about", reason=type(error).__name__)
        await asyncio.sleep(_ASK_EVERY_SECONDS)
