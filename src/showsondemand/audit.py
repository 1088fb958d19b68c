"""Who did what, when and from where: a row that commits with the deed, and a log line after it.

Who acts is bound to the request once, by ``dependencies``, so that it need not be handed through every function.
Rows name people by their ids alone: once an account is deleted, its id stands for nobody.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Index, case, cast, delete, func, text, update
from sqlalchemy.dialects.postgresql import INET, JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base, after_commit
from showsondemand.tokens import Caller

_log = structlog.get_logger(__name__)
_SESSION_HASH_CHARACTERS = 16
_ADDRESSES_KEPT = timedelta(days=30)
_ENTRIES_KEPT = timedelta(days=400)
# One for each quarter of an hour that somebody watches: they would outnumber everything else.
_RENEWALS_KEPT = timedelta(days=30)
# No worker rests for longer than this: what is older has been shortened already.
_AGED_EVERY = timedelta(days=30)


class Action(StrEnum):
    """What can have happened; the names follow OWASP's logging vocabulary."""

    SIGNED_IN = "authn_login_success"
    SIGN_IN_FAILED = "authn_login_fail"
    SIGN_IN_HELD = "authn_login_lock"
    SIGNED_OUT = "session_logout"
    SESSION_BEGUN = "session_created"
    SESSION_RENEWED = "session_renewed"
    SESSION_ENDED = "session_expired"
    ENDED_SESSION_USED = "session_use_after_expire"
    REFRESH_REUSED = "authn_token_reuse"
    PASSWORD_CHANGED = "authn_password_change"  # noqa: S105 - an event's name
    PASSWORD_CHANGE_FAILED = "authn_password_change_fail"  # noqa: S105
    PASSWORD_RESET_SENT = "authn_password_reset_sent"  # noqa: S105
    KEY_MADE = "authn_token_created"
    KEY_REVOKED = "authn_token_revoked"
    LIMIT_EXCEEDED = "excess_rate_limit_exceeded"
    NOTHING_FOUND_AGAIN = "malicious_excess_404"
    INPUT_REFUSED = "input_validation_fail"
    FETCH_REFUSED = "ssrf_blocked"
    USER_MADE = "user_created"
    USER_CHANGED = "user_updated"
    USER_SUSPENDED = "user_suspended"
    USER_REINSTATED = "user_reinstated"
    USER_DELETED = "user_deleted"
    EMAIL_VERIFIED = "user_email_verified"
    ROLE_CHANGED = "privilege_permissions_changed"
    TURNED_AWAY = "authz_fail"
    DATA_EXPORTED = "sensitive_read"
    REVIEW_APPROVED = "review_approved"
    REVIEW_REJECTED = "review_rejected"
    REVIEW_OVERRIDDEN = "review_overridden"
    PUBLISHED = "publish"
    UNPUBLISHED = "unpublish"
    REVIEW_TAKEN_BACK = "review_taken_back"
    FILM_SENT = "upload_complete"
    FILM_REFUSED = "upload_validation"
    UPLOAD_DROPPED = "upload_delete"
    EVENT_REFUSED = "webhook_rejected"
    EVENT_REPEATED = "webhook_duplicate"
    EVENT_PARKED = "webhook_parked"
    EVENT_STALE = "webhook_stale"
    SHOW_MADE = "show_created"
    SHOW_CHANGED = "show_updated"
    SHOW_DELETED = "show_deleted"
    SHOW_RESTORED = "show_restored"
    POSTER_CHANGED = "poster_updated"
    CAPTIONS_CHANGED = "captions_updated"
    CAPTIONS_REMOVED = "captions_deleted"
    SUBSCRIBED = "subscription_created"
    UNSUBSCRIBED = "subscription_deleted"
    STARTED = "sys_startup"
    STOPPED = "sys_shutdown"
    CRASHED = "sys_crash"
    SETTINGS_CHANGED = "config_changed"
    SECRET_CHANGED = "key_rotated"  # noqa: S105 - an event's name
    MIGRATION_STARTED = "migration_started"
    MIGRATED = "migration_done"
    BACKED_UP = "backup_done"
    BACKUP_FAILED = "backup_failed"
    RESTORED = "restore_done"


@dataclass(frozen=True)
class Origin:
    """Where the present request comes from and, where that is known, who makes it."""

    address: str = ""
    caller: Caller | None = None


@dataclass(frozen=True)
class Target:
    """What something was done to: the kind of thing, such as ``user``, and its id."""

    kind: str
    id: UUID


_origin: ContextVar[Origin] = ContextVar("audit_origin", default=Origin())  # noqa: B039 - frozen


class AuditEntry(Base):
    """One thing that happened. Rows are added and aged, never rewritten: a trigger sees to that."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id", "actor_id", text("id DESC")),
        Index("ix_audit_entries_action", "action", text("id DESC")),
        Index("ix_audit_entries_target_id", "target_id", text("id DESC")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    at: Mapped[datetime]
    action: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str | None]
    session_hash: Mapped[str | None]
    address: Mapped[str]
    request_id: Mapped[str | None]
    target_kind: Mapped[str | None]
    target_id: Mapped[UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))


def come_from(address: str) -> None:
    """Says where the request that this task answers comes from, for every ``record`` after it."""
    _origin.set(replace(_origin.get(), address=address))


def act_as(caller: Caller, address: str) -> None:
    """Says who makes the request that this task answers, for every ``record`` after it."""
    _origin.set(Origin(address, caller))


async def record(
    session: AsyncSession,
    action: Action,
    *,
    target: Target | None = None,
    actor: UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Writes down in this transaction what happened and, once that has committed, in the log.

    ``actor`` is for requests that nobody is signed in for yet. ``details`` hold what changed, from what to what:
    never a password, a token, a name or an address.
    """
    origin = _origin.get()
    caller = origin.caller
    entry = AuditEntry(
        id=uuid7(),
        at=datetime.now(UTC),
        action=action.value,
        actor_id=_actor_of(caller) if caller else actor,
        actor_role=caller.role.value if caller else None,
        session_hash=_hash(caller.session_id) if caller else None,
        address=origin.address,
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
        target_kind=target.kind if target else None,
        target_id=target.id if target else None,
        details=dict(details or {}),
    )
    session.add(entry)
    await session.flush()

    def tell() -> None:
        _log.info("audit", **_line(entry))

    after_commit(session, tell)


async def age(session: AsyncSession, now: datetime) -> None:
    """Shortens addresses after 30 days to their network (/24, IPv6 /48), and removes entries after 400 days.

    Renewals of sessions go after 30 days.
    """
    of_network = func.host(
        func.network(
            func.set_masklen(
                cast(AuditEntry.address, INET),
                case((func.family(cast(AuditEntry.address, INET)) == 4, 24), else_=48),  # noqa: PLR2004
            )
        )
    )
    await session.execute(
        update(AuditEntry)
        .where(
            AuditEntry.at < now - _ADDRESSES_KEPT,
            AuditEntry.at >= now - _ADDRESSES_KEPT - _AGED_EVERY,
            AuditEntry.address.regexp_match(r"^[0-9a-fA-F:.]+$"),
        )
        .values(address=of_network)
    )
    await session.execute(delete(AuditEntry).where(AuditEntry.at < now - _ENTRIES_KEPT))
    await session.execute(
        delete(AuditEntry).where(
            AuditEntry.action == Action.SESSION_RENEWED.value, AuditEntry.at < now - _RENEWALS_KEPT
        )
    )


def _actor_of(caller: Caller) -> UUID:
    """The account; of a machine its key, so that it is told apart from the admin it acts for."""
    return caller.session_id if caller.machine else caller.user_id


def _hash(session_id: UUID) -> str:
    return sha256(session_id.bytes).hexdigest()[:_SESSION_HASH_CHARACTERS]


def _line(entry: AuditEntry) -> dict[str, Any]:
    return {
        "action": entry.action,
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "role": entry.actor_role,
        "session": entry.session_hash,
        "address": entry.address,
        "target_kind": entry.target_kind,
        "target": str(entry.target_id) if entry.target_id else None,
        "details": entry.details,
    }
