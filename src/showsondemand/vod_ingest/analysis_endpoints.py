"""HTTP for whoever wants a film looked at again."""

from uuid import UUID

from fastapi import APIRouter, status

from showsondemand.admin.analyses.schemas import AnalysisDetail
from showsondemand.admin.errors import NobodyLooksAtFilms, NothingToLookAt
from showsondemand.dependencies import STAFF_ONLY, NobodySignedIn, RoleTooLow, ScopeMissing, WiringDep
from showsondemand.errors import problems
from showsondemand.shows.errors import ShowNotFound
from showsondemand.vod_ingest import looking_again

router = APIRouter(tags=["admin"])


@router.post(
    "/shows/{show_id}/analyses",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[STAFF_ONLY],
    responses=problems(
        NobodySignedIn, RoleTooLow, ScopeMissing, ShowNotFound, NobodyLooksAtFilms, NothingToLookAt
    ),
)
async def analyse_show(show_id: UUID, wiring: WiringDep) -> AnalysisDetail:
    """Has the `ANALYSER` look at the show's film now, whoever encoded it; while one looks, that look is the answer.

    What it finds is a review. It decides only what a first look would: a show in review, under `REVIEW_POLICY`.
    """
    return AnalysisDetail.model_validate(await looking_again.look_again(wiring, show_id))
