"""HTTP of one's own sessions."""

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, status

from showsondemand.auth import sessions
from showsondemand.auth.errors import SessionNotFound
from showsondemand.auth.models import SignInSession
from showsondemand.auth.schemas import SessionDetail, SessionPage
from showsondemand.dependencies import CallerDep, NobodySignedIn, SessionDep
from showsondemand.errors import problems
from showsondemand.tokens import Caller

router = APIRouter(prefix="/auth/sessions", tags=["auth"])


@router.get("", responses=problems(NobodySignedIn))
async def list_sessions(session: SessionDep, caller: CallerDep) -> SessionPage:
    """Where one is signed in, the device seen last first. There are never more than one page holds."""
    return page_of(await sessions.live_sessions(session, caller.user_id), caller)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NobodySignedIn))
async def end_other_sessions(session: SessionDep, caller: CallerDep) -> None:
    """Sign out everywhere but here."""
    await sessions.end_other_sessions(session, caller)


@router.delete(
    "/{session_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NobodySignedIn, SessionNotFound),
)
async def end_session(session_id: UUID, session: SessionDep, caller: CallerDep) -> None:
    """Sign out on one device."""
    await sessions.end_session_of(session, caller.user_id, session_id)


def page_of(live: Sequence[SignInSession], caller: Caller) -> SessionPage:
    """The sessions of one account as JSON, as ``caller`` sees them."""
    return SessionPage(
        items=[
            SessionDetail(
                id=found.id,
                device=found.device,
                address=found.address,
                current=found.id == caller.session_id,
                created_at=found.created_at,
                last_seen_at=found.last_seen_at,
                expires_at=found.expires_at,
            )
            for found in live
        ],
        next_cursor=None,
    )
