"""Messages of an SQS queue as a Pipe passes them on: one or several, each with its text inside."""

import json
from dataclasses import dataclass
from typing import Any

from showsondemand.vod_ingest.event_shapes.fields import EventId, Shape, read_as

_MOST_LETTERS = 1_000


class _Record(Shape):
    message_id: EventId


@dataclass(frozen=True)
class Letter:
    """One message of what was posted: as it is kept, and as it is read."""

    text: str
    content: object


def letters_of(text: str, content: object) -> list[Letter]:
    """The messages that a post consists of: those of a list, each by itself, or the one that it is."""
    records = content.get("Records") if isinstance(content, dict) else content
    if not isinstance(records, list) or not 0 < len(records) <= _MOST_LETTERS:
        return [Letter(text, content)]
    if not all(isinstance(each, dict) for each in records):
        return [Letter(text, content)]
    try:
        return [Letter(json.dumps(each), each) for each in records]
    except RecursionError:
        return [Letter(text, content)]


def is_record(message: dict[str, Any]) -> bool:
    """Whether it is a message of a queue."""
    return "messageId" in message and "body" in message


def message_id(record: dict[str, Any]) -> str:
    """The same however often the queue hands it out. Raises ``UnknownShape``."""
    return read_as(_Record, record).message_id
