"""What the house needs of an encoder that runs somewhere else: take an order once, tell of it when asked, drop it.

An order is a matter of seconds and its encoding one of hours, so that nobody waits for it: how it goes is told by
events at the completion hook. Whoever does not trust events alone asks.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from showsondemand.adapters.transcoder.port import SourceProbe


class OrderRefused(Exception):
    """The encoder does not take this order; the argument says why, for people. Trying again ends the same way."""


class EncoderAway(Exception):
    """The encoder does not answer, or has too much to do. Whether an order was taken is not known."""


@dataclass(frozen=True)
class TextTrack:
    """Subtitles as a WebVTT file that lies at ``key`` in the storage; ``language`` is a BCP 47 tag or ``und``."""

    language: str
    label: str
    key: str


@dataclass(frozen=True)
class EncodingOrder:
    """One attempt at a film. ``source_key`` and ``media_key`` are keys of the storage: the film, the set's folder.

    ``probe`` and ``texts`` are there for encoders that write into our storage. ``ordered_at`` is when this attempt
    was first meant to be ordered. ``is_repeated`` says that it may have been already, by a process that died over it.
    """

    job_id: UUID
    attempt: int
    source_key: str
    media_key: str
    title: str
    probe: SourceProbe | None
    texts: tuple[TextTrack, ...]
    ordered_at: datetime
    is_repeated: bool


class RemoteState(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class RemoteReport:
    """How an encoding stands. ``error_code`` is the encoder's own; lengths and sizes are told at the end."""

    state: RemoteState
    stage: str | None = None
    fraction: float | None = None
    error_code: int | None = None
    error_detail: str | None = None
    duration_seconds: float | None = None
    sizes: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class SetNames:
    """What an encoder calls the files of the set that it writes; pictures are numbered, ``NAME.0000012.jpg``."""

    hls: str
    dash: str
    poster: str


class RemoteTranscoder(Protocol):
    """Takes orders. Every call may be made twice, and by several processes."""

    @property
    def set_names(self) -> SetNames | None:
        """The names in the set's folder; ``None`` where the encoder writes somewhere else."""
        ...

    def storyboard(self, probe: SourceProbe) -> str | None:
        """WebVTT over the small pictures that the encoder will make; ``None`` where it makes none."""
        ...

    async def order(self, order: EncodingOrder) -> str:
        """Has the film encoded, and says by which id the encoder knows it: the same one for the same attempt.

        Raises ``OrderRefused`` and ``EncoderAway``.
        """
        ...

    async def report(self, encoding_id: str) -> RemoteReport | None:
        """How an encoding stands; ``None`` where that cannot be asked, or not any more. Raises ``EncoderAway``."""
        ...

    async def cancel(self, encoding_id: str) -> None:
        """Ends it; nothing happens when it has ended. Raises ``EncoderAway``."""
        ...

    async def examine(self) -> None:
        """Whether it can be talked to. Raises ``OrderRefused`` where it lets us not in, and ``EncoderAway``."""
        ...

    async def close(self) -> None:
        """Lets go of connections; the next call makes them anew."""
        ...
