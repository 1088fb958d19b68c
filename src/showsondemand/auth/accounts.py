"""What somebody wants done with an account and what proves whose it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth.credentials import check_password, keep_password
from showsondemand.auth.errors import CurrentPasswordNeeded
from showsondemand.auth.identity import tell_changed_identity
from showsondemand.auth.mail_models import LetterKind
from showsondemand.auth.mailed_links import FOR_A_PASSWORD, void_links
from showsondemand.auth.outbox import post
from showsondemand.auth.password_rules import refuse_weak_password
from showsondemand.auth.schemas import AccountForSomebody, AccountReplacement, Credentials
from showsondemand.auth.sessions import end_sessions
from showsondemand.errors import Fault
from showsondemand.personal_data import PersonalData
from showsondemand.tokens import Caller, Role
from showsondemand.users import service as users
from showsondemand.users.models import User
from showsondemand.wiring import Wiring


@dataclass(frozen=True)
class Change:
    """Who changes which account, and from where."""

    caller: Caller
    user_id: UUID
    address: str

    @property
    def is_own(self) -> bool:
        return self.caller.user_id == self.user_id


async def create_account(wiring: Wiring, account: AccountForSomebody) -> tuple[User, Role]:
    """A viewer's account that somebody else makes: its owner is invited, or told a password.

    Raises ``EmailTaken`` and ``WeakPassword``.
    """
    hashed = None
    if account.password is not None:
        refuse_weak_password(account.password, email=account.email, name=account.name)
        hashed = await wiring.hasher.hash(account.password)
    async with wiring.database.transaction() as session:
        user = await users.create_user(session, email=account.email, name=account.name)
        if hashed is not None:
            await keep_password(session, user.id, hashed)
        await post(session, user, LetterKind.INVITATION if hashed is None else LetterKind.VERIFY_EMAIL)
        await audit.record(
            session, Action.USER_MADE, target=Target("user", user.id), details={"invited": hashed is None}
        )
        return user, Role.VIEWER


async def replace_account(wiring: Wiring, change: Change, wanted: AccountReplacement) -> tuple[User, Role]:
    """Gives an account another name, e-mail address or password.

    One's own address and password need the current one. Changing either ends the other sessions, and voids links
    for a new password: one may lie in a mailbox that is the owner's no more.
    Raises ``UserNotFound``, ``EmailTaken``, ``WeakPassword``, ``CurrentPasswordNeeded``, ``TooManyTries``.
    """
    async with wiring.database.transaction() as session:
        user, role = await users.user_and_role(session, change.user_id)
    changes_secret = wanted.password is not None or wanted.email != user.email
    if change.is_own and changes_secret:
        await _ask_current_password(wiring, user, wanted, address=change.address)
    hashed = None
    if wanted.password is not None:
        refuse_weak_password(wanted.password, email=wanted.email, name=wanted.name, role=role)
        hashed = await wiring.hasher.hash(wanted.password)
    async with wiring.database.transaction() as session:
        user, role = await users.user_and_role(session, change.user_id)
        fields = _changed_fields(user, wanted)
        address_before = user.email
        await users.change_user(session, user, email=wanted.email, name=wanted.name)
        if hashed is not None:
            await keep_password(session, user.id, hashed)
            await post(session, user, LetterKind.PASSWORD_CHANGED, to=address_before)
            await audit.record(session, Action.PASSWORD_CHANGED, target=Target("user", user.id))
        if "email" in fields:
            await post(session, user, LetterKind.EMAIL_CHANGED, to=address_before)
            await post(session, user, LetterKind.VERIFY_EMAIL)
        if changes_secret:
            await void_links(session, user.id, FOR_A_PASSWORD)
            await end_sessions(session, user.id, but=change.caller.session_id if change.is_own else None)
        if fields:
            await audit.record(
                session, Action.USER_CHANGED, target=Target("user", user.id), details={"fields": fields}
            )
        return user, role


async def export_account(
    session: AsyncSession, kinds: Iterable[PersonalData], user_id: UUID
) -> dict[str, Any]:
    """Everything that is held about somebody, by kind, as JSON can hold it."""
    await audit.record(session, Action.DATA_EXPORTED, target=Target("user", user_id))
    return {kind.name: await kind.export(session, user_id) for kind in kinds}


async def delete_account(session: AsyncSession, kinds: Iterable[PersonalData], user_id: UUID) -> None:
    """The account and all it owns are gone; what stays names nobody. Raises ``UserNotFound`` and ``LastAdmin``."""
    for kind in kinds:
        await kind.forget(session, user_id)
    await users.delete_user(session, user_id)
    await tell_changed_identity(session, user_id)
    await audit.record(session, Action.USER_DELETED, target=Target("user", user_id))


async def suspend_account(session: AsyncSession, user_id: UUID) -> None:
    """Closes the account and ends its sessions. Raises ``UserNotFound`` and ``LastAdmin``."""
    await users.suspend_user(session, user_id)
    await end_sessions(session, user_id)
    await audit.record(session, Action.USER_SUSPENDED, target=Target("user", user_id))


async def reinstate_account(session: AsyncSession, user_id: UUID) -> None:
    """Lets a suspended account sign in again. Raises ``UserNotFound``."""
    await users.reinstate_user(session, user_id)
    await audit.record(session, Action.USER_REINSTATED, target=Target("user", user_id))


async def _ask_current_password(
    wiring: Wiring, user: User, wanted: AccountReplacement, *, address: str
) -> None:
    if wanted.current_password is None:
        raise CurrentPasswordNeeded(
            faults=[Fault("/currentPassword", "is needed for a change of this kind", "required")]
        )
    given = Credentials(email=user.email, password=wanted.current_password)
    if await check_password(wiring, user, given, address=address) is None:
        async with wiring.database.transaction() as session:
            await audit.record(session, Action.PASSWORD_CHANGE_FAILED, target=Target("user", user.id))
        raise CurrentPasswordNeeded(faults=[Fault("/currentPassword", "is wrong", "wrong")])


def _changed_fields(user: User, wanted: AccountReplacement) -> list[str]:
    return [name for name in ("email", "name") if getattr(user, name) != getattr(wanted, name)]
