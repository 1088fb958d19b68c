"""The envelope of EventBridge, around AWS's own events, around ours, and around those of a rule that adds one."""

from typing import Annotated, Any

from pydantic import AwareDatetime, Field, StringConstraints

from showsondemand.vod_ingest.event_shapes.fields import EventId, OrNothing, Shape, Text

_WRAPPED = "event"


class Envelope(Shape):
    """Its key order and extra keys are free."""

    id: EventId
    source: Text
    detail_type: Annotated[Text, Field(alias="detail-type")]
    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = "us-east-1"
    time: Annotated[AwareDatetime | None, OrNothing] = None
    detail: dict[str, Any]


def unwrapped(message: dict[str, Any]) -> dict[str, Any]:
    """The event itself, where an input transformer has put it beside the name of its rule."""
    inside = message.get(_WRAPPED)
    return inside if isinstance(inside, dict) and "detail-type" in inside else message
