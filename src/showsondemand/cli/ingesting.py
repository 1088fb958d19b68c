"""``ingest``: films from this machine into the service, with a progress bar."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn

from showsondemand.assembly import build_wiring
from showsondemand.cli.process import CommandFailed, OpenDatabase, console
from showsondemand.cli.worker_process import worker_process
from showsondemand.config import Settings
from showsondemand.errors import Problem
from showsondemand.jobs import is_worked
from showsondemand.vod_ingest import service
from showsondemand.vod_ingest.incoming import incoming_film
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob, JobState
from showsondemand.wiring import Wiring

_CHUNK_BYTES = 4 * 1024 * 1024
_LOOK_EVERY_SECONDS = 0.5


def ingest(
    settings: Settings, database: OpenDatabase, films: Sequence[Path], *, title: str | None, wait: bool
) -> None:
    """Uploads each film and, with ``wait``, stays until it is a show. Raises ``CommandFailed`` if any is not."""
    asyncio.run(_ingest(settings, database, films, title=title, wait=wait))


async def _ingest(
    settings: Settings, database: OpenDatabase, films: Sequence[Path], *, title: str | None, wait: bool
) -> None:
    async with started_wiring(settings, database) as wiring:
        jobs = [await upload(wiring, film, title=title) for film in films]
        if not wait:
            for job in jobs:
                typer.echo(f"{job.source_name}: uploaded, job {job.id}")
            return
        async with a_worker(wiring):
            ended = [await wait_for(wiring, job.id, label=job.source_name) for job in jobs]
    for job in ended:
        if job.state == JobState.COMPLETED:
            typer.echo(f"{job.source_name}: show {job.show_id}, waiting for review")
        else:
            typer.echo(f"{job.source_name}: {job.state}. {job.error_detail or ''}")
    if any(job.state != JobState.COMPLETED for job in ended):
        raise CommandFailed("Not every film became a show.")


@asynccontextmanager
async def started_wiring(settings: Settings, database: OpenDatabase) -> AsyncIterator[Wiring]:
    wiring = build_wiring(settings, database.url)
    await wiring.start()
    try:
        yield wiring
    finally:
        await wiring.close()


@asynccontextmanager
async def a_worker(wiring: Wiring) -> AsyncIterator[None]:
    """Sees to it that somebody works: a worker that is there (``serve`` brings one), else one of our own."""
    async with wiring.database.transaction() as session:
        is_there = await is_worked(session)
    if is_there:
        yield
        return
    async with worker_process(wiring.settings):
        yield


async def upload(wiring: Wiring, path: Path, *, title: str | None) -> IngestJob:
    """Streams a file in and has it transcoded. Raises ``CommandFailed`` with the reason for a refusal."""
    try:
        with (
            incoming_film(wiring.settings.data_folder) as film,
            path.open("rb") as source,
            _bar(DownloadColumn()) as bar,
        ):
            task = bar.add_task(f"{path.name}: upload", total=os.fstat(source.fileno()).st_size)
            while chunk := source.read(_CHUNK_BYTES):
                film.write(chunk)
                bar.advance(task, len(chunk))
            return await service.accept_film(wiring, film, service.Label(path.name, title), owner_id=None)
    except OSError as error:
        raise CommandFailed(f"{path}: {error.strerror}") from error
    except Problem as problem:
        raise CommandFailed(f"{path.name}: {problem.detail}") from problem


async def wait_for(wiring: Wiring, job_id: UUID, *, label: str) -> IngestJob:
    """Shows a job's progress until it has ended."""
    with _bar(TimeRemainingColumn()) as bar:
        task = bar.add_task(f"{label}: queued", total=1.0)
        while True:
            async with wiring.database.transaction() as session:
                job = await service.job(session, job_id)
            bar.update(task, completed=job.progress, description=f"{label}: {job.stage or job.state}")
            if job.state not in UNDER_WAY:
                return job
            await asyncio.sleep(_LOOK_EVERY_SECONDS)


def _bar(last: ProgressColumn) -> Progress:
    """A bar that goes away when it is full; none where nobody could see it move."""
    columns = (TextColumn("{task.description}"), BarColumn(), last)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
