"""HTTP of managing shows."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Response, status

from showsondemand.admin import service
from showsondemand.admin.desk import Desk
from showsondemand.admin.errors import ClaimedBySomebodyElse, OwnUpload
from showsondemand.dependencies import (
    EDITORS_ONLY,
    EditorDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.shows.errors import (
    EndsBeforeItBegins,
    EpisodeOfNoSeries,
    ForeignMediaHost,
    IllegalStateChange,
    MarkerBeyondTheEnd,
    NothingToPlay,
    ShowChanged,
    ShowNotFound,
)
from showsondemand.shows.paths import ONE_SHOW
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import NewShow, ShowChanges, ShowDetail, ShowReplacement

router = APIRouter(prefix="/shows", tags=["admin"])
IfMatchHeader = Annotated[str | None, Header(description="The `ETag` of what is to be changed.")]

_TURNED_AWAY = (NobodySignedIn, RoleTooLow)
_CHANGE = (
    *_TURNED_AWAY,
    ShowNotFound,
    IllegalStateChange,
    NothingToPlay,
    ShowChanged,
    ForeignMediaHost,
    EndsBeforeItBegins,
    EpisodeOfNoSeries,
    MarkerBeyondTheEnd,
    ClaimedBySomebodyElse,
    OwnUpload,
)


async def _desk(session: SessionDep, wiring: WiringDep) -> Desk:
    return Desk.of(session, wiring.cache, wiring.settings)


DeskDep = Annotated[Desk, Depends(_desk)]


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problems(*_TURNED_AWAY, ForeignMediaHost, EndsBeforeItBegins, MarkerBeyondTheEnd),
)
async def create_show(new: NewShow, editor: EditorDep, desk: DeskDep, response: Response) -> ShowDetail:
    """Make a show: a draft, or in review when it has a stream."""
    show = await service.create_show(desk, new, editor=editor)
    response.headers["Location"] = f"/shows/{show.id}"
    response.headers["ETag"] = f'"{show.version}"'
    return detail_of(show, desk.addresses)


@router.put(ONE_SHOW, responses=problems(*_CHANGE))
async def replace_show(
    show_id: UUID,
    wanted: ShowReplacement,
    editor: EditorDep,
    desk: DeskDep,
    response: Response,
    if_match: IfMatchHeader = None,
) -> ShowDetail:
    """Replace what is said about a show; what an encoder made stays unless it is named."""
    show = await service.replace_show(desk, show_id, wanted, editor=editor, if_match=if_match)
    response.headers["ETag"] = f'"{show.version}"'
    return detail_of(show, desk.addresses)


@router.patch(ONE_SHOW, responses=problems(*_CHANGE))
async def change_show(
    show_id: UUID,
    changes: ShowChanges,
    editor: EditorDep,
    desk: DeskDep,
    response: Response,
    if_match: IfMatchHeader = None,
) -> ShowDetail:
    """Change what is named (a JSON merge patch)."""
    show = await service.change_show(desk, show_id, changes, editor=editor, if_match=if_match)
    response.headers["ETag"] = f'"{show.version}"'
    return detail_of(show, desk.addresses)


@router.delete(
    ONE_SHOW,
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[EDITORS_ONLY],
    responses=problems(*_TURNED_AWAY, ShowNotFound, ShowChanged),
)
async def delete_show(show_id: UUID, desk: DeskDep, if_match: IfMatchHeader = None) -> None:
    """Take a show away from everybody. It can be restored for 30 days."""
    await service.delete_show(desk, show_id, if_match=if_match)


@router.post(
    "/{show_id}/restore", dependencies=[EDITORS_ONLY], responses=problems(*_TURNED_AWAY, ShowNotFound)
)
async def restore_show(show_id: UUID, desk: DeskDep) -> ShowDetail:
    """Bring a deleted show back as it was."""
    return detail_of(await service.restore_show(desk, show_id), desk.addresses)
