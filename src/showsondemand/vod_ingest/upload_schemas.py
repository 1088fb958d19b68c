"""Uploads as JSON."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.shows.schemas import Title
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.upload_models import UploadState

_LONGEST_NAME_CHARACTERS = 255
_LONGEST_TYPE_CHARACTERS = 127
_MOST_PARTS = 10_000


class NewUpload(ApiModel):
    """A film that is about to be sent. `size` is in bytes."""

    filename: Annotated[Line, StringConstraints(min_length=1, max_length=_LONGEST_NAME_CHARACTERS)]
    size: Annotated[int, Field(ge=1, strict=True)]
    content_type: Annotated[Line, StringConstraints(min_length=1, max_length=_LONGEST_TYPE_CHARACTERS)]
    title: Title | None = None


class UploadReceipt(ApiModel):
    """Cut the film into parts of `partSize` bytes; the last one is what remains."""

    upload_id: UUID
    part_size: int
    expires_at: Time


class ArrivedPart(ApiModel):
    part_number: int
    size: int
    etag: str


class UploadSummary(ApiModel):
    """An upload. Once it is `completed`, `jobId` names its job."""

    upload_id: UUID
    filename: str
    size: int
    part_size: int
    content_type: str
    title: str | None
    details: FilmDetails | None
    state: UploadState
    job_id: UUID | None
    created_at: Time
    expires_at: Time


class UploadDetail(UploadSummary):
    """An upload and what has arrived of it, to go on from."""

    parts: list[ArrivedPart]


class UploadPage(ApiModel):
    items: list[UploadSummary]
    next_cursor: str | None


class PartTarget(ApiModel):
    """Where to send one part: `method` to `url` with `headers`, until `expiresAt`. The answer has its `ETag`."""

    url: str
    method: str
    headers: dict[str, str]
    expires_at: Time


class SentPart(ApiModel):
    part_number: Annotated[int, Field(ge=1, le=_MOST_PARTS, strict=True)]
    etag: Annotated[Line, StringConstraints(min_length=1, max_length=100)]


class Completion(ApiModel):
    """Every part that was sent, with the ETag that each was answered with."""

    parts: Annotated[list[SentPart], Field(min_length=1, max_length=_MOST_PARTS)]
