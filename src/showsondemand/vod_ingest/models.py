"""Ingest jobs and the ledger of events, and the rules of a job that need no database."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base
from showsondemand.vod_ingest.errors import JobNotCancellable, JobNotRetryable


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNDER_WAY = frozenset({JobState.QUEUED, JobState.RUNNING})
SOURCES = "sources"


def source_key(job_id: UUID) -> str:
    """Where the storage keeps the film of a job."""
    return f"{SOURCES}/{job_id}/film"


class EventStatus(StrEnum):
    """What became of an event: ``unreadable`` ones wait for a person."""

    ACCEPTED = "accepted"
    IGNORED = "ignored"
    UNREADABLE = "unreadable"


def one_of(states: type[StrEnum], column: str) -> str:
    """The check that ``column`` holds one of ``states``."""
    return "{} IN ({})".format(column, ", ".join(f"'{state}'" for state in states))


class IngestJob(Base):
    """One film on its way to a show.

    ``attempts`` counts beginnings and only ever grows: only the newest attempt may end the job. ``failures``
    are attempts that ended badly by themselves, ``interruptions`` those that died with their worker; both are
    counted from the last time that somebody had the job tried again.
    """

    __tablename__ = "ingest_jobs"
    __table_args__ = (
        CheckConstraint(one_of(JobState, "state"), name="state_is_known"),
        Index("ix_ingest_jobs_created", text("created_at DESC"), text("id DESC")),
        Index("ix_ingest_jobs_state_created", "state", text("created_at DESC"), text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    state: Mapped[str] = mapped_column(server_default=text("'queued'"))
    stage: Mapped[str | None]
    progress: Mapped[float] = mapped_column(server_default=text("0"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    interruptions: Mapped[int] = mapped_column(server_default=text("0"))
    source_name: Mapped[str]
    source_key: Mapped[str]
    source_bytes: Mapped[int] = mapped_column(BigInteger)
    source_sha256: Mapped[str]
    title: Mapped[str]
    error_code: Mapped[str | None]
    error_detail: Mapped[str | None]
    log_tail: Mapped[str | None]
    show_id: Mapped[UUID | None] = mapped_column(ForeignKey("shows.id", ondelete="SET NULL"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    def begin_attempt(self) -> int:
        """Starts anew and returns the attempt's number. One that still runs has died with its worker."""
        self.interruptions += self.state == JobState.RUNNING
        self.attempts += 1
        self.state = JobState.RUNNING.value
        self.stage = None
        self.progress = 0.0
        self.started_at = datetime.now(UTC)
        return self.attempts

    def complete(self, show_id: UUID) -> None:
        self.state = JobState.COMPLETED.value
        self.stage = None
        self.progress = 1.0
        self.show_id = show_id
        self.error_code = self.error_detail = self.log_tail = None
        self.finished_at = datetime.now(UTC)

    def fail(self, *, code: str, detail: str, log_tail: str = "") -> None:
        self.state = JobState.FAILED.value
        self.stage = None
        self.error_code, self.error_detail, self.log_tail = code, detail, log_tail or None
        self.finished_at = datetime.now(UTC)

    def wait_again(self) -> None:
        """Back in the queue, after an attempt that failed for a reason that may pass."""
        self.failures += 1
        self.state = JobState.QUEUED.value
        self.stage = None

    def retry(self) -> None:
        """Begins from the start, at somebody's wish. Raises ``JobNotRetryable``."""
        if self.state not in (JobState.FAILED, JobState.CANCELLED):
            raise JobNotRetryable
        self.state = JobState.QUEUED.value
        self.failures = self.interruptions = 0
        self.progress = 0.0
        self.error_code = self.error_detail = self.log_tail = None
        self.started_at = self.finished_at = None

    def cancel(self) -> None:
        """Raises ``JobNotCancellable``."""
        if self.state not in UNDER_WAY:
            raise JobNotCancellable
        self.state = JobState.CANCELLED.value
        self.stage = None
        self.finished_at = datetime.now(UTC)


class IngestEvent(Base):
    """One message that came to the completion hook: the ledger that makes an event count once.

    ``body`` is the message as it came: text, because JSONB takes no NUL and changes numbers.
    """

    __tablename__ = "ingest_events"
    __table_args__ = (
        CheckConstraint(one_of(EventStatus, "status"), name="status_is_known"),
        Index("ix_ingest_events_received", text("received_at DESC"), text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    event_id: Mapped[str] = mapped_column(unique=True)
    status: Mapped[str]
    kind: Mapped[str | None]
    guid: Mapped[str | None]
    reason: Mapped[str | None]
    show_id: Mapped[UUID | None] = mapped_column(ForeignKey("shows.id", ondelete="SET NULL"))
    body: Mapped[str]
    received_at: Mapped[datetime] = mapped_column(server_default=func.now())
