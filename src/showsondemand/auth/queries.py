"""Reads of credentials and sessions."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth.mail_models import MailedLink, OutgoingMail
from showsondemand.auth.models import ApiKey, Credential, SignInSession


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


async def live_sessions(
    session: AsyncSession, user_id: UUID, *, now: datetime, begun_since: datetime, refreshed_since: datetime
) -> Sequence[SignInSession]:
    """The account's sessions that can still be renewed, the one seen last first."""
    found = await session.scalars(
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > now,
            SignInSession.created_at > begun_since,
            SignInSession.refreshed_at > refreshed_since,
        )
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())
    )
    return found.all()


async def end_sessions(session: AsyncSession, user_id: UUID, *, but: UUID | None, now: datetime) -> None:
    ending = update(SignInSession).where(SignInSession.user_id == user_id, SignInSession.ended_at.is_(None))
    if but is not None:
        ending = ending.where(SignInSession.id != but)
    await session.execute(ending.values(ended_at=now))


async def api_key_by_hash(session: AsyncSession, key_hash: bytes) -> ApiKey | None:
    return await session.scalar(select(ApiKey).where(ApiKey.key_hash == key_hash))


async def api_key(session: AsyncSession, key_id: UUID) -> ApiKey | None:
    return await session.get(ApiKey, key_id)


async def api_keys(session: AsyncSession, *, limit: int, after: Sequence[Any] | None) -> list[ApiKey]:
    """Keys, newest first (ids are UUIDv7 and sort by time), after the key with the id given."""
    query = select(ApiKey).order_by(ApiKey.id.desc()).limit(limit)
    if after is not None:
        query = query.where(ApiKey.id < UUID(after[0]))
    return list(await session.scalars(query))


async def names_of_keys(session: AsyncSession, key_ids: Collection[UUID]) -> dict[UUID, str]:
    found = await session.execute(select(ApiKey.id, ApiKey.name).where(ApiKey.id.in_(key_ids)))
    return {key.id: key.name for key in found}


async def link(session: AsyncSession, link_id: UUID) -> MailedLink | None:
    return await session.get(MailedLink, link_id)


async def link_to_open(session: AsyncSession, link_id: UUID) -> MailedLink | None:
    """The link, locked: of two who open it at one instant the second finds it used."""
    return await session.get(MailedLink, link_id, with_for_update=True)


async def mail_to_send(session: AsyncSession, mail_id: UUID) -> OutgoingMail | None:
    """The mail, locked; ``None`` when its account is gone."""
    return await session.get(OutgoingMail, mail_id, with_for_update=True)


async def has_signed_in_from(session: AsyncSession, user_id: UUID, address: str) -> bool:
    """Whether the account ever began a session from ``address``."""
    found = exists().where(SignInSession.user_id == user_id, SignInSession.address == address)
    return bool(await session.scalar(select(found)))


async def language_of_last_mail(session: AsyncSession, user_id: UUID) -> str | None:
    """What the account was last written to in, as far back as mails are kept."""
    newest = select(OutgoingMail.language).where(OutgoingMail.user_id == user_id)
    return await session.scalar(newest.order_by(OutgoingMail.id.desc()).limit(1))
