"""HTTP of the catalogue: what everybody may read."""

import hashlib
import json
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from showsondemand.cache import Remembered
from showsondemand.dependencies import (
    NobodySignedIn,
    OptionalCallerDep,
    RoleTooLow,
    SessionEnded,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows import service
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.listing import Filters, Sort
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.paths import ONE_SHOW
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import ShowDetail, ShowPage
from showsondemand.shows.states import ShowState
from showsondemand.tokens import Caller
from showsondemand.wiring import Wiring

router = APIRouter(prefix="/shows", tags=["shows"])
_LONGEST_FILTER_CHARACTERS = 200

SortQuery = Annotated[
    Sort | None, Query(description="`relevance` where words are looked for, else `latest`, when left out.")
]
FilterQuery = Annotated[
    str | None, Query(max_length=_LONGEST_FILTER_CHARACTERS, pattern=r"^[^\x00-\x1f\x7f]*$")
]
StateQuery = Annotated[
    ShowState | Literal["all"] | None, Query(description="For staff: shows in this state, or `all` of them.")
]
IfNoneMatchHeader = Annotated[str | None, Header(description="The `ETag` of what the client has.")]


async def _filters(
    caller: OptionalCallerDep,
    q: FilterQuery = None,
    genre: FilterQuery = None,
    series: FilterQuery = None,
    sort: SortQuery = None,
    state: StateQuery = None,
) -> Filters:
    words = q.strip() or None if q else None
    return Filters(
        states=None if state is None else _states_for(caller, state),
        words=words,
        genre=genre or None,
        series=series or None,
        sort=sort or (Sort.RELEVANCE if words else Sort.LATEST),
    )


def _states_for(caller: Caller | None, state: ShowState | Literal["all"]) -> frozenset[ShowState]:
    if caller is None:
        raise NobodySignedIn
    if not caller.is_staff:
        raise RoleTooLow
    return frozenset(ShowState) if state == "all" else frozenset({state})


def catalogue_of(wiring: Wiring) -> service.Catalogue:
    return service.Catalogue(MediaAddresses.from_settings(wiring.settings), wiring.cursors)


@router.get(
    "",
    response_model=ShowPage,
    responses={**problems(ForeignCursor, NobodySignedIn, RoleTooLow), 304: {"description": "Not changed"}},
)
async def list_shows(
    request: Request,
    wiring: WiringDep,
    filters: Annotated[Filters, Depends(_filters)],
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
    if_none_match: IfNoneMatchHeader = None,
) -> Response:
    """The available shows, page by page. What lists begin with comes out of the cache."""
    catalogue, asked = catalogue_of(wiring), request.scope["query_string"]
    if not asked:
        found = await service.latest_shows(wiring.database, wiring.cache, catalogue)
    elif cursor is None and filters.states is None and (key := service.kept_list(asked)) is not None:
        found = await service.first_page(
            wiring.database, wiring.cache, catalogue, filters, limit=limit, key=key
        )
    else:
        async with wiring.database.asking() as reader:
            page = await service.page_of_shows(reader, catalogue, filters, limit=limit, cursor=cursor)
        found = Remembered(page.model_dump_json().encode(), hit=False)
    return bytes_response(found.body, if_none_match, x_cache="hit" if found.hit else "miss")


@router.get(
    ONE_SHOW,
    response_model=ShowDetail,
    responses={**problems(ShowNotFound, SessionEnded), 304: {"description": "Not changed"}},
)
async def read_show(
    wiring: WiringDep, caller: OptionalCallerDep, show_id: UUID, if_none_match: IfNoneMatchHeader = None
) -> Response:
    """A show that is available; for staff also one that is not."""
    addresses = MediaAddresses.from_settings(wiring.settings)
    if caller is not None and caller.is_staff:
        async with wiring.database.reading() as session:
            show = await service.show_for(session, caller, show_id)
        body = detail_of(show, addresses).model_dump_json().encode()
    else:
        body = (await service.show_for_viewers(wiring.database, wiring.cache, addresses, show_id)).body
    headers = show_headers(body)
    if _is_known(headers["ETag"], if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def show_headers(body: bytes) -> dict[str, str]:
    """What goes with a show: its version, to change what was read; and a tag of its content.

    The content says more than the version after an upgrade of the service.
    """
    version = json.loads(body)["version"]
    return {"ETag": f'"{version}-{_tag_of(body)}"', "Cache-Control": "no-cache"}


def list_headers(body: bytes, *, x_cache: str) -> dict[str, str]:
    """What goes with an answer that is kept: a tag of its content, and to be asked for anew each time."""
    return {"ETag": f'"{_tag_of(body)}"', "Cache-Control": "no-cache", "X-Cache": x_cache}


def _tag_of(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def bytes_response(body: bytes, if_none_match: str | None, *, x_cache: str) -> Response:
    """JSON that is there already, with a tag of its content; 304 for whoever has it."""
    headers = list_headers(body, x_cache=x_cache)
    if _is_known(headers["ETag"], if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _is_known(tag: str, if_none_match: str | None) -> bool:
    """RFC 9110, 13.1.2: any of the given tags, weakly compared."""
    given = [part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")]
    return tag in given or "*" in given
