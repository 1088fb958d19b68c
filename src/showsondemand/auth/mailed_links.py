"""Links in mails: made, written out as tokens, and opened once."""

import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth import queries
from showsondemand.auth.errors import LinkRefused
from showsondemand.auth.mail_models import LetterKind, MailedLink
from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text
from showsondemand.users.models import User

# docs/security.md, tokens
LIFETIMES = {
    LetterKind.VERIFY_EMAIL: timedelta(hours=24),
    LetterKind.RESET_PASSWORD: timedelta(minutes=30),
    LetterKind.INVITATION: timedelta(hours=72),
}
# Either lets its reader choose a password: there is one of both at a time.
FOR_A_PASSWORD = (LetterKind.RESET_PASSWORD, LetterKind.INVITATION)
_PURPOSE = "mailed-link"
_SEED_BYTES = 32
_ID_BYTES = 16


async def new_link(session: AsyncSession, user: User, kind: LetterKind) -> MailedLink:
    """A link to the account's present address; those before it that do the same open nothing any more."""
    await void_links(session, user.id, FOR_A_PASSWORD if kind in FOR_A_PASSWORD else (kind,))
    link = MailedLink(
        user_id=user.id,
        kind=kind.value,
        email=user.email,
        seed=secrets.token_bytes(_SEED_BYTES),
        expires_at=datetime.now(UTC) + LIFETIMES[kind],
    )
    session.add(link)
    await session.flush()
    return link


async def void_links(session: AsyncSession, user_id: UUID, kinds: Collection[LetterKind]) -> None:
    """The account's links of these kinds open nothing any more."""
    await session.execute(
        update(MailedLink)
        .where(MailedLink.user_id == user_id, MailedLink.kind.in_(kinds), MailedLink.used_at.is_(None))
        .values(used_at=datetime.now(UTC))
    )


def token_of(keys: KeyRing, link: MailedLink) -> str:
    """What the link carries: the same each time it is asked for, so that a mail can be sent again."""
    body = link.id.bytes
    return to_text(body + signature(keys.key(_PURPOSE), body + link.kind.encode() + link.seed))


async def link_behind(session: AsyncSession, keys: KeyRing, token: str, *kinds: LetterKind) -> MailedLink:
    """The link, locked and still to be used up. Raises ``LinkRefused``: made up, expired, used, of no such kind."""
    try:
        data = from_text(token)
        link_id = UUID(bytes=data[:_ID_BYTES])
    except ValueError as error:
        raise LinkRefused from error
    link = await queries.link_to_open(session, link_id)
    if link is None or link.kind not in kinds or link.used_at or datetime.now(UTC) >= link.expires_at:
        raise LinkRefused
    if not is_signed(keys.key(_PURPOSE), link.id.bytes + link.kind.encode() + link.seed, data[_ID_BYTES:]):
        raise LinkRefused
    return link
