"""Which family an event belongs to, and what it says: the one way from JSON to ``EventRead``.

An event is a stranger's word even with the right key: nothing of it is used that is not looked at here.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from showsondemand.vod_ingest.event_shapes.envelope import Envelope, unwrapped
from showsondemand.vod_ingest.event_shapes.fields import decoded, job_and_attempt, read_as
from showsondemand.vod_ingest.event_shapes.mediaconvert import (
    JOB_CHANGE,
    MEDIACONVERT_SOURCE,
    read_mediaconvert,
)
from showsondemand.vod_ingest.event_shapes.own import OWN_COMPLETED, OWN_SOURCE, read_own
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.s3 import OBJECT_CREATED, S3_SOURCE, read_object_created
from showsondemand.vod_ingest.event_shapes.sns import is_of_sns, is_sns, read_sns
from showsondemand.vod_ingest.event_shapes.solution import is_solutions, read_solution
from showsondemand.vod_ingest.event_shapes.sqs import is_record, message_id
from showsondemand.vod_ingest.event_shapes.step_functions import (
    EXECUTION_CHANGE,
    STATES_SOURCE,
    read_step_functions,
)
from showsondemand.vod_ingest.event_shapes.told import (
    EventRead,
    SubscriptionOffered,
    UnknownShape,
    VideoCompleted,
)

_Reader = Callable[[Envelope, MediaPlaces], EventRead]
_READERS: dict[tuple[str, str], _Reader] = {
    (OWN_SOURCE, OWN_COMPLETED): lambda envelope, _: read_own(envelope),
    (MEDIACONVERT_SOURCE, JOB_CHANGE): read_mediaconvert,
    (STATES_SOURCE, EXECUTION_CHANGE): read_step_functions,
    (S3_SOURCE, OBJECT_CREATED): lambda envelope, _: read_object_created(envelope),
}
# A queue's message may hold a topic's, which holds the solution's.
_DEEPEST = 3
_AWS = "aws."


def read_event(message: object, places: MediaPlaces) -> EventRead:
    """What ``message`` (decoded JSON) says. Raises ``UnknownShape``."""
    try:
        return _of_our_attempt(_read(message, places, None, _DEEPEST))
    except RecursionError as error:
        raise UnknownShape("nested too deeply") from error


def _of_our_attempt(event: EventRead) -> EventRead:
    """With job and attempt apart, where the guid that we gave to an encoder names both: ``JOB-ATTEMPT``."""
    named = job_and_attempt(event.guid or "")
    if named is None:
        return event
    guid, attempt = named
    told = event.told
    if isinstance(told, VideoCompleted):
        told = replace(told, guid=guid, attempt=attempt)
    return replace(event, guid=guid, attempt=attempt, told=told)


def _read(message: object, places: MediaPlaces, carried_by: str | None, depth: int) -> EventRead:
    """``carried_by`` is the id of what ``message`` was inside of."""
    if not isinstance(message, dict) or depth == 0:
        raise UnknownShape("no event")
    if is_record(message):
        inside = message["body"] if isinstance(message["body"], dict) else decoded(message["body"])
        return _read(inside, places, message_id(message), depth - 1)
    if is_sns(message):
        return _read_topic(message, places, depth)
    message = unwrapped(message)
    if "detail-type" not in message and is_solutions(message):
        return read_solution(message, places, event_id=carried_by)
    return _read_envelope(read_as(Envelope, message), places)


def _read_topic(message: dict[str, Any], places: MediaPlaces, depth: int) -> EventRead:
    sns = read_sns(message)
    if sns.Type == "Notification":
        try:
            return _read(decoded(sns.Message), places, sns.MessageId, depth - 1)
        except UnknownShape:
            if decoded(sns.Message) is None:  # topics carry words for people as well
                return EventRead(sns.MessageId, "SNS Notification", reason="words for people")
            raise
    kind = f"SNS {sns.Type}"
    if sns.Type == "UnsubscribeConfirmation":  # its address would subscribe anew
        return EventRead(sns.MessageId, kind, reason="the topic sends nothing any more")
    if not is_of_sns(sns.SubscribeURL):
        raise UnknownShape("a subscription that is confirmed somewhere else than at SNS")
    return EventRead(sns.MessageId, kind, told=SubscriptionOffered(sns.SubscribeURL or ""))


def _read_envelope(envelope: Envelope, places: MediaPlaces) -> EventRead:
    reader = _READERS.get((envelope.source, envelope.detail_type))
    if reader is not None:
        return reader(envelope, replace(places, region=envelope.region))
    if not envelope.source.startswith(_AWS) and is_solutions(envelope.detail):
        # Put there by a step that somebody has added to the solution.
        return read_solution(envelope.detail, places, event_id=envelope.id)
    kind = f"{envelope.source}: {envelope.detail_type}"
    return EventRead(envelope.id, kind, reason="no event that this service acts on")
