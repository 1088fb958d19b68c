"""HTTP of accounts, as far as secrets are part of it; ``users.endpoints`` reads them."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response, status

from showsondemand.auth import accounts
from showsondemand.auth.errors import CurrentPasswordNeeded, TooManySignIns, TooManyTries, WeakPassword
from showsondemand.auth.schemas import AccountForSomebody, AccountReplacement, PersonalExport
from showsondemand.dependencies import (
    ADMINS_ONLY,
    WRITES_TO_PEOPLE,
    AddressDep,
    CallerDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.users.addressing import AccountIdDep
from showsondemand.users.errors import EmailTaken, LastAdmin, UserNotFound
from showsondemand.users.schemas import UserDetail
from showsondemand.users.service import detail_of

router = APIRouter(prefix="/users", tags=["users"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    dependencies=[ADMINS_ONLY, WRITES_TO_PEOPLE],
    responses=problems(*_TURNED_AWAY, EmailTaken, WeakPassword, TooManySignIns),
)
async def create_user(account: AccountForSomebody, wiring: WiringDep, response: Response) -> UserDetail:
    """Make an account for somebody else, who is invited by mail to choose a password unless one is given here."""
    user, role = await accounts.create_account(wiring, account)
    response.headers["Location"] = f"/users/{user.id}"
    return detail_of(user, role)


@router.get("/me/export", responses=problems(NobodySignedIn))
async def export_own_data(
    caller: CallerDep, session: SessionDep, wiring: WiringDep, response: Response
) -> PersonalExport:
    """Everything that is held about oneself, as one JSON document."""
    data = await accounts.export_account(session, wiring.personal_data, caller.user_id)
    response.headers["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    return PersonalExport(exported_at=datetime.now(UTC), data=data)


@router.put(
    "/{user_id}",
    dependencies=[WRITES_TO_PEOPLE],
    responses=problems(
        NobodySignedIn,
        UserNotFound,
        EmailTaken,
        WeakPassword,
        CurrentPasswordNeeded,
        TooManyTries,
        TooManySignIns,
    ),
)
async def replace_user(
    user_id: AccountIdDep,
    wanted: AccountReplacement,
    caller: CallerDep,
    address: AddressDep,
    wiring: WiringDep,
) -> UserDetail:
    """Change an account. One's own new e-mail address or password needs `currentPassword`, and ends other sessions."""
    change = accounts.Change(caller, user_id, address)
    return detail_of(*await accounts.replace_account(wiring, change, wanted))


@router.delete(
    "/{user_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NobodySignedIn, UserNotFound, LastAdmin),
)
async def delete_user(user_id: AccountIdDep, session: SessionDep, wiring: WiringDep) -> None:
    """Delete an account and all it owns."""
    await accounts.delete_account(session, wiring.personal_data, user_id)


@router.put(
    "/{user_id}/suspension",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, UserNotFound, LastAdmin),
)
async def suspend_user(user_id: AccountIdDep, session: SessionDep) -> None:
    """Close an account for the time being: its sessions end, and it cannot sign in."""
    await accounts.suspend_account(session, user_id)


@router.delete(
    "/{user_id}/suspension",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, UserNotFound),
)
async def reinstate_user(user_id: AccountIdDep, session: SessionDep) -> None:
    """Open a suspended account again."""
    await accounts.reinstate_account(session, user_id)
