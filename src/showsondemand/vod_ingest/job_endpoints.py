"""HTTP for whoever has an eye on one job: its events as they come, its log, its place in the queue."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response, status
from starlette.responses import PlainTextResponse, StreamingResponse

from showsondemand.database import DatabaseAway
from showsondemand.dependencies import (
    INGESTERS_ONLY,
    IngestWatcherDep,
    NobodySignedIn,
    RoleTooLow,
    ScopeMissing,
    SessionDep,
    WiringDep,
    caller_of,
)
from showsondemand.errors import Problem, problems
from showsondemand.vod_ingest import service
from showsondemand.vod_ingest.errors import IngestJobNotFound, JobEnded, TooManyStreams
from showsondemand.vod_ingest.job_events import JobWatch, event_id, job_events
from showsondemand.vod_ingest.models import UNDER_WAY
from showsondemand.vod_ingest.presentation import detail_of
from showsondemand.vod_ingest.schemas import JobDetail, NewPriority

router = APIRouter(tags=["vod-ingest"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow, ScopeMissing)
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "`progress` events while the job is under way, one `ended` event at its end.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    },
    204: {"description": "The job has ended, and `Last-Event-ID` says that this is known."},
}
# nginx would keep the events back until it has a buffer full.
_EVENT_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get(
    "/ingest/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={**_EVENTS, **problems(*_TURNED_AWAY, IngestJobNotFound, TooManyStreams)},
)
async def follow_job(
    job_id: UUID,
    request: Request,
    caller: IngestWatcherDep,
    wiring: WiringDep,
    last_event_id: Annotated[str | None, Header(description="What was heard last.")] = None,
) -> Response:
    """A job's progress as it comes, as server-sent events; `data` is the job as JSON.

    It ends with the job, and with the session: a client whose access token has expired comes again with a new one.
    """
    watch: JobWatch = request.app.state.job_watch
    async with wiring.database.reading() as session:
        job = await service.job(session, job_id)
    if job.state not in UNDER_WAY and event_id(job) == last_event_id:
        return Response(status_code=status.HTTP_204_NO_CONTENT)
    watch.refuse_one_more(caller.session_id)

    async def is_still_the_same() -> bool:
        """With the same role, the same scopes, in a session that has not ended."""
        try:
            return await caller_of(request) == caller
        except DatabaseAway:  # the next look will tell
            return True
        except Problem:
            return False

    events = job_events(
        watch, job, caller.session_id, last_event_id=last_event_id, may_still=is_still_the_same
    )
    return StreamingResponse(events, media_type="text/event-stream", headers=_EVENT_HEADERS)


@router.get(
    "/ingest/jobs/{job_id}/log",
    dependencies=[INGESTERS_ONLY],
    response_class=PlainTextResponse,
    responses=problems(*_TURNED_AWAY, IngestJobNotFound),
)
async def read_job_log(job_id: UUID, session: SessionDep) -> PlainTextResponse:
    """What each attempt that failed died of, with the encoder's last words; empty when none did."""
    job = await service.job(session, job_id)
    return PlainTextResponse(job.log_tail or "")


@router.post(
    "/ingest/jobs/{job_id}/priority",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[INGESTERS_ONLY],
    responses=problems(*_TURNED_AWAY, IngestJobNotFound, JobEnded),
)
async def change_job_priority(job_id: UUID, new: NewPriority, session: SessionDep) -> JobDetail:
    """Let a job come before all of a lower priority, whoever's they are. What runs is not interrupted."""
    return detail_of(await service.change_priority(session, job_id, new.priority))
