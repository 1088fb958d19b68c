"""HTTP of looking around in the catalogue: facets, series, the next episode."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response

from showsondemand.dependencies import (
    COUNTED,
    STAFF_ONLY,
    NobodySignedIn,
    OptionalCallerDep,
    ReadSessionDep,
    RoleTooLow,
    SessionEnded,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows import browsing
from showsondemand.shows.endpoints import IfNoneMatchHeader, bytes_response, catalogue_of
from showsondemand.shows.errors import NoNextEpisode, SeriesNotFound, ShowNotFound
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import (
    LONGEST_TITLE_CHARACTERS,
    Facets,
    SeriesDetail,
    SeriesPage,
    ShowDetail,
    Suggestions,
)

router = APIRouter(tags=["shows"])
SeriesTitle = Annotated[str, Path(max_length=LONGEST_TITLE_CHARACTERS, pattern=r"^[^\x00-\x1f\x7f]+$")]


@router.get(
    "/shows/facets",
    dependencies=[COUNTED],
    response_model=Facets,
    responses={304: {"description": "Not changed"}},
)
async def read_facets(wiring: WiringDep, if_none_match: IfNoneMatchHeader = None) -> Response:
    """How many available shows there are of each genre, tag and series; out of the cache."""
    found = await browsing.facets(wiring.database, wiring.cache)
    return bytes_response(found.body, if_none_match, x_cache="hit" if found.hit else "miss")


@router.get("/shows/suggestions", dependencies=[STAFF_ONLY], responses=problems(NobodySignedIn, RoleTooLow))
async def read_suggestions(session: ReadSessionDep) -> Suggestions:
    """Words that shows of any state have as genre, tag, person or series, to fill in another one's fields."""
    return await browsing.suggestions(session)


@router.get("/series", dependencies=[COUNTED], responses=problems(ForeignCursor))
async def list_series(
    session: ReadSessionDep, wiring: WiringDep, limit: LimitQuery = DEFAULT_LIMIT, cursor: CursorQuery = None
) -> SeriesPage:
    """The series of which an episode is available, by title."""
    return await browsing.page_of_series(session, catalogue_of(wiring), limit=limit, cursor=cursor)


@router.get("/series/{title:path}", dependencies=[COUNTED], responses=problems(SeriesNotFound, ForeignCursor))
async def read_series(
    title: SeriesTitle,
    session: ReadSessionDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> SeriesDetail:
    """A series, its seasons, and its available episodes in the order in which they are watched."""
    return await browsing.series(session, catalogue_of(wiring), title, limit=limit, cursor=cursor)


@router.get("/shows/{show_id}/next", responses=problems(ShowNotFound, NoNextEpisode, SessionEnded))
async def read_next_episode(
    show_id: UUID, session: ReadSessionDep, wiring: WiringDep, caller: OptionalCallerDep
) -> ShowDetail:
    """The available episode that comes after this one."""
    found = await browsing.next_episode(session, caller, show_id)
    return detail_of(found, catalogue_of(wiring).addresses)
