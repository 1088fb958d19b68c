"""HTTP of ingest: films in, jobs, and the completion hook."""

import hmac
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response, status
from pydantic import TypeAdapter, ValidationError

from showsondemand.dependencies import (
    ADMINS_ONLY,
    INGEST_WATCHERS_ONLY,
    INGESTERS_ONLY,
    IngesterDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import Fault, problem_response, problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.schemas import Title
from showsondemand.vod_ingest import events, service
from showsondemand.vod_ingest.completion import Press
from showsondemand.vod_ingest.errors import (
    EventNotFound,
    EventNotJson,
    EventNotUnderstood,
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
    WebhookKeyRefused,
)
from showsondemand.vod_ingest.incoming import incoming_film
from showsondemand.vod_ingest.models import EventStatus, JobState
from showsondemand.vod_ingest.multipart import FilmForm
from showsondemand.vod_ingest.presentation import detail_of
from showsondemand.vod_ingest.schemas import EventDetail, EventPage, EventReceipt, JobDetail, JobPage
from showsondemand.wiring import Wiring

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
_EVENT_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}


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


@router.get(
    "/ingest/jobs", dependencies=[INGEST_WATCHERS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor)
)
async def list_jobs(
    session: SessionDep,
    wiring: WiringDep,
    state: JobState | None = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> JobPage:
    """Ingest jobs, newest first."""
    found, next_cursor = await service.page_of_jobs(
        session, wiring.cursors, state, limit=limit, cursor=cursor
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


async def _webhook_key(
    wiring: WiringDep, x_webhook_key: Annotated[str | None, Header(description="One of WEBHOOK_KEY.")] = None
) -> None:
    given = (x_webhook_key or "").encode()
    # All are compared, so that the time tells nothing of which one came close.
    matches = [hmac.compare_digest(given, key) for key in wiring.settings.webhook.keys]
    if not any(matches):
        raise WebhookKeyRefused


@router.post(
    "/internal/vod/events",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(_webhook_key)],
    response_model=EventReceipt,
    openapi_extra={"requestBody": _EVENT_BODY},
    responses=problems(WebhookKeyRefused, EventNotJson, EventNotUnderstood),
)
async def receive_event(request: Request, session: SessionDep, wiring: WiringDep) -> EventReceipt | Response:
    """The completion hook: told at least once, in any order; a completed video becomes exactly one show."""
    receipt = await events.receive_event(
        _press(session, wiring), await request.body(), cdn_base_url=_cdn(wiring)
    )
    if receipt is None:  # answered, not raised: the event's row must be committed
        return problem_response(EventNotUnderstood(), request.scope["path"])
    return receipt


@router.get("/ingest/events", dependencies=[ADMINS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_events(
    session: SessionDep,
    wiring: WiringDep,
    status: Annotated[EventStatus | None, Query()] = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> EventPage:
    """What came in to the completion hook, newest first."""
    found, next_cursor = await events.page_of_events(
        session, wiring.cursors, status, limit=limit, cursor=cursor
    )
    return EventPage(items=[EventDetail.model_validate(event) for event in found], next_cursor=next_cursor)


@router.post(
    "/ingest/events/{event_id}/replay",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, EventNotFound),
)
async def replay_event(event_id: UUID, session: SessionDep, wiring: WiringDep) -> EventDetail:
    """Read a kept event again, as if it had just come: after a setting was mended, say."""
    replayed = await events.replay_event(_press(session, wiring), event_id, cdn_base_url=_cdn(wiring))
    return EventDetail.model_validate(replayed)


def _press(session: SessionDep, wiring: Wiring) -> Press:
    return Press(session, wiring.cache, MediaAddresses.from_settings(wiring.settings))


def _cdn(wiring: Wiring) -> str | None:
    url = wiring.settings.media.cdn_base_url
    return str(url) if url else None


def _checked_title(title: str | None) -> str | None:
    if title is None or not title.strip():
        return None
    try:
        return _title.validate_python(title)
    except ValidationError as error:
        raise TitleRefused(faults=[Fault("/title", error.errors()[0]["msg"])]) from error
