"""Mails to be sent: rows that commit together with what they tell of, each followed by a job."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth import queries
from showsondemand.auth.mail_models import LetterKind, OutgoingMail
from showsondemand.auth.mailed_links import LIFETIMES, new_link
from showsondemand.jobs import enqueue
from showsondemand.reader_language import language_of_request
from showsondemand.users.models import User

SEND_MAIL = "send_mail"


async def post(session: AsyncSession, user: User, kind: LetterKind, *, to: str | None = None) -> UUID:
    """Has a letter sent to the account's address, or ``to`` another, once this transaction has committed.

    It is in the language of the request that this task answers; what a stranger gave cause to, in that of the
    account's last letter.
    """
    link = await new_link(session, user, kind) if kind in LIFETIMES else None
    mail = OutgoingMail(
        user_id=user.id,
        kind=kind.value,
        recipient=to or user.email,
        language=await _language(session, user, kind),
        link_id=link.id if link else None,
    )
    session.add(mail)
    await session.flush()
    await enqueue(session, SEND_MAIL, mail.id)
    return mail.id


async def _language(session: AsyncSession, user: User, kind: LetterKind) -> str:
    is_by_stranger = kind is LetterKind.GUESSED_AT
    last = await queries.language_of_last_mail(session, user.id) if is_by_stranger else None
    return last or language_of_request().value
