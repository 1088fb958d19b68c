"""What reviewers said about shows."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base


class Verdict(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"


class Review(Base):
    """One verdict on a show, kept for good. ``reviewer_name`` stays readable when the account is gone."""

    __tablename__ = "reviews"
    __table_args__ = (
        CheckConstraint("verdict IN ('approve', 'reject')", name="verdict_is_known"),
        Index("ix_reviews_show_id_created_at", "show_id", text("created_at DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"))
    verdict: Mapped[str]
    notes: Mapped[str]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    reviewer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reviewer_name: Mapped[str]
    show_version: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
