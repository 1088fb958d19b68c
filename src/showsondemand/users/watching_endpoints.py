"""HTTP of watching: playback, and how far somebody got."""

from datetime import UTC, datetime
from uuid import UUID

from fastapi import APIRouter, Response, status

from showsondemand.dependencies import CallerDep, NobodySignedIn, ReadSessionDep, SessionDep, WiringDep
from showsondemand.errors import problems
from showsondemand.shows.errors import NothingToPlay, ShowNotFound
from showsondemand.shows.grants import Grants
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.playback import Stage
from showsondemand.shows.schemas import Playback
from showsondemand.users import watching
from showsondemand.users.errors import NotWatched
from showsondemand.users.schemas import NewProgress, ProgressDetail

router = APIRouter()


@router.post(
    "/shows/{show_id}/playback",
    tags=["shows"],
    response_model=Playback,
    responses=problems(NobodySignedIn, ShowNotFound, NothingToPlay),
)
async def start_playback(show_id: UUID, caller: CallerDep, wiring: WiringDep) -> Response:
    """Stream URLs that play for this session until `expiresAt`. Ask again before that: both sets work."""
    stage = Stage(MediaAddresses.from_settings(wiring.settings), Grants(wiring.keys), wiring.delivery)
    async with wiring.database.asking() as reader:
        ticket = await watching.start_playback(reader, caller, show_id, stage)
    response = Response(ticket.playback.model_dump_json(), media_type="application/json")
    for cookie in ticket.cookies:
        # Strict reaches a sibling all the same: a site is a scheme and a registered domain.
        response.set_cookie(
            cookie.name,
            cookie.value,
            max_age=max(0, int((cookie.expires_at - datetime.now(UTC)).total_seconds())),
            path=cookie.path,
            domain=cookie.domain,
            secure=True,
            httponly=True,
            samesite="strict",
        )
    return response


@router.put("/users/me/progress/{show_id}", tags=["users"], responses=problems(NobodySignedIn, ShowNotFound))
async def save_progress(
    show_id: UUID, given: NewProgress, caller: CallerDep, wiring: WiringDep
) -> ProgressDetail:
    """Remember how far one has watched; past 95 % the show counts as finished."""
    async with wiring.database.asking() as reader:
        saved = await watching.save_progress(reader, caller, show_id, position_seconds=given.position_seconds)
    return ProgressDetail.model_validate(saved)


@router.get("/users/me/progress/{show_id}", tags=["users"], responses=problems(NobodySignedIn, NotWatched))
async def read_progress(show_id: UUID, session: ReadSessionDep, caller: CallerDep) -> ProgressDetail:
    """How far one has watched."""
    return ProgressDetail.model_validate(await watching.progress_of(session, caller, show_id))


@router.delete(
    "/users/me/progress/{show_id}",
    tags=["users"],
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NobodySignedIn),
)
async def forget_progress(show_id: UUID, session: SessionDep, caller: CallerDep) -> None:
    """Have a show count as never watched."""
    await watching.forget_progress(session, caller, show_id)
