"""Subscriptions, and deliveries: an outbox whose rows stay as the log of what was told to whom."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base


class Channel(StrEnum):
    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"


class Event(StrEnum):
    """What somebody may want to be told; ``TEST`` is told to one subscription, when its admin tries it."""

    READY_FOR_REVIEW = "show.ready_for_review"
    REJECTED = "show.rejected"
    PUBLISHED = "show.published"
    INGEST_FAILED = "ingest.failed"
    TEST = "test"


class DeliveryState(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Subscription(Base):
    """Somebody or something that wants to be told of ``events``."""

    __tablename__ = "notification_subscriptions"
    __table_args__ = (CheckConstraint("channel IN ('email', 'sms', 'webhook')", name="channel_is_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    channel: Mapped[str]
    target: Mapped[str]
    # Of what people are told; the last release knows of none, and tells them in English.
    language: Mapped[str] = mapped_column(server_default=text("'en'"))
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Delivery(Base):
    """One event for one subscription. ``held_until``: a worker is about it until then."""

    __tablename__ = "notification_deliveries"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'delivered', 'failed')", name="state_is_known"),
        Index("ix_notification_deliveries_subscription_id", "subscription_id"),
        Index("ix_notification_deliveries_state_id", "state", text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    subscription_id: Mapped[UUID] = mapped_column(
        ForeignKey(
            "notification_subscriptions.id",
            name="fk_notification_deliveries_subscription_id",
            ondelete="CASCADE",
        )
    )
    event: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[str] = mapped_column(server_default=text("'pending'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    failure: Mapped[str | None]
    held_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    # When its present run began: a replay begins a new one.
    begun_at: Mapped[datetime] = mapped_column(server_default=func.now())
    delivered_at: Mapped[datetime | None]
