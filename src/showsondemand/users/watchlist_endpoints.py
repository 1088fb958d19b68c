"""HTTP of what somebody keeps for later."""

from uuid import UUID

from fastapi import APIRouter, status

from showsondemand.dependencies import CallerDep, NobodySignedIn, ReadSessionDep, SessionDep, WiringDep
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.presentation import detail_of
from showsondemand.users import watchlist
from showsondemand.users.schemas import ListedPage, ListedShow, WatchedPage, WatchedShow

router = APIRouter(prefix="/users/me", tags=["users"])


@router.get("/progress", responses=problems(NobodySignedIn, ForeignCursor))
async def list_progress(
    session: ReadSessionDep,
    caller: CallerDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> WatchedPage:
    """What one has watched, latest first, with its show: to continue watching."""
    addresses = MediaAddresses.from_settings(wiring.settings)
    found, next_cursor = await watchlist.page_of_watched(
        session, wiring.cursors, caller, limit=limit, cursor=cursor
    )
    return WatchedPage.model_construct(
        items=[
            WatchedShow.model_construct(
                show_id=progress.show_id,
                position_seconds=progress.position_seconds,
                finished=progress.finished,
                updated_at=progress.updated_at,
                show=detail_of(show, addresses),
            )
            for progress, show in found
        ],
        next_cursor=next_cursor,
    )


@router.get("/watchlist", responses=problems(NobodySignedIn, ForeignCursor))
async def list_watchlist(
    session: ReadSessionDep,
    caller: CallerDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> ListedPage:
    """The shows on one's list, newest first."""
    addresses = MediaAddresses.from_settings(wiring.settings)
    found, next_cursor = await watchlist.page_of_listed(
        session, wiring.cursors, caller, limit=limit, cursor=cursor
    )
    return ListedPage.model_construct(
        items=[
            ListedShow.model_construct(show=detail_of(show, addresses), added_at=entry.added_at)
            for entry, show in found
        ],
        next_cursor=next_cursor,
    )


@router.put(
    "/watchlist/{show_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NobodySignedIn, ShowNotFound),
)
async def list_show(show_id: UUID, session: SessionDep, caller: CallerDep) -> None:
    """Put a show on one's list."""
    await watchlist.list_show(session, caller, show_id)


@router.delete(
    "/watchlist/{show_id}", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NobodySignedIn)
)
async def unlist_show(show_id: UUID, session: SessionDep, caller: CallerDep) -> None:
    """Take a show off one's list."""
    await watchlist.unlist_show(session, caller, show_id)
