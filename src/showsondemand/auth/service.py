"""What somebody wants done about signing in."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth import queries
from showsondemand.auth.credentials import check_password, keep_password
from showsondemand.auth.errors import WrongCredentials
from showsondemand.auth.identity import tell_changed_identity
from showsondemand.auth.lifetimes import lives_of
from showsondemand.auth.mail_models import LetterKind
from showsondemand.auth.models import SignInSession
from showsondemand.auth.outbox import post
from showsondemand.auth.password_rules import refuse_weak_password
from showsondemand.auth.refresh_tokens import Use, read_refresh_token, use_of
from showsondemand.auth.schemas import Credentials, NewAccount
from showsondemand.auth.sessions import Device, begin_session, end_session
from showsondemand.auth.sign_in_limits import Ask, limit_asks
from showsondemand.database import Database
from showsondemand.signing import KeyRing
from showsondemand.tokens import Caller, Role
from showsondemand.users import service as users
from showsondemand.users.errors import EmailTaken
from showsondemand.users.models import User
from showsondemand.wiring import Hasher, Wiring


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in: the account, what it may do, the session."""

    user: User
    role: Role
    session: SignInSession


async def register(wiring: Wiring, account: NewAccount, device: Device) -> SignedIn:
    """Makes a viewer's account and signs it in. Raises ``EmailTaken``, ``WeakPassword`` and ``TooManyTries``."""
    refuse_weak_password(account.password, email=account.email, name=account.name)
    async with wiring.database.transaction() as session:
        taken = await users.find_user(session, account.email) is not None
    await limit_asks(
        wiring.throttle, wiring.database, Ask.TAKEN_ADDRESS if taken else Ask.ACCOUNT, device.address
    )
    if taken:
        raise EmailTaken
    hashed = await wiring.hasher.hash(account.password)
    async with wiring.database.transaction() as session:
        user = await users.create_user(session, email=account.email, name=account.name)
        await keep_password(session, user.id, hashed)
        await post(session, user, LetterKind.VERIFY_EMAIL)
        await audit.record(session, Action.USER_MADE, target=Target("user", user.id), actor=user.id)
        return SignedIn(user, Role.VIEWER, await begin_session(session, user.id, Role.VIEWER, device))


async def sign_in(wiring: Wiring, given: Credentials, device: Device) -> SignedIn:
    """Begins a session.

    Raises ``WrongCredentials``, the same for an unknown address as for a wrong password, and ``TooManyTries``.
    """
    async with wiring.database.transaction() as session:
        user = await users.find_user(session, given.email)
    kept = await check_password(wiring, user, given, address=device.address)
    if user is None or kept is None:
        raise WrongCredentials
    renewed = await wiring.hasher.hash(given.password) if wiring.hasher.is_outdated(kept) else None
    async with wiring.database.transaction() as session:
        role = await users.active_role(session, user.id)
        if role is None or await queries.password_hash(session, user.id) != kept:
            raise WrongCredentials
        if renewed is not None:
            await keep_password(session, user.id, renewed)
        await audit.record(session, Action.SIGNED_IN, target=Target("user", user.id), actor=user.id)
        return SignedIn(user, role, await begin_session(session, user.id, role, device))


async def renew(session: AsyncSession, keys: KeyRing, refresh_token: str) -> SignedIn | None:
    """The session that a refresh token stands for, moved on to its next generation.

    ``None`` when the token is void. When it is an old one used again, the session is ended with it: commit
    in either case.
    """
    token = read_refresh_token(refresh_token)
    found = await queries.session_to_renew(session, token.session_id) if token else None
    if token is None or found is None:
        return None
    now = datetime.now(UTC)
    role = await users.active_role(session, found.user_id)
    use = use_of(keys, token, found, lives_of(role or Role.VIEWER), now)
    if use is Use.IS_REUSE:
        await end_session(session, found)
        await audit.record(
            session, Action.REFRESH_REUSED, target=Target("session", found.id), actor=found.user_id
        )
    if use not in (Use.RENEWS, Use.REPEATS) or role is None:
        return None
    if use is Use.RENEWS:
        found.refresh_generation += 1
        found.refreshed_at = now
        await audit.record(
            session, Action.SESSION_RENEWED, target=Target("session", found.id), actor=found.user_id
        )
    user, _ = await users.user_and_role(session, found.user_id)
    return SignedIn(user, role, found)


async def sign_out(session: AsyncSession, caller: Caller) -> None:
    """Ends the caller's session everywhere."""
    found = await queries.session_to_renew(session, caller.session_id)
    if found is not None and found.ended_at is None:
        await end_session(session, found)
        await audit.record(session, Action.SIGNED_OUT, target=Target("session", found.id))


async def make_admin(database: Database, hasher: Hasher, *, email: str, password: str, role: Role) -> bool:
    """Gives an account a staff role, making the account first where there is none.

    True when it was made; an account that is there keeps its password. Raises ``WeakPassword``.
    """
    refuse_weak_password(password, email=email, role=role)
    hashed = await hasher.hash(password)
    async with database.transaction() as session:
        user = await users.find_user(session, email)
        made = user is None
        if user is None:
            user = await users.create_user(session, email=email, name="")
            await keep_password(session, user.id, hashed)
            await audit.record(session, Action.USER_MADE, target=Target("user", user.id))
        await give_role(session, user.id, role)
        return made


async def give_role(session: AsyncSession, user_id: UUID, role: Role) -> None:
    """Makes the account what ``role`` says, at once on every replica. Raises ``UserNotFound``, ``LastAdmin``."""
    _, before = await users.user_and_role(session, user_id)
    await users.set_role(session, user_id, role)
    await tell_changed_identity(session, user_id)
    if role is not before:
        await audit.record(
            session,
            Action.ROLE_CHANGED,
            target=Target("user", user_id),
            details={"before": before.value, "after": role.value},
        )
