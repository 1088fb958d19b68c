"""What somebody wants done with accounts."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand.tokens import Role
from showsondemand.users import queries
from showsondemand.users.errors import EmailTaken, UserNotFound
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
    return await queries.user_by_email(session, email)


async def user_and_role(session: AsyncSession, user_id: UUID) -> tuple[User, Role]:
    """The account and what it may do. Raises ``UserNotFound``."""
    return await queries.user_with_role(session, user_id)


async def active_role(session: AsyncSession, user_id: UUID) -> Role | None:
    """What the account may do; ``None`` when it is gone or suspended."""
    try:
        user, role = await queries.user_with_role(session, user_id)
    except UserNotFound:
        return None
    return None if user.suspended_at else role


async def set_role(session: AsyncSession, user_id: UUID, role: Role) -> None:
    """Makes the account what ``role`` says; a viewer stands in ``admin_users`` no more."""
    if role is Role.VIEWER:
        await session.execute(delete(AdminUser).where(AdminUser.user_id == user_id))
        return
    await session.execute(
        insert(AdminUser)
        .values(user_id=user_id, role=role.value)
        .on_conflict_do_update(index_elements=[AdminUser.user_id], set_={"role": role.value})
    )


async def has_admin(session: AsyncSession) -> bool:
    return await queries.has_admin(session)


def detail_of(user: User, role: Role) -> UserDetail:
    return UserDetail(
        id=user.id,
        email=user.email,
        name=user.name,
        role=role,
        email_verified=user.email_verified_at is not None,
        created_at=user.created_at,
        updated_at=user.updated_at,
    )
