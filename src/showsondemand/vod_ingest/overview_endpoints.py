"""HTTP of the staff's first page."""

from fastapi import APIRouter, Response

from showsondemand.dependencies import STAFF_ONLY, NobodySignedIn, RoleTooLow, WiringDep
from showsondemand.errors import problems
from showsondemand.vod_ingest import overview
from showsondemand.vod_ingest.overview_schemas import Overview

router = APIRouter(tags=["admin"])


@router.get(
    "/overview",
    dependencies=[STAFF_ONLY],
    response_model=Overview,
    responses=problems(NobodySignedIn, RoleTooLow),
)
async def read_overview(wiring: WiringDep) -> Response:
    """What there is, what waits for somebody, and how full it is; counted every now and then."""
    return Response(await overview.overview(wiring), media_type="application/json")
