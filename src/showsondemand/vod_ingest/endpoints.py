"""HTTP of ingest: films in, and jobs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response, status
from pydantic import TypeAdapter, ValidationError

from showsondemand.dependencies import (
    INGEST_WATCHERS_ONLY,
    INGESTERS_ONLY,
    IngesterDep,
    IngestWatcherDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import Fault, problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery, WordsQuery
from showsondemand.shows.schemas import Title
from showsondemand.vod_ingest import service
from showsondemand.vod_ingest.errors import (
    FileMissing,
    FilmNotChecked,
    FilmTooLarge,
    IngestJobNotFound,
    JobNotCancellable,
    JobNotRetryable,
    NotAFilm,
    QuotaExceeded,
    StorageUnavailable,
    TitleRefused,
    UploadUnreadable,
)
from showsondemand.vod_ingest.incoming import incoming_film
from showsondemand.vod_ingest.models import JobState
from showsondemand.vod_ingest.multipart import FilmForm
from showsondemand.vod_ingest.presentation import detail_of
from showsondemand.vod_ingest.queries import JobFilters
from showsondemand.vod_ingest.schemas import JobDetail, JobPage

router = APIRouter(tags=["vod-ingest"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)
_title = TypeAdapter(Title)
_FORM_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {
                    "file": {"type": "string", "format": "binary", "description": "The film."},
                    "title": {"type": "string", "description": "The show's title; else the file's name."},
                },
            }
        }
    },
}


@router.post(
    "/ingest/videos",
    status_code=status.HTTP_202_ACCEPTED,
    openapi_extra={"requestBody": _FORM_BODY},
    responses=problems(
        *_TURNED_AWAY,
        NotAFilm,
        TitleRefused,
        FileMissing,
        UploadUnreadable,
        FilmTooLarge,
        QuotaExceeded,
        StorageUnavailable,
        FilmNotChecked,
    ),
)
async def ingest_video(
    request: Request, editor: IngesterDep, wiring: WiringDep, response: Response
) -> JobDetail:
    """Send a film in one call; it is streamed to the storage, looked at, and transcoded by a job."""
    declared = request.headers.get("content-length", "")
    declared_bytes = int(declared) if declared.isdecimal() else 0
    await service.expect_film(wiring, owner_id=editor.user_id, declared_bytes=declared_bytes)
    with incoming_film(wiring.settings.data_folder) as film:
        form = FilmForm(request.headers.get("content-type", ""), film)
        await form.read(request.stream())
        label = service.Label(form.file_name, _checked_title(form.text("title")))
        job = await service.accept_film(wiring, film, label, owner_id=editor.user_id)
    response.headers["Location"] = f"/ingest/jobs/{job.id}"
    return detail_of(job)


def _asked_for(
    caller: IngestWatcherDep,
    state: JobState | None = None,
    q: WordsQuery = None,
    *,
    mine: Annotated[bool, Query(description="Only those of films that the caller has brought.")] = False,
) -> JobFilters:
    return JobFilters(state, q, caller.user_id if mine else None)


@router.get(
    "/ingest/jobs", dependencies=[INGEST_WATCHERS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor)
)
async def list_jobs(
    session: SessionDep,
    wiring: WiringDep,
    filters: Annotated[JobFilters, Depends(_asked_for)],
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> JobPage:
    """Ingest jobs, newest first."""
    found, next_cursor = await service.page_of_jobs(
        session, wiring.cursors, filters, limit=limit, cursor=cursor
    )
    return JobPage(items=[detail_of(job) for job in found], next_cursor=next_cursor)


@router.get(
    "/ingest/jobs/{job_id}",
    dependencies=[INGEST_WATCHERS_ONLY],
    responses=problems(*_TURNED_AWAY, IngestJobNotFound),
)
async def read_job(job_id: UUID, session: SessionDep) -> JobDetail:
    """How far a film is on its way to a show."""
    return detail_of(await service.job(session, job_id))


@router.post(
    "/ingest/jobs/{job_id}/retry",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[INGESTERS_ONLY],
    responses=problems(*_TURNED_AWAY, IngestJobNotFound, JobNotRetryable),
)
async def retry_job(job_id: UUID, session: SessionDep) -> JobDetail:
    """Have a job that failed or was cancelled done again."""
    return detail_of(await service.retry_job(session, job_id))


@router.post(
    "/ingest/jobs/{job_id}/cancel",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[INGESTERS_ONLY],
    responses=problems(*_TURNED_AWAY, IngestJobNotFound, JobNotCancellable),
)
async def cancel_job(job_id: UUID, session: SessionDep) -> JobDetail:
    """End a job that waits or runs."""
    return detail_of(await service.cancel_job(session, job_id))


def _checked_title(title: str | None) -> str | None:
    if title is None or not title.strip():
        return None
    try:
        return _title.validate_python(title)
    except ValidationError as error:
        raise TitleRefused(faults=[Fault("/title", error.errors()[0]["msg"])]) from error
