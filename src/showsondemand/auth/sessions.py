"""Sign-in sessions: one begins on each device, and ends there or from anywhere else."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth import queries
from showsondemand.auth.errors import SessionNotFound
from showsondemand.auth.identity import tell_changed_identity
from showsondemand.auth.lifetimes import lives_of
from showsondemand.auth.models import SignInSession
from showsondemand.auth.refresh_tokens import SEED_BYTES
from showsondemand.tokens import Caller, Role
from showsondemand.users import service as users

_LONGEST_DEVICE_CHARACTERS = 200
# docs/security.md: whoever signs in on a twenty-first device is signed out of the one not seen longest.
MOST_SESSIONS = 20


@dataclass(frozen=True)
class Device:
    """Where a sign-in comes from: what the browser calls itself, and its address."""

    name: str
    address: str


async def begin_session(session: AsyncSession, user_id: UUID, role: Role, device: Device) -> SignInSession:
    """A new session on ``device``; the oldest ends where there are too many."""
    now = datetime.now(UTC)
    for surplus in (await live_sessions(session, user_id))[MOST_SESSIONS - 1 :]:
        await end_session(session, surplus)
    begun = SignInSession(
        user_id=user_id,
        device=device.name[:_LONGEST_DEVICE_CHARACTERS],
        address=device.address,
        created_at=now,
        last_seen_at=now,
        refreshed_at=now,
        expires_at=now + lives_of(role).absolute,
        refresh_seed=secrets.token_bytes(SEED_BYTES),
        refresh_generation=0,
    )
    session.add(begun)
    await session.flush()
    await audit.record(session, Action.SESSION_BEGUN, target=Target("session", begun.id), actor=user_id)
    return begun


async def live_sessions(session: AsyncSession, user_id: UUID) -> Sequence[SignInSession]:
    """The account's sessions that have not ended, the one seen last first."""
    now = datetime.now(UTC)
    lives = lives_of(await users.active_role(session, user_id) or Role.VIEWER)
    return await queries.live_sessions(
        session, user_id, now=now, begun_since=now - lives.absolute, refreshed_since=now - lives.idle
    )


async def end_session(session: AsyncSession, found: SignInSession) -> None:
    """Ends it on every replica once this commits."""
    found.ended_at = datetime.now(UTC)
    await tell_changed_identity(session, found.id)


async def end_session_of(session: AsyncSession, user_id: UUID, session_id: UUID) -> None:
    """Ends one of the account's sessions. Raises ``SessionNotFound``, for other accounts' too."""
    found = await queries.session_to_renew(session, session_id)
    if found is None or found.user_id != user_id or found.ended_at is not None:
        raise SessionNotFound
    await end_session(session, found)
    await audit.record(session, Action.SESSION_ENDED, target=Target("session", session_id))


async def end_sessions(session: AsyncSession, user_id: UUID, *, but: UUID | None = None) -> None:
    """Ends all sessions of an account, or all but one, on every replica once this commits."""
    await queries.end_sessions(session, user_id, but=but, now=datetime.now(UTC))
    await tell_changed_identity(session, user_id)


async def end_other_sessions(session: AsyncSession, caller: Caller) -> None:
    """Signs the caller out everywhere but here."""
    await end_sessions(session, caller.user_id, but=caller.session_id)
    await audit.record(session, Action.SESSION_ENDED, target=Target("user", caller.user_id))


async def end_all_sessions(session: AsyncSession, user_id: UUID) -> None:
    """Signs somebody out everywhere, at an administrator's wish."""
    await end_sessions(session, user_id)
    await audit.record(session, Action.SESSION_ENDED, target=Target("user", user_id))
