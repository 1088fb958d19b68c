"""What only somebody who reads an account's mail can do: confirm the address, choose a new password."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth.credentials import keep_password
from showsondemand.auth.errors import AccountSuspended, LinkRefused
from showsondemand.auth.mail_models import LetterKind
from showsondemand.auth.mailed_links import FOR_A_PASSWORD, link_behind, void_links
from showsondemand.auth.outbox import post
from showsondemand.auth.password_rules import least_characters, refuse_weak_password
from showsondemand.auth.sessions import end_sessions
from showsondemand.auth.sign_in_limits import Ask, limit_asks, may_write_to, open_account
from showsondemand.signing import KeyRing
from showsondemand.tokens import Caller
from showsondemand.users import service as users
from showsondemand.users.models import email_key
from showsondemand.wiring import Wiring


async def forget_password(wiring: Wiring, email: str, *, address: str) -> None:
    """Mails a link for a new password, if there is such an account; nobody is told whether there is.

    Raises ``TooManyTries`` for an address that asks for too many.
    """
    await limit_asks(wiring.throttle, wiring.database, Ask.LETTER, address)
    if not await may_write_to(wiring.throttle, email_key(email)):
        return
    async with wiring.database.transaction() as session:
        user = await users.find_user(session, email)
        if user is not None and user.suspended_at is None:
            await post(session, user, LetterKind.RESET_PASSWORD)


async def send_reset_link(session: AsyncSession, user_id: UUID) -> None:
    """Mails somebody a link for a new password, at an administrator's wish.

    Raises ``UserNotFound``, and ``AccountSuspended`` for whoever could not sign in with it.
    """
    user, _ = await users.user_and_role(session, user_id)
    if user.suspended_at is not None:
        raise AccountSuspended
    await post(session, user, LetterKind.RESET_PASSWORD)
    await audit.record(session, Action.PASSWORD_RESET_SENT, target=Target("user", user_id))


async def password_length_behind(session: AsyncSession, keys: KeyRing, token: str) -> int:
    """How many characters a password chosen by this link needs at least. Raises ``LinkRefused``."""
    link = await link_behind(session, keys, token, *FOR_A_PASSWORD)
    _, role = await users.user_and_role(session, link.user_id)
    return least_characters(role)


async def reset_password(wiring: Wiring, token: str, password: str) -> None:
    """Gives the account that the link or invitation is for a new password, and ends all its sessions.

    A password that is refused leaves the link good. Raises ``LinkRefused`` and ``WeakPassword``.
    """
    async with wiring.database.transaction() as session:
        link = await link_behind(session, wiring.keys, token, *FOR_A_PASSWORD)
        user, role = await users.user_and_role(session, link.user_id)
    refuse_weak_password(password, email=user.email, name=user.name, role=role)
    hashed = await wiring.hasher.hash(password)
    async with wiring.database.transaction() as session:
        link = await link_behind(session, wiring.keys, token, *FOR_A_PASSWORD)
        user, _ = await users.user_and_role(session, link.user_id)
        await void_links(session, user.id, FOR_A_PASSWORD)
        await keep_password(session, user.id, hashed)
        await end_sessions(session, user.id)
        if user.email == link.email and user.email_verified_at is None:
            user.email_verified_at = datetime.now(UTC)
        if link.kind == LetterKind.RESET_PASSWORD:
            await post(session, user, LetterKind.PASSWORD_CHANGED)
        await audit.record(session, Action.PASSWORD_CHANGED, target=Target("user", user.id), actor=user.id)
    await open_account(wiring.throttle, user.email_key)


async def verify_email(session: AsyncSession, keys: KeyRing, token: str) -> None:
    """The account's address is its owner's. Raises ``LinkRefused``, also for an address that it had before."""
    link = await link_behind(session, keys, token, LetterKind.VERIFY_EMAIL)
    user, _ = await users.user_and_role(session, link.user_id)
    if user.email != link.email:
        raise LinkRefused
    link.used_at = datetime.now(UTC)
    user.email_verified_at = datetime.now(UTC)
    await audit.record(session, Action.EMAIL_VERIFIED, target=Target("user", user.id), actor=user.id)


async def ask_for_verification(wiring: Wiring, caller: Caller, *, address: str) -> None:
    """Mails the caller another link to confirm their address with. Raises ``TooManyTries``."""
    await limit_asks(wiring.throttle, wiring.database, Ask.LETTER, address)
    async with wiring.database.transaction() as session:
        user, _ = await users.user_and_role(session, caller.user_id)
        if user.email_verified_at is None and await may_write_to(wiring.throttle, user.email_key):
            await post(session, user, LetterKind.VERIFY_EMAIL)
