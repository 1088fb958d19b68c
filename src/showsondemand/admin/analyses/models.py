"""Looks at films by programs, and the rules of one that need no database."""

from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base


class AnalysisState(StrEnum):
    """``superseded``: the show plays something else by now, or was deleted."""

    WAITING = "waiting"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    SUPERSEDED = "superseded"


_UNDER_WAY = frozenset({AnalysisState.WAITING, AnalysisState.RUNNING})


class Analysis(Base):
    """One program's look at one show's film.

    ``hls_url`` and ``round`` say what it is about: the show as it was sent to review. ``attempts`` counts beginnings
    and only ever grows: only the newest attempt may write down what came of it. ``failures`` are attempts that ended
    badly by themselves, ``interruptions`` those that died with their worker. ``reference`` is what an analyser
    elsewhere calls its look.
    """

    __tablename__ = "analyses"
    __table_args__ = (
        CheckConstraint(
            "state IN ({})".format(", ".join(f"'{state}'" for state in AnalysisState)), name="state_is_known"
        ),
        Index("ix_analyses_show_id", "show_id", text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"))
    agent: Mapped[str]
    state: Mapped[str] = mapped_column(default=AnalysisState.WAITING.value)
    round: Mapped[int]
    hls_url: Mapped[str]
    source_key: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    interruptions: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None]
    review_id: Mapped[UUID | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(UTC))
    finished_at: Mapped[datetime | None]

    @property
    def is_under_way(self) -> bool:
        return self.state in _UNDER_WAY

    def begin_attempt(self) -> int:
        """Starts anew and returns the attempt's number. One that still runs has died with its worker."""
        self.interruptions += self.state == AnalysisState.RUNNING
        self.state = AnalysisState.RUNNING.value
        self.attempts += 1
        return self.attempts

    def wait(self, reference: str) -> None:
        self.state = AnalysisState.WAITING.value
        self.reference = reference

    def end(self, state: AnalysisState, failure: str | None = None) -> None:
        self.state = state.value
        self.failure = failure
        self.finished_at = datetime.now(UTC)
