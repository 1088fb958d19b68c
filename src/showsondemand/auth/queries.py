"""Reads of credentials and sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth.models import Credential, SignInSession


async def password_hash(session: AsyncSession, user_id: UUID) -> str | None:
    return await session.scalar(select(Credential.password_hash).where(Credential.user_id == user_id))


async def session_to_renew(session: AsyncSession, session_id: UUID) -> SignInSession | None:
    """The session, locked: of two renewals at one instant the second sees what the first has done."""
    return await session.get(SignInSession, session_id, with_for_update=True)


async def live_session(session: AsyncSession, session_id: UUID, now: datetime) -> SignInSession | None:
    return await session.scalar(
        select(SignInSession).where(
            SignInSession.id == session_id, SignInSession.ended_at.is_(None), SignInSession.expires_at > now
        )
    )
