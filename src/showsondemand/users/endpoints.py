"""HTTP of accounts."""

from fastapi import APIRouter

from showsondemand.dependencies import CallerDep, NobodySignedIn, SessionDep
from showsondemand.errors import problems
from showsondemand.users import service
from showsondemand.users.schemas import UserDetail

router = APIRouter(prefix="/users", tags=["users"])


@router.get("/me", responses=problems(NobodySignedIn))
async def read_own_user(session: SessionDep, caller: CallerDep) -> UserDetail:
    """Who is signed in."""
    user, role = await service.user_and_role(session, caller.user_id)
    return service.detail_of(user, role)
