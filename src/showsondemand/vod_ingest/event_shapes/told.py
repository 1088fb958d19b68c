"""What an event may come to, whatever its shape was: the only words that the rest of the house knows of it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class UnknownShape(Exception):
    """JSON that is none of the known shapes; the argument says why, for people."""


@dataclass(frozen=True)
class VideoCompleted:
    """A video that is ready to be played. Addresses are URLs; ``attempt`` is set for a job of our own.

    ``bucket_hosts`` are the hosts of addresses that were made from ``s3://`` paths, where no delivery network has
    one. ``source_key`` is where our own storage keeps the film as it was sent, if it does. ``details`` is what
    whoever ordered the encoding said of the film, by the names of ``FilmDetails``, unchecked.
    """

    guid: str
    hls_url: str | None
    dash_url: str | None
    attempt: int | None = None
    bucket_hosts: tuple[str, ...] = ()
    source_key: str | None = None
    title: str | None = None
    poster_url: str | None = None
    storyboard_url: str | None = None
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    renditions: list[dict[str, Any]] = field(default_factory=list)
    captions: list[dict[str, Any]] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


class Ending(StrEnum):
    """How an encoding ends that makes no video."""

    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class EncodingEnded:
    """There will be no video. ``may_pass`` says whether another attempt has a chance."""

    ending: Ending
    code: str
    detail: str
    may_pass: bool = False


@dataclass(frozen=True)
class EncodingProgress:
    """How far an encoding is; what is ``None`` was not told. Alone it says that somebody is at it."""

    stage: str | None = None
    fraction: float | None = None


@dataclass(frozen=True)
class SubscriptionOffered:
    """A topic asks whether this address wants its messages: whoever asks for ``url`` says yes."""

    url: str


Told = VideoCompleted | EncodingEnded | EncodingProgress | SubscriptionOffered


@dataclass(frozen=True)
class EventRead:
    """An event that was understood. Without ``told`` it changes nothing here, and ``reason`` says why.

    ``told_at`` orders the events of one encoding; ``attempt`` is the attempt of our own job that it is about.
    """

    event_id: str
    kind: str
    guid: str | None = None
    told: Told | None = None
    reason: str | None = None
    told_at: datetime | None = None
    attempt: int | None = None
