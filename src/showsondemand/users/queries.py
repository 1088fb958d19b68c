"""Reads of accounts."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.tokens import Role
from showsondemand.users.errors import UserNotFound
from showsondemand.users.models import AdminUser, User, WatchProgress, email_key


async def user_with_role(session: AsyncSession, user_id: UUID) -> tuple[User, Role]:
    """The account and what it may do. Raises ``UserNotFound``."""
    found = await session.execute(
        select(User, AdminUser.role)
        .join(AdminUser, AdminUser.user_id == User.id, isouter=True)
        .where(User.id == user_id)
    )
    row = found.one_or_none()
    if row is None:
        raise UserNotFound
    return row[0], Role(row[1] or Role.VIEWER)


async def user_by_email(session: AsyncSession, email: str) -> User | None:
    return await session.scalar(select(User).where(User.email_key == email_key(email)))


async def has_admin(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(exists().where(AdminUser.role == Role.ADMIN))))


async def progress_of(session: AsyncSession, user_id: UUID, show_id: UUID) -> WatchProgress | None:
    return await session.get(WatchProgress, (user_id, show_id))
