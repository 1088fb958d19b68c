"""S3 saying that something was put into a bucket: a sign that a film is on its way, and no more."""

from typing import Annotated

from pydantic import Field

from showsondemand.vod_ingest.event_shapes.envelope import Envelope
from showsondemand.vod_ingest.event_shapes.fields import Shape, Text, read_as, shown
from showsondemand.vod_ingest.event_shapes.told import EventRead

S3_SOURCE = "aws.s3"
OBJECT_CREATED = "Object Created"


class _Bucket(Shape):
    name: Text


class _Object(Shape):
    key: Text
    size: Annotated[int, Field(ge=0)] = 0


class _Detail(Shape):
    bucket: _Bucket
    object: _Object


def read_object_created(envelope: Envelope) -> EventRead:
    """Raises ``UnknownShape``."""
    detail = read_as(_Detail, envelope.detail)
    seen = f"{detail.object.size} bytes arrived at s3://{detail.bucket.name}/{detail.object.key}"
    return EventRead(envelope.id, "S3 Object Created", reason=shown(seen))
