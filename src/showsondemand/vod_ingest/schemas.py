"""Jobs and events as JSON."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from showsondemand.api_model import ApiModel, Time
from showsondemand.vod_ingest.models import EventStatus, JobState, Priority


class JobError(ApiModel):
    code: str
    detail: str


class JobDetail(ApiModel):
    """A film on its way to a show. `progress` goes from 0 to 1."""

    id: UUID
    state: JobState
    stage: str | None
    progress: float
    speed: Annotated[float | None, Field(description="Film seconds a second, while it is encoded.")]
    seconds_left: Annotated[float | None, Field(description="An estimate, while it is encoded.")]
    priority: Priority
    attempts: int
    source_name: str
    source_bytes: int
    title: Annotated[str, Field(description="What the show is to be called, or is.")]
    error: JobError | None
    show_id: UUID | None
    created_at: Time
    started_at: Time | None
    finished_at: Time | None


class NewPriority(ApiModel):
    priority: Priority


class JobPage(ApiModel):
    items: list[JobDetail]
    next_cursor: str | None


class EventReceipt(ApiModel):
    """What became of an event: it counted, it had counted before, or it was none of ours."""

    status: Literal["accepted", "duplicate", "ignored"]
    event_id: str
    show_id: UUID | None = None


class EventSummary(ApiModel):
    """What became of an event; how it came is in the event itself."""

    id: UUID
    event_id: str
    status: EventStatus
    kind: str | None
    guid: str | None
    reason: str | None
    show_id: UUID | None
    received_at: Time


class EventDetail(EventSummary):
    body: str


class EventPage(ApiModel):
    items: list[EventSummary]
    next_cursor: str | None
