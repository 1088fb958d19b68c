"""What proves who somebody is: a password's hash, and the sessions that began with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base


class Credential(Base):
    """An account's password, hashed. Apart from ``users``, so that nobody reads it who only wants a name."""

    __tablename__ = "credentials"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    password_hash: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ApiKey(Base):
    """A key for a machine. It acts for the admin who made it, and only as long as that is one."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    key_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_used_at: Mapped[datetime | None]


class SignInSession(Base):
    """One sign-in on one device: what its access tokens and its refresh cookie hang on.

    The refresh token of a generation is derived from ``refresh_seed``; ``refresh_generation`` is the one that
    was given out last. See ``refresh_tokens``.
    """

    __tablename__ = "sign_in_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    device: Mapped[str]
    address: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    refresh_seed: Mapped[bytes]
    refresh_generation: Mapped[int] = mapped_column(server_default=text("0"))
    refreshed_at: Mapped[datetime] = mapped_column(server_default=func.now())
