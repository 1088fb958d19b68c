"""Sends what lies in the outbox: again and later while the server is away, never twice at once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog

from showsondemand.adapters.notifier.port import Mail, MailDelayed, MailRefused
from showsondemand.auth import queries
from showsondemand.auth.letters import write_letter
from showsondemand.auth.mail_models import LetterKind, OutgoingMail
from showsondemand.auth.mailed_links import token_of
from showsondemand.auth.outbox import SEND_MAIL
from showsondemand.jobs import enqueue
from showsondemand.reader_language import Language
from showsondemand.users import service as users
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
# Longer than the port lets a sending take: whoever holds a mail is done or dead after it.
_HOLD = timedelta(minutes=4)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=10), timedelta(hours=1)
_MOST_DOUBLINGS = 10
_GIVE_UP_AFTER = timedelta(days=2)


async def send_mail(wiring: Wiring, mail_id: UUID) -> None:
    """Sends the mail unless it has been sent, or somebody else is about it."""
    mail = await _take(wiring, mail_id)
    if mail is None:
        return
    try:
        await wiring.notifier.send(mail)
    except MailRefused as error:
        _log.warning("mail refused", mail=str(mail_id), reason=str(error))
        await _give_up(wiring, mail_id, str(error))
    except MailDelayed as error:
        _log.warning("mail delayed", mail=str(mail_id), reason=str(error))
        await _put_off(wiring, mail_id, str(error))
    else:
        async with wiring.database.transaction() as session:
            row = await queries.mail_to_send(session, mail_id)
            if row is not None:
                row.sent_at, row.held_until, row.failure = datetime.now(UTC), None, None


async def _take(wiring: Wiring, mail_id: UUID) -> Mail | None:
    """The mail in words, held for us; ``None`` when there is nothing to do now."""
    now = datetime.now(UTC)
    async with wiring.database.transaction() as session:
        row = await queries.mail_to_send(session, mail_id)
        if row is None or row.sent_at is not None or row.given_up_at is not None:
            return None
        if row.held_until is not None and row.held_until > now:
            # Its holder may have died: looked at again when the hold is over.
            await enqueue(session, SEND_MAIL, mail_id, after=row.held_until - now)
            return None
        row.held_until = now + _HOLD
        row.attempts += 1
        user, _ = await users.user_and_role(session, row.user_id)
        link = await queries.link(session, row.link_id) if row.link_id else None
    letter = write_letter(
        LetterKind(row.kind),
        Language(row.language),
        base_url=wiring.settings.base_url,
        # Whoever registers somebody else's address would have their own words sent there.
        name=user.name if user.email_verified_at else "",
        token=token_of(wiring.keys, link) if link else None,
    )
    return Mail(str(row.id), row.recipient, letter.subject, letter.text, letter.html)


async def _put_off(wiring: Wiring, mail_id: UUID, failure: str) -> None:
    async with wiring.database.transaction() as session:
        row = await queries.mail_to_send(session, mail_id)
        if row is None:
            return
        row.held_until, row.failure = None, failure
        if datetime.now(UTC) > row.created_at + _GIVE_UP_AFTER:
            row.given_up_at = datetime.now(UTC)
            return
        await enqueue(session, SEND_MAIL, mail_id, after=pause_after(row))


async def _give_up(wiring: Wiring, mail_id: UUID, failure: str) -> None:
    async with wiring.database.transaction() as session:
        row = await queries.mail_to_send(session, mail_id)
        if row is not None:
            row.held_until, row.failure, row.given_up_at = None, failure, datetime.now(UTC)


def pause_after(mail: OutgoingMail) -> timedelta:
    """How long to wait after the last of so many attempts: twice as long each time, up to an hour."""
    doublings = min(mail.attempts - 1, _MOST_DOUBLINGS)
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * (1 << doublings))
