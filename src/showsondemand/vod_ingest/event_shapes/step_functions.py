"""Executions of the solution's publish machine, which Step Functions tells of once, or not at all."""

from typing import Annotated, Any

from showsondemand.vod_ingest.event_shapes.envelope import Envelope
from showsondemand.vod_ingest.event_shapes.fields import (
    EpochMilliseconds,
    Guid,
    OrNothing,
    Shape,
    Text,
    decoded,
    moment,
    read_as,
    shown,
)
from showsondemand.vod_ingest.event_shapes.mediaconvert import completed_by
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.solution import completed
from showsondemand.vod_ingest.event_shapes.told import EncodingEnded, Ending, EventRead, Told

STATES_SOURCE = "aws.states"
EXECUTION_CHANGE = "Step Functions Execution Status Change"
_PUBLISH = "-publish"
_UNDER_WAY = frozenset({"RUNNING", "PENDING_REDRIVE"})
_ENDINGS = {
    "FAILED": EncodingEnded(Ending.FAILED, "publish_failed", "Publishing the encoded video failed."),
    "TIMED_OUT": EncodingEnded(
        Ending.FAILED, "publish_timed_out", "Publishing the encoded video took too long."
    ),
    "ABORTED": EncodingEnded(
        Ending.FAILED, "publish_aborted", "Publishing the encoded video was ended by hand."
    ),
}


class _Detail(Shape):
    state_machine_arn: Text
    name: Text
    status: Text
    start_date: Annotated[EpochMilliseconds | None, OrNothing] = None
    stop_date: Annotated[EpochMilliseconds | None, OrNothing] = None
    # Step Functions writes them as text; who passes its events on may have unfolded them.
    input: Annotated[str | dict[str, Any] | None, OrNothing] = None
    output: Annotated[str | dict[str, Any] | None, OrNothing] = None
    error: Annotated[str | None, OrNothing] = None
    cause: Annotated[str | None, OrNothing] = None


class _Named(Shape):
    guid: Guid


class _Cause(Shape):
    error_message: Annotated[str | None, OrNothing] = None


def read_step_functions(envelope: Envelope, places: MediaPlaces) -> EventRead:
    """Raises ``UnknownShape``."""
    detail = read_as(_Detail, envelope.detail)
    kind = f"Step Functions {detail.status}"
    if not detail.state_machine_arn.endswith(_PUBLISH):
        return EventRead(envelope.id, kind, reason="no execution of the machine that publishes")
    guid = read_as(_Named, {"guid": detail.name}).guid
    told, reason = _told(guid, detail, places)
    return EventRead(
        envelope.id, kind, guid, told, reason, told_at=moment(detail.stop_date) or moment(detail.start_date)
    )


def _told(guid: str, detail: _Detail, places: MediaPlaces) -> tuple[Told | None, str | None]:
    if detail.status == "SUCCEEDED":
        return _succeeded(guid, detail, places)
    if detail.status in _ENDINGS:
        return _ended(_ENDINGS[detail.status], detail), None
    if detail.status in _UNDER_WAY:
        return None, "an execution that has not ended"
    return None, "no state of an execution that is known here"


def _succeeded(guid: str, detail: _Detail, places: MediaPlaces) -> tuple[Told | None, str | None]:
    """The output says where the streams are, the input, an encoder's COMPLETE, what they are; each may be missing."""
    encoder_said = completed_by(_unfolded(detail.input), places)
    output = _unfolded(detail.output)
    if isinstance(output, dict):
        message: dict[str, Any] = {**output, "guid": guid}
        return completed(message, places, encoder_said), None
    if encoder_said is not None and encoder_said.guid == guid:
        return encoder_said, None
    return None, "its output was too large to be told; the encoder's own event has the streams"


def _unfolded(told: str | dict[str, Any] | None) -> object:
    return told if isinstance(told, dict) else decoded(told)


def _ended(ended: EncodingEnded, detail: _Detail) -> EncodingEnded:
    """With the cause, which is a text, or JSON of a Lambda's exception whose trace is nobody's business."""
    cause = decoded(detail.cause)
    words = read_as(_Cause, cause).error_message if isinstance(cause, dict) else detail.cause
    said = ": ".join(shown(each) for each in (detail.error, words) if each)
    return EncodingEnded(ended.ending, ended.code, f"{ended.detail} {said}".strip())
