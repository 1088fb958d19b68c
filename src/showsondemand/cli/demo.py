"""``demo``: a small library of real clips, transcoded, described, reviewed and published, to look at."""

import asyncio
import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from uuid import UUID

import typer

from showsondemand.admin import reviewing
from showsondemand.admin import service as admin
from showsondemand.admin.desk import Desk
from showsondemand.admin.models import Reviewing, Verdict
from showsondemand.admin.schemas import NewReview
from showsondemand.cli.demo_library import LIBRARY, DemoShow
from showsondemand.cli.ingesting import a_worker, started_wiring, upload, wait_for
from showsondemand.cli.process import CommandFailed, OpenDatabase
from showsondemand.config import Settings
from showsondemand.shows import service as shows
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState
from showsondemand.tokens import Caller, Role
from showsondemand.vod_ingest import service as vod_ingest
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob, JobState
from showsondemand.wiring import Wiring

_NAME = "showsondemand demo"
_NOTES = "One of the clips that come with the service."
# Whoever sits at the terminal may do everything; no account stands behind it.
_NOBODY = UUID(int=0)
_AT_THE_TERMINAL = Caller(_NOBODY, _NOBODY, Role.ADMIN)
_LOCK = "demo.lock"


class Outcome(StrEnum):
    """What became of a demo show in this run."""

    PUBLISHED = "published"
    IN_REVIEW = "waits for review"
    KEPT = "was there already"
    DELETED = "was deleted since, and stays so"


def demo(settings: Settings, database: OpenDatabase) -> None:
    """Brings in what of the library is not there yet; what somebody has changed since is left alone.

    Killed at any point, the next run does the rest. Raises ``CommandFailed``.
    """
    with _alone(settings):
        asyncio.run(_demo(settings, database))


async def _demo(settings: Settings, database: OpenDatabase) -> None:
    async with started_wiring(settings, database) as wiring:
        jobs = [(entry, await _job_for(wiring, entry)) for entry in LIBRARY]
        async with a_worker(wiring):
            for entry, job in jobs:
                ended = await wait_for(wiring, job.id, label=entry.title)
                typer.echo(f"{entry.title}: {await _present(wiring, entry, ended)}")


async def _job_for(wiring: Wiring, entry: DemoShow) -> IngestJob:
    """The job of the entry's clip: an earlier run's, tried again if it had failed, else one made now."""
    content = hashlib.sha256(entry.clip.read_bytes()).hexdigest()
    async with wiring.database.transaction() as session:
        job = await vod_ingest.newest_job_of_film(session, content)
        if job is not None and job.state in (JobState.FAILED, JobState.CANCELLED):
            return await vod_ingest.retry_job(session, job.id)
        if job is not None and (job.state in UNDER_WAY or job.show_id is not None):
            return job
    return await upload(wiring, entry.clip, title=entry.title)


async def _present(wiring: Wiring, entry: DemoShow, job: IngestJob) -> Outcome:
    """Describes and publishes the job's show, unless somebody has had it in hand since it was made."""
    if job.state != JobState.COMPLETED or job.show_id is None:
        raise CommandFailed(f"{entry.title}: {job.state}. {job.error_detail or ''}")
    async with wiring.database.transaction() as session:
        try:
            show = await shows.show_to_change(session, job.show_id)
        except ShowNotFound:
            return Outcome.DELETED
        if not _is_fresh(show):
            return Outcome.KEPT
        desk = replace(Desk.of(session, wiring.cache, wiring.settings), own_reviews=True)
        described = entry.described.model_copy(
            update={"title": entry.title}
        )  # whoever sent the clip before us
        await admin.change_show(desk, show.id, described, editor=_AT_THE_TERMINAL, if_match=None)
        if not entry.is_approved:
            return Outcome.IN_REVIEW
        approval = NewReview(verdict=Verdict.APPROVE, notes=_NOTES)
        await reviewing.review_show(desk, show.id, approval, reviewing=Reviewing(user_id=None, name=_NAME))
        return Outcome.PUBLISHED


def _is_fresh(show: Show) -> bool:
    """Whether it stands as its encoding left it: each of ours has a synopsis once it is described."""
    return show.state == ShowState.IN_REVIEW and not show.synopsis


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Two at once would bring in each clip twice. The kernel lets go of the lock however we end."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with (settings.data_folder / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandFailed("Another `showsondemand demo` is at work; wait for it to end.") from error
        yield
