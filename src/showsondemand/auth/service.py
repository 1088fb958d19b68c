"""What somebody wants done about signing in."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth import queries
from showsondemand.auth.errors import WrongCredentials
from showsondemand.auth.identity import tell_changed_identity
from showsondemand.auth.models import Credential, SignInSession
from showsondemand.auth.password_rules import refuse_weak_password
from showsondemand.auth.refresh_tokens import (
    ABSOLUTE,
    SEED_BYTES,
    Use,
    read_refresh_token,
    use_of,
)
from showsondemand.auth.schemas import Credentials, NewAccount
from showsondemand.database import Database
from showsondemand.signing import KeyRing
from showsondemand.tokens import Caller, Role
from showsondemand.users import service as users
from showsondemand.users.models import User
from showsondemand.wiring import Hasher

_LONGEST_DEVICE_CHARACTERS = 200


@dataclass(frozen=True)
class Device:
    """Where a sign-in comes from: what the browser calls itself, and its address."""

    name: str
    address: str


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in: the account, what it may do, the session."""

    user: User
    role: Role
    session: SignInSession


async def register(database: Database, hasher: Hasher, account: NewAccount, device: Device) -> SignedIn:
    """Makes a viewer's account and signs it in. Raises ``EmailTaken`` and ``WeakPassword``."""
    refuse_weak_password(account.password, email=account.email)
    hashed = await hasher.hash(account.password)
    async with database.transaction() as session:
        user = await users.create_user(session, email=account.email, name=account.name)
        session.add(Credential(user_id=user.id, password_hash=hashed))
        return SignedIn(user, Role.VIEWER, await _begin_session(session, user, device))


async def sign_in(database: Database, hasher: Hasher, given: Credentials, device: Device) -> SignedIn:
    """Begins a session. Raises ``WrongCredentials``, the same for an unknown address as for a wrong password."""
    async with database.transaction() as session:
        user = await users.find_user(session, given.email)
        kept = await queries.password_hash(session, user.id) if user else None
    # Hashed between two transactions: no connection is held while a core is busy for 200 ms.
    if not await hasher.verify(given.password, kept) or user is None:
        raise WrongCredentials
    async with database.transaction() as session:
        role = await users.active_role(session, user.id)
        if role is None or await queries.password_hash(session, user.id) != kept:
            raise WrongCredentials
        return SignedIn(user, role, await _begin_session(session, user, device))


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
    use = use_of(keys, token, found, now)
    if use is Use.IS_REUSE:
        await _end(session, found)
    if use not in (Use.RENEWS, Use.REPEATS):
        return None
    role = await users.active_role(session, found.user_id)
    if role is None:
        return None
    if use is Use.RENEWS:
        found.refresh_generation += 1
        found.refreshed_at = now
    user, _ = await users.user_and_role(session, found.user_id)
    return SignedIn(user, role, found)


async def sign_out(session: AsyncSession, caller: Caller) -> None:
    """Ends the caller's session everywhere."""
    found = await queries.session_to_renew(session, caller.session_id)
    if found is not None and found.ended_at is None:
        await _end(session, found)


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
            session.add(Credential(user_id=user.id, password_hash=hashed))
        await users.set_role(session, user.id, role)
        await tell_changed_identity(session, user.id)
        return made


async def _begin_session(session: AsyncSession, user: User, device: Device) -> SignInSession:
    now = datetime.now(UTC)
    begun = SignInSession(
        user_id=user.id,
        device=device.name[:_LONGEST_DEVICE_CHARACTERS],
        address=device.address,
        created_at=now,
        last_seen_at=now,
        refreshed_at=now,
        expires_at=now + ABSOLUTE,
        refresh_seed=secrets.token_bytes(SEED_BYTES),
        refresh_generation=0,
    )
    session.add(begun)
    await session.flush()
    return begun


async def _end(session: AsyncSession, found: SignInSession) -> None:
    found.ended_at = datetime.now(UTC)
    await tell_changed_identity(session, found.id)
