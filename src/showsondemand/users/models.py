"""Accounts, and the ones among them that may manage shows."""

import unicodedata
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base
from showsondemand.tokens import STAFF, Role


def email_key(email: str) -> str:
    """The form in which two spellings of one address are the same: NFKC, case folded."""
    return unicodedata.normalize("NFKC", email).casefold()


class User(Base):
    """One person's account. ``email`` is as it was typed, ``email_key`` is what makes it unique."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(server_default=text("''"))
    email_verified_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    def use_email(self, email: str) -> None:
        self.email = email
        self.email_key = email_key(email)


class AdminUser(Base):
    """Who may manage shows, and as what. An account that does not stand here is a viewer's."""

    __tablename__ = "admin_users"
    __table_args__ = (
        CheckConstraint(
            "role IN ({})".format(", ".join(f"'{role}'" for role in sorted(STAFF))), name="role_is_known"
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())

    @property
    def staff_role(self) -> Role:
        return Role(self.role)


class WatchProgress(Base):
    """How far somebody has watched a show."""

    __tablename__ = "watch_progress"
    __table_args__ = (
        Index(
            "ix_watch_progress_user_id_updated_at", "user_id", text("updated_at DESC"), text("show_id DESC")
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    position_seconds: Mapped[float]
    finished: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class WatchlistEntry(Base):
    """A show that somebody wants to watch one day."""

    __tablename__ = "watchlist_entries"
    __table_args__ = (
        Index(
            "ix_watchlist_entries_user_id_added_at", "user_id", text("added_at DESC"), text("show_id DESC")
        ),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    show_id: Mapped[UUID] = mapped_column(ForeignKey("shows.id", ondelete="CASCADE"), primary_key=True)
    added_at: Mapped[datetime] = mapped_column(server_default=func.now())
