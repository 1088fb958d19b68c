"""HTTP of other people's sessions and passwords: what an admin does when somebody has lost a phone, or a way in."""

from uuid import UUID

from fastapi import APIRouter, status

from showsondemand.auth import recovery, sessions
from showsondemand.auth.errors import AccountSuspended, SessionNotFound
from showsondemand.auth.schemas import SessionPage
from showsondemand.auth.session_endpoints import page_of
from showsondemand.dependencies import (
    ADMINS_ONLY,
    WRITES_TO_PEOPLE,
    AdminDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
)
from showsondemand.errors import problems
from showsondemand.users import service as users
from showsondemand.users.addressing import AccountIdDep
from showsondemand.users.errors import UserNotFound

router = APIRouter(prefix="/users/{user_id}", tags=["users"], dependencies=[ADMINS_ONLY])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow, UserNotFound)


@router.get("/sessions", responses=problems(*_TURNED_AWAY))
async def list_user_sessions(user_id: AccountIdDep, session: SessionDep, admin: AdminDep) -> SessionPage:
    """Where somebody is signed in, the device seen last first."""
    await users.user_and_role(session, user_id)
    return page_of(await sessions.live_sessions(session, user_id), admin)


@router.delete("/sessions", status_code=status.HTTP_204_NO_CONTENT, responses=problems(*_TURNED_AWAY))
async def end_user_sessions(user_id: AccountIdDep, session: SessionDep) -> None:
    """Sign somebody out everywhere."""
    await users.user_and_role(session, user_id)
    await sessions.end_all_sessions(session, user_id)


@router.delete(
    "/sessions/{session_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_TURNED_AWAY, SessionNotFound),
)
async def end_user_session(user_id: AccountIdDep, session_id: UUID, session: SessionDep) -> None:
    """Sign somebody out on one device."""
    await sessions.end_session_of(session, user_id, session_id)


@router.post(
    "/password-reset",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(*_TURNED_AWAY, AccountSuspended),
)
async def send_password_reset(user_id: AccountIdDep, session: SessionDep) -> None:
    """Have a link for a new password mailed to somebody. The password that they have stays good until they use it."""
    await recovery.send_reset_link(session, user_id)
