"""Removes what signing in leaves behind, and makes old traces of people coarser; docs/security.md has the times."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.auth.mail_models import MailedLink, OutgoingMail
from showsondemand.auth.models import SignInSession
from showsondemand.wiring import Wiring

# A session that has ended is kept for a while, so that an old refresh token is still known for one.
_ENDED_SESSIONS = timedelta(days=7)
_LINKS = timedelta(days=7)
_MAILS = timedelta(days=90)


async def sweep_identity(wiring: Wiring) -> None:
    """Sessions, links and mails that are past, counts that are over, and addresses in the audit trail."""
    now = datetime.now(UTC)
    async with wiring.database.transaction() as session:
        await _sweep_sessions(session, now)
        await session.execute(delete(OutgoingMail).where(OutgoingMail.created_at < now - _MAILS))
        await session.execute(delete(MailedLink).where(MailedLink.expires_at < now - _LINKS))
    async with wiring.database.transaction() as session:
        await audit.age(session, now)
    await wiring.throttle.sweep()


async def _sweep_sessions(session: AsyncSession, now: datetime) -> None:
    before = now - _ENDED_SESSIONS
    await session.execute(
        delete(SignInSession).where(or_(SignInSession.ended_at < before, SignInSession.expires_at < before))
    )
