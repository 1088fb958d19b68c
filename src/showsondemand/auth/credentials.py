"""Passwords of accounts: checked within the limits on guessing, and kept as hashes."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth import queries
from showsondemand.auth.mail_models import LetterKind
from showsondemand.auth.models import Credential
from showsondemand.auth.outbox import post
from showsondemand.auth.schemas import Credentials
from showsondemand.auth.sign_in_limits import (
    TELL_OWNER_AT,
    Failures,
    Try,
    count_failure,
    forget_failures,
    refuse_held,
)
from showsondemand.users.models import User, email_key
from showsondemand.wiring import Wiring


async def check_password(
    wiring: Wiring, user: User | None, given: Credentials, *, address: str
) -> str | None:
    """The hash that ``given.password`` matches; ``None`` for a wrong one, and where there is no ``user``.

    A wrong one takes as long as a right one, with or without an account. Raises ``TooManyTries``.
    """
    async with wiring.database.transaction() as session:
        kept = await queries.password_hash(session, user.id) if user else None
        known = await queries.has_signed_in_from(session, user.id, address) if user else False
    attempt = Try(email_key(given.email), address, from_known_address=known)
    await refuse_held(wiring.throttle, attempt)
    # Hashed between two transactions: no connection is held while a core is busy for 200 ms.
    is_right = await wiring.hasher.verify(given.password, kept)
    await refuse_held(wiring.throttle, attempt)
    if not is_right:
        await _note_failure(wiring, user, await count_failure(wiring.throttle, attempt))
        return None
    await forget_failures(wiring.throttle, attempt)
    return kept


async def keep_password(session: AsyncSession, user_id: UUID, hashed: str) -> None:
    """From now on the account signs in with the password that ``hashed`` is of."""
    values = {"password_hash": hashed, "changed_at": datetime.now(UTC)}
    await session.execute(
        insert(Credential)
        .values(user_id=user_id, **values)
        .on_conflict_do_update(index_elements=[Credential.user_id], set_=values)
    )


async def _note_failure(wiring: Wiring, user: User | None, failures: Failures) -> None:
    target = Target("user", user.id) if user else None
    async with wiring.database.transaction() as session:
        await audit.record(session, Action.SIGN_IN_FAILED, target=target)
        if user is not None and failures.of_account == TELL_OWNER_AT:
            await post(session, user, LetterKind.GUESSED_AT)
        if failures.began_hold:
            await audit.record(session, Action.SIGN_IN_HELD, target=target)
