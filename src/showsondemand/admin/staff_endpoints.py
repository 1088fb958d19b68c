"""HTTP of who may manage shows: the accounts in ``admin_users``."""

from typing import Literal
from uuid import UUID

from fastapi import APIRouter, status

from showsondemand.api_model import ApiModel
from showsondemand.auth import service as auth
from showsondemand.dependencies import (
    ADMINS_ONLY,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.tokens import STAFF, Role
from showsondemand.users import service as users
from showsondemand.users.errors import LastAdmin, UserNotFound
from showsondemand.users.schemas import UserDetail, UserPage

router = APIRouter(prefix="/admins", tags=["admin"], dependencies=[ADMINS_ONLY])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)


class StaffRole(ApiModel):
    """What somebody may do; a viewer's account does not stand among these."""

    role: Literal[Role.REVIEWER, Role.EDITOR, Role.ADMIN]


@router.get("", responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_admins(
    session: SessionDep, wiring: WiringDep, limit: LimitQuery = DEFAULT_LIMIT, cursor: CursorQuery = None
) -> UserPage:
    """Reviewers, editors and administrators, the newest account first."""
    found, next_cursor = await users.page_of_users(
        session, wiring.cursors, roles=STAFF, limit=limit, cursor=cursor
    )
    return UserPage(items=[users.detail_of(*each) for each in found], next_cursor=next_cursor)


@router.put("/{user_id}", responses=problems(*_TURNED_AWAY, UserNotFound, LastAdmin))
async def put_admin(user_id: UUID, given: StaffRole, session: SessionDep) -> UserDetail:
    """Let an account manage shows, or change what it may do. It holds at once."""
    await auth.give_role(session, user_id, given.role)
    return users.detail_of(*await users.user_and_role(session, user_id))


@router.delete(
    "/{user_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_TURNED_AWAY, UserNotFound, LastAdmin),
)
async def remove_admin(user_id: UUID, session: SessionDep) -> None:
    """Make an account a viewer's again. It holds at once."""
    await auth.give_role(session, user_id, Role.VIEWER)
