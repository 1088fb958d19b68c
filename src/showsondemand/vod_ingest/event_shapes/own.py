"""Our own event: what a worker says of a film that it has transcoded, and any other encoder may say."""

from typing import Annotated

from pydantic import Field, StringConstraints

from showsondemand.vod_ingest.event_shapes.envelope import Envelope
from showsondemand.vod_ingest.event_shapes.fields import (
    BitsPerSecond,
    Guid,
    Pixels,
    Seconds,
    Shape,
    Text,
    read_as,
)
from showsondemand.vod_ingest.event_shapes.told import EventRead, UnknownShape, VideoCompleted

OWN_SOURCE = "showsondemand"
OWN_COMPLETED = "Video Completed"


class _Rendition(Shape):
    width: Pixels
    height: Pixels
    bitrate: BitsPerSecond
    codecs: Text = ""


class _Caption(Shape):
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,35}$")]
    label: Annotated[Text, StringConstraints(min_length=1, max_length=100)]
    url: Text


class _Detail(Shape):
    guid: Guid
    attempt: Annotated[int, Field(ge=1)] | None = None
    hls_url: Text | None = None
    dash_url: Text | None = None
    poster_url: Text | None = None
    storyboard_url: Text | None = None
    title: Text | None = None
    duration_seconds: Seconds | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    renditions: list[_Rendition] = Field(default_factory=list, max_length=50)
    captions: list[_Caption] = Field(default_factory=list, max_length=100)


def read_own(envelope: Envelope) -> EventRead:
    """Raises ``UnknownShape``."""
    detail = read_as(_Detail, envelope.detail)
    if detail.hls_url is None and detail.dash_url is None:
        raise UnknownShape("a completed video without a stream")
    completed = VideoCompleted(
        **detail.model_dump(exclude={"renditions", "captions"}),
        renditions=[each.model_dump() for each in detail.renditions],
        captions=[each.model_dump() for each in detail.captions],
    )
    return EventRead(envelope.id, OWN_COMPLETED, detail.guid, completed, attempt=detail.attempt)
