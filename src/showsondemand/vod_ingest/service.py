"""What somebody wants done with a film on its way to a show."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePath
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand import audit
from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.port import NotAVideo, ProbeUnavailable
from showsondemand.audit import Action, Target
from showsondemand.errors import Fault
from showsondemand.jobs import enqueue
from showsondemand.pagination import Cursors
from showsondemand.shows.schemas import LONGEST_TITLE_CHARACTERS
from showsondemand.vod_ingest import queries, queueing
from showsondemand.vod_ingest.errors import FilmNotChecked, NotAFilm, StorageUnavailable
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.incoming import IncomingFilm
from showsondemand.vod_ingest.models import IngestJob, Priority, source_key
from showsondemand.vod_ingest.queries import JobFilters
from showsondemand.vod_ingest.queueing import let_next_begin, queue_up
from showsondemand.vod_ingest.upload_limits import refuse_over_quota
from showsondemand.wiring import Wiring

APPLY_PARKED_EVENTS = "apply_parked_events"
CANCEL_ENCODING = "cancel_encoding"
CANCEL_AGAIN = timedelta(minutes=1)
_LONGEST_NAME_CHARACTERS = 255


@dataclass(frozen=True)
class Label:
    """What a film is called: by its sender's file name, and by a title and details if they were given."""

    file_name: str
    title: str | None = None
    details: FilmDetails | None = None

    @property
    def safe_file_name(self) -> str:
        """The last part of the name without control characters: for showing only, never for opening."""
        last = re.split(r"[/\\]", self.file_name)[-1]
        return "".join(each for each in last if unicodedata.category(each)[0] != "C")[
            :_LONGEST_NAME_CHARACTERS
        ]

    @property
    def show_title(self) -> str:
        """The title, or one made of the file name: ``my_first.film.mp4`` as ``my first.film``."""
        stem = PurePath(self.safe_file_name).stem.replace("_", " ").strip()
        return self.title or stem[:LONGEST_TITLE_CHARACTERS] or "Untitled"


@dataclass(frozen=True)
class StoredFilm:
    """A film that lies whole in the storage, where the job of this id looks for it."""

    job_id: UUID
    size_bytes: int
    sha256: str


async def expect_film(wiring: Wiring, *, owner_id: UUID, declared_bytes: int) -> None:
    """To be asked before a film is read. Raises ``QuotaExceeded``."""
    async with wiring.database.transaction() as session:
        await refuse_over_quota(session, owner_id, declared_bytes)


async def accept_film(
    wiring: Wiring, film: IncomingFilm, label: Label, *, owner_id: UUID | None, job_id: UUID | None = None
) -> IngestJob:
    """Looks at a film that has arrived whole, stores it, and has it transcoded by a job, of ``job_id`` if given.

    Raises ``NotAFilm`` with the reason for what no show can be made of, ``FilmNotChecked`` and
    ``StorageUnavailable`` for what may work later. Dying before the commit leaves a stored film without a job,
    which the sweep removes.
    """
    try:
        await check_film(wiring, film.path)
    except NotAFilm as refusal:
        await _write_down_refused(wiring, refusal)
        raise
    stored = StoredFilm(job_id or uuid7(), film.size_bytes, film.sha256)
    try:
        await wiring.storage.adopt_file(film.path, source_key(stored.job_id))
    except StorageAway as error:
        raise StorageUnavailable from error
    async with wiring.database.transaction() as session:
        return await add_job(session, stored, label, owner_id=owner_id)


async def _write_down_refused(wiring: Wiring, refusal: NotAFilm) -> None:
    async with wiring.database.transaction() as session:
        await audit.record(session, Action.FILM_REFUSED, details={"reason": refusal.detail})


async def check_film(wiring: Wiring, film: Path) -> None:
    """Raises ``NotAFilm`` with the reason for what no show can be made of, and ``FilmNotChecked``."""
    try:
        await wiring.transcoder.probe(film)
    except NotAVideo as refusal:
        raise NotAFilm(refusal.reason, faults=[Fault("/file", refusal.reason, refusal.code)]) from refusal
    except ProbeUnavailable as error:
        raise FilmNotChecked from error


async def add_job(
    session: AsyncSession, film: StoredFilm, label: Label, *, owner_id: UUID | None
) -> IngestJob:
    """A job for a film that lies in the storage, in the queue as soon as this commits.

    What an encoder may have said of it before is taken up then as well.
    """
    await queries.one_word_at_a_time(session, str(film.job_id))
    job = IngestJob(
        id=film.job_id,
        source_name=label.safe_file_name,
        source_key=source_key(film.job_id),
        source_bytes=film.size_bytes,
        source_sha256=film.sha256,
        title=label.show_title,
        details=label.details.kept() if label.details else None,
        owner_id=owner_id,
    )
    session.add(job)
    await queue_up(session, job)
    await audit.record(session, Action.FILM_SENT, target=Target("job", job.id))
    if await queries.has_parked_events(session, str(job.id)):
        await enqueue(session, APPLY_PARKED_EVENTS, job.id)
    await session.flush()
    await session.refresh(job)
    return job


async def job(session: AsyncSession, job_id: UUID) -> IngestJob:
    """Raises ``IngestJobNotFound``."""
    return await queries.job(session, job_id)


async def newest_job_of_film(session: AsyncSession, sha256: str) -> IngestJob | None:
    """The newest job whose film has this content, whatever became of it."""
    return await queries.newest_job_of_film(session, sha256)


async def page_of_jobs(
    session: AsyncSession, cursors: Cursors, filters: JobFilters, *, limit: int, cursor: str | None
) -> tuple[list[IngestJob], str | None]:
    """A page of jobs, newest first, and the cursor of the next. Raises ``ForeignCursor``."""
    after = cursors.read(filters.name, cursor) if cursor is not None else None
    found = await queries.page_of_jobs(session, filters, limit=limit + 1, after=after)
    page, last = found[:limit], found[limit - 1] if len(found) > limit else None
    return page, cursors.write(filters.name, [last.created_at.isoformat(), last.id]) if last else None


async def retry_job(session: AsyncSession, job_id: UUID) -> IngestJob:
    """Has a job that failed or was cancelled done again. Raises ``JobNotRetryable``."""
    found = await queries.job_to_change(session, job_id)
    found.retry()
    await queue_up(session, found)
    return found


async def cancel_job(session: AsyncSession, job_id: UUID) -> IngestJob:
    """Ends a job; its worker notices with the next progress report, an encoder elsewhere is told.

    Raises ``JobNotCancellable``.
    """
    found = await queries.job_to_change(session, job_id)
    found.cancel()
    if found.encoding_id is not None:
        await enqueue(session, CANCEL_ENCODING, found.id)
    await let_next_begin(session, found.owner_id)
    return found


async def change_priority(session: AsyncSession, job_id: UUID, priority: Priority) -> IngestJob:
    """Lets a job come before others, or after them. Raises ``IngestJobNotFound`` and ``JobEnded``."""
    found = await queries.job_to_change(session, job_id)
    await queueing.change_priority(session, found, priority)
    return found
