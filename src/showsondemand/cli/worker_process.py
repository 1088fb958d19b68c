"""A worker as a child process that is started again whenever it ends, and never outlives us."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

import structlog

from showsondemand.child_process import guarded
from showsondemand.config import Settings

_log = structlog.get_logger(__name__)
_PAUSE_SECONDS = 1.0
_PATIENCE_SECONDS = 5.0
_LEAST_PATIENCE_SECONDS = 1.0


class WorkerProcess:
    """The child, started again whenever it ends, until it has been told to end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._end_by: float | None = None

    def end_soon(self) -> None:
        """Tells it to end, without waiting: what is under way beside it may need its own time to end."""
        self._end_by = monotonic() + _PATIENCE_SECONDS
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.terminate()

    async def keep_running(self) -> None:
        while self._end_by is None:
            self._process = await asyncio.create_subprocess_exec(
                *guarded([sys.executable, "-m", "showsondemand.cli.main", "worker"]),
                env={**os.environ, **_decided(self._settings)},
                start_new_session=True,  # Ctrl-C in our terminal is for us: we end it, once, and start no other
            )
            try:
                code = await self._process.wait()
            except asyncio.CancelledError:
                await self._end(self._process)
                raise
            if self._end_by is None:
                _log.warning("worker ended, starting another", exit_code=code)
                await asyncio.sleep(_PAUSE_SECONDS)

    async def _end(self, process: Process) -> None:
        end_by = self._end_by or monotonic() + _PATIENCE_SECONDS
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(max(_LEAST_PATIENCE_SECONDS, end_by - monotonic())):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@asynccontextmanager
async def worker_process(settings: Settings) -> AsyncIterator[WorkerProcess]:
    """Keeps a worker running inside the block. To be entered on the main thread's loop."""
    worker = WorkerProcess(settings)
    watching = asyncio.create_task(worker.keep_running(), name="worker process")
    try:
        yield worker
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


def _decided(settings: Settings) -> dict[str, str]:
    """Settings that we may have by a command's nature or options, and that the worker is to have too."""
    return {"PUBLIC_BASE_URL": settings.base_url, "LOG_LEVEL": settings.logs.level}
