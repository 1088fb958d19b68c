"""What signing in, and the audit trail, hold about a person."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.audit import AuditEntry
from showsondemand.auth.mail_models import OutgoingMail
from showsondemand.auth.models import SignInSession
from showsondemand.personal_data import PersonalData


async def _sessions(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(select(SignInSession).where(SignInSession.user_id == user_id))
    return [
        {
            "device": each.device,
            "address": each.address,
            "createdAt": each.created_at.isoformat(),
            "lastSeenAt": each.last_seen_at.isoformat(),
        }
        for each in found
    ]


async def _mails(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(select(OutgoingMail).where(OutgoingMail.user_id == user_id))
    return [
        {
            "about": each.kind,
            "recipient": each.recipient,
            "language": each.language,
            "createdAt": each.created_at.isoformat(),
        }
        for each in found
    ]


async def _trail(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(
        select(AuditEntry)
        .where(or_(AuditEntry.actor_id == user_id, AuditEntry.target_id == user_id))
        .order_by(AuditEntry.id)
    )
    return [
        {
            "at": each.at.isoformat(),
            "action": each.action,
            # Where somebody else acted on the account, their address is theirs.
            "address": each.address if each.actor_id == user_id else None,
            "details": each.details,
        }
        for each in found
    ]


PERSONAL_DATA = (
    PersonalData("sessions", _sessions),
    PersonalData("mails", _mails),
    PersonalData("audit", _trail),
)
