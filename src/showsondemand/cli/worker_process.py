"""A worker as a child process that is started again whenever it ends, and never outlives us."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from showsondemand.child_process import guarded
from showsondemand.config import Settings

_log = structlog.get_logger(__name__)
_PAUSE_SECONDS = 1.0
_PATIENCE_SECONDS = 8.0


@asynccontextmanager
async def worker_process(settings: Settings) -> AsyncIterator[None]:
    """Keeps a worker running inside the block. To be entered on the main thread's loop."""
    watching = asyncio.create_task(_keep_running(settings), name="worker process")
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _keep_running(settings: Settings) -> None:
    while True:
        worker = await asyncio.create_subprocess_exec(
            *guarded([sys.executable, "-m", "showsondemand.cli.main", "worker"]),
            env={**os.environ, **_decided(settings)},
            start_new_session=True,  # Ctrl-C in our terminal is for us: we end it, once, and start no other
        )
        try:
            code = await worker.wait()
        except asyncio.CancelledError:
            await _end(worker)
            raise
        _log.warning("worker ended, starting another", exit_code=code)
        await asyncio.sleep(_PAUSE_SECONDS)


def _decided(settings: Settings) -> dict[str, str]:
    """Settings that we may have by a command's nature or options, and that the worker is to have too."""
    return {"PUBLIC_BASE_URL": settings.base_url, "LOG_LEVEL": settings.logs.level}


async def _end(worker: Process) -> None:
    with suppress(ProcessLookupError):
        worker.terminate()
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await worker.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            worker.kill()
        await worker.wait()
