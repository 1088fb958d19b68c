"""Reads of accounts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    ScalarSelect,
    Select,
    String,
    Uuid,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.dml import ReturningInsert

from showsondemand.tokens import Role
from showsondemand.users.errors import UserNotFound
from showsondemand.users.models import AdminUser, User, WatchlistEntry, WatchProgress, email_key

# Any number that no other program uses on the same database.
_STAFF_LOCK = 7_083_126_502
Row = TypeVar("Row")
# The contract of PUT /users/me/progress: what is left after this are the credits.
FINISHED_FRACTION = 0.95
_SAVED = ("user_id", "show_id", "position_seconds", "finished", "updated_at")
_WATCHER = bindparam("watcher", type_=WatchProgress.user_id.type)
_POSITION = bindparam("position", type_=WatchProgress.position_seconds.type)
_NOW = bindparam("now", type_=WatchProgress.updated_at.type)


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


async def names_of(session: AsyncSession, user_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these accounts, or their addresses where there is none."""
    found = await session.execute(select(User.id, User.name, User.email).where(User.id.in_(user_ids)))
    return {user_id: name or email for user_id, name, email in found}


async def user_by_email(session: AsyncSession, email: str) -> User | None:
    return await session.scalar(select(User).where(User.email_key == email_key(email)))


async def has_admin(session: AsyncSession) -> bool:
    return bool(await session.scalar(select(exists().where(AdminUser.role == Role.ADMIN))))


async def lock_staff(session: AsyncSession) -> None:
    """One transaction at a time from here on: of two that remove an admin, the second sees what the first did."""
    await session.execute(select(func.pg_advisory_xact_lock(_STAFF_LOCK)))


async def has_other_admin(session: AsyncSession, user_id: UUID) -> bool:
    """Whether an admin who can sign in remains without ``user_id``."""
    others = exists().where(
        AdminUser.role == Role.ADMIN,
        AdminUser.user_id != user_id,
        AdminUser.user_id == User.id,
        User.suspended_at.is_(None),
    )
    return bool(await session.scalar(select(others)))


async def accounts(
    session: AsyncSession,
    *,
    words: str | None,
    roles: Sequence[Role] | None,
    limit: int,
    after: Sequence[Any] | None,
) -> list[tuple[User, Role]]:
    """Accounts whose address or name holds ``words``, newest first (ids sort by time), after the id given."""
    query = (
        select(User, AdminUser.role)
        .join(AdminUser, AdminUser.user_id == User.id, isouter=True)
        .order_by(User.id.desc())
        .limit(limit)
    )
    if words:
        query = query.where(
            or_(User.email.icontains(words, autoescape=True), User.name.icontains(words, autoescape=True))
        )
    if roles is not None:
        query = query.where(func.coalesce(AdminUser.role, Role.VIEWER.value).in_(roles))
    if after is not None:
        query = query.where(User.id < UUID(after[0]))
    return [(user, Role(role or Role.VIEWER)) for user, role in await session.execute(query)]


async def is_email_of_another(session: AsyncSession, email: str, user_id: UUID) -> bool:
    others = exists().where(User.email_key == email_key(email), User.id != user_id)
    return bool(await session.scalar(select(others)))


async def progress_of(session: AsyncSession, user_id: UUID, show_id: UUID) -> WatchProgress | None:
    return await session.get(WatchProgress, (user_id, show_id))


def resume_position() -> ScalarSelect[float]:
    """At which second ``:watcher`` goes on with ``:of_show``, to be asked within a query; NULL from the beginning."""
    of_account = WatchProgress.user_id == _WATCHER
    of_show = WatchProgress.show_id == bindparam("of_show", type_=WatchProgress.show_id.type)
    query = select(WatchProgress.position_seconds).where(of_account, of_show, ~WatchProgress.finished)
    return query.scalar_subquery()


def progress_saved(show: Select[UUID, float | None]) -> ReturningInsert[Any]:
    """Writes down that ``:watcher`` is at second ``:position`` of ``show`` (its id and length) at ``:now``.

    Gives what is written; nothing where there is no such show. To be built once.
    """
    found = show.subquery()
    length = func.nullif(found.c.duration_seconds, 0)
    is_over = func.coalesce(FINISHED_FRACTION * length < _POSITION, false())
    # LEAST heeds no NULL: a show whose length is not known ends nowhere.
    values = select(_WATCHER, found.c.id, func.least(_POSITION, length), is_over, _NOW)
    saving = insert(WatchProgress).from_select(list(_SAVED), values)
    return saving.on_conflict_do_update(
        index_elements=[WatchProgress.user_id, WatchProgress.show_id],
        set_={name: saving.excluded[name] for name in _SAVED[2:]},
    ).returning(*(getattr(WatchProgress, name) for name in _SAVED[1:]))


async def watched(
    session: AsyncSession,
    user_id: UUID,
    visible: Select[UUID],
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> list[WatchProgress]:
    """How far the account has watched which of the ``visible`` shows, latest first, after the position given."""
    query = select(WatchProgress).where(WatchProgress.user_id == user_id, WatchProgress.show_id.in_(visible))
    return list(
        await session.scalars(
            _latest_first(query, WatchProgress.updated_at, WatchProgress.show_id, after).limit(limit)
        )
    )


async def listed(
    session: AsyncSession,
    user_id: UUID,
    visible: Select[UUID],
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> list[WatchlistEntry]:
    """Which of the ``visible`` shows are on the account's list, latest first, after the position given."""
    query = select(WatchlistEntry).where(
        WatchlistEntry.user_id == user_id, WatchlistEntry.show_id.in_(visible)
    )
    return list(
        await session.scalars(
            _latest_first(query, WatchlistEntry.added_at, WatchlistEntry.show_id, after).limit(limit)
        )
    )


def _latest_first(
    query: Select[Row],
    moment: InstrumentedAttribute[datetime],
    show_id: InstrumentedAttribute[UUID],
    after: Sequence[Any] | None,
) -> Select[Row]:
    """``query`` in keyset order; ``after`` is the moment and the id of a page's last row."""
    query = query.order_by(moment.desc(), show_id.desc())
    if after is None:
        return query
    position = tuple_(
        cast(literal(str(after[0]), String), TIMESTAMP(timezone=True)),
        cast(literal(str(after[1]), String), Uuid()),
    )
    return query.where(tuple_(moment, show_id) < position)
