"""Ingest jobs and the ledger of events, and the rules of a job that need no database."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base
from showsondemand.vod_ingest.errors import JobEnded, JobNotCancellable, JobNotRetryable


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Priority(StrEnum):
    """Which jobs come first, whoever's they are."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


UNDER_WAY = frozenset({JobState.QUEUED, JobState.RUNNING})
SOURCES = "sources"


def source_key(job_id: UUID) -> str:
    """Where the storage keeps the film of a job."""
    return f"{SOURCES}/{job_id}/film"


_LONGEST_LOG_CHARACTERS = 64 * 1024


class EventStatus(StrEnum):
    """What became of an event.

    ``received`` ones wait for their turn, ``parked`` ones for what they are about, ``unreadable`` ones for a person.
    ``failed`` ones met a fault of ours: they are acted on when they are told or replayed again.
    """

    RECEIVED = "received"
    ACCEPTED = "accepted"
    PARKED = "parked"
    IGNORED = "ignored"
    UNREADABLE = "unreadable"
    FAILED = "failed"


def one_of(states: type[StrEnum], column: str) -> str:
    """The check that ``column`` holds one of ``states``."""
    return "{} IN ({})".format(column, ", ".join(f"'{state}'" for state in states))


class IngestJob(Base):
    """One film on its way to a show.

    ``attempts`` counts beginnings and only ever grows: only the newest attempt may end the job. ``failures``
    are attempts that ended badly by themselves, ``interruptions`` those that died with their worker; both are
    counted from the last time that somebody had the job tried again. ``turn`` is its place among the jobs of its
    priority; one that is parked waits outside of the queue for another of its owner's to end. ``speed`` is film
    seconds a second. ``log_tail`` has the encoder's last words of every attempt that failed.

    Where an encoder elsewhere does the work: ``ordered_at`` is when this attempt was first meant to be ordered there,
    ``encoding_id`` what that calls it, once known; ``ordered`` what we made for it. ``told_at`` is when the newest word
    of it was said, by its own clock, and ``heard_at`` when it was last heard of or asked about, by ours.
    """

    __tablename__ = "ingest_jobs"
    __table_args__ = (
        CheckConstraint(one_of(JobState, "state"), name="state_is_known"),
        CheckConstraint(one_of(Priority, "priority"), name="priority_is_known"),
        Index("ix_ingest_jobs_turn", "turn"),
        Index("ix_ingest_jobs_owner_id_state", "owner_id", "state"),
        Index(
            "ix_ingest_jobs_heard",
            "heard_at",
            postgresql_where=text("state = 'running' AND encoding_id IS NOT NULL"),
        ),
        Index("ix_ingest_jobs_created", text("created_at DESC"), text("id DESC")),
        Index("ix_ingest_jobs_state_created", "state", text("created_at DESC"), text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    state: Mapped[str] = mapped_column(server_default=text("'queued'"))
    stage: Mapped[str | None]
    progress: Mapped[float] = mapped_column(server_default=text("0"))
    speed: Mapped[float | None]
    seconds_left: Mapped[float | None]
    priority: Mapped[str] = mapped_column(server_default=text("'normal'"), default=Priority.NORMAL.value)
    turn: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    parked_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    interruptions: Mapped[int] = mapped_column(server_default=text("0"))
    source_name: Mapped[str]
    source_key: Mapped[str]
    source_bytes: Mapped[int] = mapped_column(BigInteger)
    source_sha256: Mapped[str]
    title: Mapped[str]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error_code: Mapped[str | None]
    error_detail: Mapped[str | None]
    log_tail: Mapped[str | None]
    told_at: Mapped[datetime | None]
    ordered_at: Mapped[datetime | None]
    encoding_id: Mapped[str | None]
    ordered: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    heard_at: Mapped[datetime | None]
    show_id: Mapped[UUID | None] = mapped_column(ForeignKey("shows.id", ondelete="SET NULL"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    def begin_attempt(self) -> int:
        """Starts anew and returns the attempt's number. One that still runs has died with its worker."""
        self.interruptions += self.state == JobState.RUNNING
        self.attempts += 1
        self._stand_still(JobState.RUNNING)
        self.progress = 0.0
        self.told_at = None
        self.started_at = datetime.now(UTC)
        return self.attempts

    def go_on_with_attempt(self) -> None:
        """Takes up an attempt again that may or may not have been ordered elsewhere."""
        self.interruptions += self.state == JobState.RUNNING
        self._stand_still(JobState.RUNNING)

    def complete(self, show_id: UUID) -> None:
        self._stand_still(JobState.COMPLETED)
        self.progress = 1.0
        self.show_id = show_id
        self.error_code = self.error_detail = None
        self.finished_at = datetime.now(UTC)

    def fail(self, *, code: str, detail: str) -> None:
        self._stand_still(JobState.FAILED)
        self.error_code, self.error_detail = code, detail
        self.finished_at = datetime.now(UTC)

    def get_on(self, stage: str | None, fraction: float | None) -> None:
        """How far an encoder elsewhere says that it is; what it does not say stays as it was."""
        self.heard_at = datetime.now(UTC)
        self.stage = stage or self.stage
        self.progress = self.progress if fraction is None else fraction

    def wait_again(self) -> None:
        """Back in the queue, after an attempt that failed for a reason that may pass."""
        self.failures += 1
        self._stand_still(JobState.QUEUED)

    def retry(self) -> None:
        """Begins from the start, at somebody's wish. Raises ``JobNotRetryable``."""
        if self.state not in (JobState.FAILED, JobState.CANCELLED):
            raise JobNotRetryable
        self._stand_still(JobState.QUEUED)
        self.failures = self.interruptions = 0
        self.progress = 0.0
        self.error_code = self.error_detail = None
        self.started_at = self.finished_at = None

    def cancel(self) -> None:
        """Raises ``JobNotCancellable``."""
        if self.state not in UNDER_WAY:
            raise JobNotCancellable
        self._stand_still(JobState.CANCELLED)
        self.finished_at = datetime.now(UTC)

    def prioritize(self, priority: Priority) -> None:
        """Raises ``JobEnded``."""
        if self.state not in UNDER_WAY:
            raise JobEnded
        self.priority = priority.value

    def keep_last_words(self, *, code: str, detail: str, log_tail: str) -> None:
        """Adds what an attempt died of to those before it; of very many the last remain."""
        words = f"Attempt {self.attempts}: {code}. {detail}\n{log_tail}\n"
        self.log_tail = ((self.log_tail or "") + words.replace("\0", ""))[-_LONGEST_LOG_CHARACTERS:]

    def _stand_still(self, state: JobState) -> None:
        self.state = state.value
        self.stage = self.speed = self.seconds_left = None


class IngestEvent(Base):
    """One message that came to the completion hook: the ledger that makes an event count once.

    ``body`` is the message as it came: text, because JSONB takes no NUL and changes numbers. ``told_at`` is when its
    sender says that it happened.
    """

    __tablename__ = "ingest_events"
    __table_args__ = (
        CheckConstraint(one_of(EventStatus, "status"), name="status_is_known"),
        Index("ix_ingest_events_received", text("received_at DESC"), text("id DESC")),
        Index("ix_ingest_events_waiting", "received_at", "id", postgresql_where=text("status = 'received'")),
        Index("ix_ingest_events_parked", "guid", postgresql_where=text("status = 'parked'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    event_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    kind: Mapped[str | None]
    guid: Mapped[str | None]
    reason: Mapped[str | None]
    show_id: Mapped[UUID | None] = mapped_column(ForeignKey("shows.id", ondelete="SET NULL"))
    body: Mapped[str]
    told_at: Mapped[datetime | None]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
