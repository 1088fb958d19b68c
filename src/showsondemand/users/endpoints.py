"""HTTP of accounts, as far as reading them goes; ``auth.account_endpoints`` changes them."""

from fastapi import APIRouter

from showsondemand.dependencies import (
    ADMINS_ONLY,
    CallerDep,
    NobodySignedIn,
    ReadSessionDep,
    RoleTooLow,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery, WordsQuery
from showsondemand.tokens import Role
from showsondemand.users import service
from showsondemand.users.addressing import AccountIdDep
from showsondemand.users.errors import UserNotFound
from showsondemand.users.schemas import UserDetail, UserPage

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", dependencies=[ADMINS_ONLY], responses=problems(NobodySignedIn, RoleTooLow, ForeignCursor))
async def list_users(
    session: ReadSessionDep,
    wiring: WiringDep,
    q: WordsQuery = None,
    role: Role | None = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> UserPage:
    """Accounts, newest first."""
    found, next_cursor = await service.page_of_users(
        session,
        wiring.cursors,
        words=q,
        roles=None if role is None else {role},
        limit=limit,
        cursor=cursor,
    )
    return UserPage(items=[service.detail_of(*each) for each in found], next_cursor=next_cursor)


@router.get("/me", responses=problems(NobodySignedIn))
async def read_own_user(session: ReadSessionDep, caller: CallerDep) -> UserDetail:
    """Who is signed in."""
    return service.detail_of(*await service.user_and_role(session, caller.user_id))


@router.get("/{user_id}", responses=problems(NobodySignedIn, UserNotFound))
async def read_user(session: ReadSessionDep, user_id: AccountIdDep) -> UserDetail:
    """One's own account; for admins anybody's."""
    return service.detail_of(*await service.user_and_role(session, user_id))
