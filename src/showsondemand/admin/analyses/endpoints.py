"""HTTP of what programs saw: which looks at a show there were, and the frame that a finding is about."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from showsondemand.admin import artwork
from showsondemand.admin.analyses import looking_up
from showsondemand.admin.analyses.schemas import AnalysisDetail, AnalysisList
from showsondemand.admin.errors import NoFrames, PictureRefused
from showsondemand.dependencies import NobodySignedIn, ReviewsReaderDep, RoleTooLow, SessionDep, WiringDep
from showsondemand.errors import problems
from showsondemand.shows.errors import MediaAway, ShowNotFound

router = APIRouter(prefix="/shows/{show_id}", tags=["admin"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}
}
_MOST_SECONDS = 24 * 3600
# The same second of the same film looks the same; a new film may come to the same show.
_CACHING = "private, max-age=600"


@router.get("/analyses", responses=problems(*_TURNED_AWAY, ShowNotFound))
async def list_analyses(show_id: UUID, reader: ReviewsReaderDep, session: SessionDep) -> AnalysisList:
    """Which programs have looked at the show's film, or are about it, newest first. What they found are reviews."""
    found = await looking_up.analyses_of_show(session, reader, show_id)
    return AnalysisList(items=[AnalysisDetail.model_validate(each) for each in found])


@router.get(
    "/frame",
    response_class=Response,
    responses=_PICTURE | problems(*_TURNED_AWAY, ShowNotFound, PictureRefused, NoFrames, MediaAway),
)
async def get_frame(
    show_id: UUID,
    reader: ReviewsReaderDep,
    wiring: WiringDep,
    at_seconds: Annotated[
        float, Query(alias="atSeconds", ge=0, le=_MOST_SECONDS, description="Which second of the film.")
    ],
) -> Response:
    """One frame of the show's film as a JPEG, for the staff: what a finding is about."""
    picture = await artwork.frame_of_film(wiring, reader, show_id, at_seconds)
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": _CACHING})
