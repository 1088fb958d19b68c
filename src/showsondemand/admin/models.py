"""What reviewers said about shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base


class Verdict(StrEnum):
    """``refer`` is a program's: it found what a person has to look at."""

    APPROVE = "approve"
    REJECT = "reject"
    REFER = "refer"


class Reason(StrEnum):
    """Why a show was rejected, in a word that can be counted; the notes say it in sentences."""

    PICTURE = "picture"
    SOUND = "sound"
    CAPTIONS = "captions"
    DETAILS = "details"
    CONTENT = "content"
    RIGHTS = "rights"
    OTHER = "other"


@dataclass(frozen=True)
class Reviewing:
    """Who gives a verdict: a person with an account, or a program that only has a name."""

    user_id: UUID | None
    name: str
    is_agent: bool = False


class Review(Base):
    """One verdict on a show, kept for good unless it is taken back at once.

    ``reviewer_name`` is a made-up one when the account is gone. ``round`` counts how often the show had been sent
    to review by then. ``by_agent``: a program gave it. ``decided``: the show moved by it; where it did not, it is
    advice.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("verdict IN ('approve', 'reject', 'refer')", name="verdict_is_known"),
        Index("ix_reviews_show_id_created_at", "show_id", text("created_at DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"))
    round: Mapped[int] = mapped_column(server_default=text("1"))
    verdict: Mapped[str]
    reasons: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'::text[]"))
    notes: Mapped[str]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reviewer_name: Mapped[str]
    by_agent: Mapped[bool] = mapped_column(server_default=text("false"))
    decided: Mapped[bool] = mapped_column(server_default=text("true"))
    show_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ReviewClaim(Base):
    """Who is watching a show for review, and until when nobody else does."""

    __tablename__ = "review_claims"

    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    reviewer_name: Mapped[str]
    ends_at: Mapped[datetime]
