"""HTTP of what became of shows: those that were deleted, and what was done to one."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from showsondemand.admin import history
from showsondemand.api_model import ApiModel, Time
from showsondemand.audit import Action
from showsondemand.dependencies import (
    EDITORS_ONLY,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    StaffDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows import service as shows
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import ShowDetail

router = APIRouter(prefix="/shows", tags=["admin"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)


class DeletedShow(ApiModel):
    """A show that was deleted, and until when it can be restored."""

    show: ShowDetail
    deleted_at: Time
    restorable_until: Time


class DeletedPage(ApiModel):
    items: list[DeletedShow]
    next_cursor: str | None


class HistoryActor(ApiModel):
    """Whoever did it; without a name when the account is gone, or it was a machine's key."""

    id: UUID
    name: str


class HistoryEntry(ApiModel):
    """One thing that was done to a show, by whom; nobody, where the service itself did it."""

    id: UUID
    at: Time
    action: Action
    actor: HistoryActor | None
    details: Annotated[dict[str, Any], Field(description="What changed; of a state, from what to what.")]


class HistoryPage(ApiModel):
    items: list[HistoryEntry]
    next_cursor: str | None


@router.get("/deleted", dependencies=[EDITORS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_deleted_shows(
    session: SessionDep, wiring: WiringDep, limit: LimitQuery = DEFAULT_LIMIT, cursor: CursorQuery = None
) -> DeletedPage:
    """The shows that can be restored, the last deleted first."""
    found, next_cursor = await shows.page_of_deleted(session, wiring.cursors, limit=limit, cursor=cursor)
    addresses = MediaAddresses.from_settings(wiring.settings)
    return DeletedPage(
        items=[
            DeletedShow(
                show=detail_of(show, addresses),
                deleted_at=show.deleted_at,
                restorable_until=show.deleted_at + shows.RESTORABLE,
            )
            for show in found
            if show.deleted_at is not None
        ],
        next_cursor=next_cursor,
    )


@router.get("/{show_id}/history", responses=problems(*_TURNED_AWAY, ShowNotFound, ForeignCursor))
async def read_show_history(
    show_id: UUID,
    caller: StaffDep,
    session: SessionDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> HistoryPage:
    """What was done to a show, newest first: what changed, and who changed it."""
    done, next_cursor = await history.history_of_show(
        session, wiring.cursors, show_id, caller=caller, limit=limit, cursor=cursor
    )
    return HistoryPage(
        items=[
            HistoryEntry(
                id=each.entry.id,
                at=each.entry.at,
                action=Action(each.entry.action),
                actor=HistoryActor(id=each.entry.actor_id, name=each.actor_name)
                if each.entry.actor_id
                else None,
                details=each.entry.details,
            )
            for each in done
        ],
        next_cursor=next_cursor,
    )
