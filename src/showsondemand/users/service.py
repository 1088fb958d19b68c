"""What somebody wants done with accounts."""

from collections.abc import Collection
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand.pagination import Cursors
from showsondemand.tokens import Role
from showsondemand.users import queries
from showsondemand.users.errors import EmailTaken, LastAdmin, UserNotFound
from showsondemand.users.models import AdminUser, User, email_key
from showsondemand.users.schemas import UserDetail


async def create_user(session: AsyncSession, *, email: str, name: str) -> User:
    """A new account. Raises ``EmailTaken``, also when two ask for one address at the same instant."""
    made = await session.execute(
        insert(User)
        .values(id=uuid7(), email=email, email_key=email_key(email), name=name)
        .on_conflict_do_nothing(index_elements=[User.email_key])
        .returning(User)
    )
    user = made.scalar_one_or_none()
    if user is None:
        raise EmailTaken
    return user


async def find_user(session: AsyncSession, email: str) -> User | None:
    """The account with this address, however it is spelled."""
    return await queries.user_by_email(session, email)


async def user_and_role(session: AsyncSession, user_id: UUID) -> tuple[User, Role]:
    """The account and what it may do. Raises ``UserNotFound``."""
    return await queries.user_with_role(session, user_id)


async def names_of(session: AsyncSession, user_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these people are called, their address where they have given no name; those who are gone are left out."""
    return await queries.names_of(session, user_ids)


async def active_role(session: AsyncSession, user_id: UUID) -> Role | None:
    """What the account may do; ``None`` when it is gone or suspended."""
    try:
        user, role = await queries.user_with_role(session, user_id)
    except UserNotFound:
        return None
    return None if user.suspended_at else role


async def page_of_users(
    session: AsyncSession,
    cursors: Cursors,
    *,
    words: str | None = None,
    roles: Collection[Role] | None = None,
    limit: int,
    cursor: str | None,
) -> tuple[list[tuple[User, Role]], str | None]:
    """A page of accounts with these roles, newest first, and the next one's cursor. Raises ``ForeignCursor``."""
    wanted = None if roles is None else sorted(roles)
    listing = repr(("users", words, wanted))
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.accounts(session, words=words, roles=wanted, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(listing, [found[limit - 1][0].id]) if more else None


async def change_user(session: AsyncSession, user: User, *, email: str, name: str) -> None:
    """Gives the account another name or address; a new address counts as not verified. Raises ``EmailTaken``."""
    if await queries.is_email_of_another(session, email, user.id):
        raise EmailTaken
    if email_key(email) != user.email_key:
        user.email_verified_at = None
    user.use_email(email)
    user.name = name
    await session.flush()
    await session.refresh(user)


async def delete_user(session: AsyncSession, user_id: UUID) -> None:
    """The account is gone, with all that hangs on it. Raises ``UserNotFound`` and ``LastAdmin``."""
    await queries.lock_staff(session)
    user, role = await queries.user_with_role(session, user_id)
    await _refuse_last_admin(session, user, role)
    await session.delete(user)
    await session.flush()


async def suspend_user(session: AsyncSession, user_id: UUID) -> User:
    """Closes the account until ``reinstate_user``. Raises ``UserNotFound`` and ``LastAdmin``."""
    await queries.lock_staff(session)
    user, role = await queries.user_with_role(session, user_id)
    if user.suspended_at is None:
        await _refuse_last_admin(session, user, role)
        user.suspended_at = datetime.now(UTC)
    return user


async def reinstate_user(session: AsyncSession, user_id: UUID) -> User:
    """Opens a suspended account again. Raises ``UserNotFound``."""
    user, _ = await queries.user_with_role(session, user_id)
    user.suspended_at = None
    return user


async def set_role(session: AsyncSession, user_id: UUID, role: Role) -> None:
    """Makes the account what ``role`` says; a viewer stands in ``admin_users`` no more.

    Raises ``UserNotFound``, and ``LastAdmin`` where nobody would be left who can sign in as an admin.
    """
    await queries.lock_staff(session)
    user, before = await queries.user_with_role(session, user_id)
    if role is not Role.ADMIN:
        await _refuse_last_admin(session, user, before)
    if role is Role.VIEWER:
        await session.execute(delete(AdminUser).where(AdminUser.user_id == user_id))
        return
    await session.execute(
        insert(AdminUser)
        .values(user_id=user_id, role=role.value)
        .on_conflict_do_update(index_elements=[AdminUser.user_id], set_={"role": role.value})
    )


async def _refuse_last_admin(session: AsyncSession, user: User, role: Role) -> None:
    if (
        role is Role.ADMIN
        and user.suspended_at is None
        and not await queries.has_other_admin(session, user.id)
    ):
        raise LastAdmin


async def lacks_admin(session: AsyncSession) -> bool:
    """Whether there is no admin; nobody else makes one until this transaction ends."""
    await queries.lock_staff(session)
    return not await queries.has_admin(session)


async def has_admin(session: AsyncSession) -> bool:
    """Whether anybody is an admin."""
    return await queries.has_admin(session)


def detail_of(user: User, role: Role) -> UserDetail:
    """The account as JSON."""
    return UserDetail(
        id=user.id,
        email=user.email,
        name=user.name,
        role=role,
        email_verified=user.email_verified_at is not None,
        suspended=user.suspended_at is not None,
        created_at=user.created_at,
        updated_at=user.updated_at,
    )
