"""HTTP of posters and captions. Bodies are files: they are read only once the caller may send them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, status

from showsondemand.admin import artwork
from showsondemand.admin.artwork import NewCaptions, Retouching
from showsondemand.admin.endpoints import IfMatchHeader
from showsondemand.admin.errors import CaptionsNotFound, CaptionsRefused, NoFrames, PictureRefused
from showsondemand.admin.schemas import FrameChoice
from showsondemand.dependencies import EditorDep, NobodySignedIn, RoleTooLow, WiringDep
from showsondemand.errors import TooLarge, problems
from showsondemand.shows.errors import MediaAway, ShowChanged, ShowNotFound
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import Language, ShowDetail, Word
from showsondemand.wiring import Wiring

router = APIRouter(prefix="/shows/{show_id}", tags=["admin"])
_CHANGE = (NobodySignedIn, RoleTooLow, ShowNotFound, ShowChanged)

LanguagePath = Annotated[Language, Path()]
LabelQuery = Annotated[
    Word | None, Query(description="What viewers choose it by; the language's tag when left out.")
]


def _files(*media_types: str) -> dict[str, Any]:
    """How OpenAPI says that a body is one file of these types."""
    file = {"schema": {"type": "string", "format": "binary"}}
    return {"requestBody": {"required": True, "content": dict.fromkeys(media_types, file)}}


@router.put(
    "/poster",
    responses=problems(*_CHANGE, PictureRefused, TooLarge, MediaAway),
    openapi_extra=_files("image/png", "image/jpeg", "image/webp"),
)
async def upload_poster(
    show_id: UUID,
    request: Request,
    response: Response,
    editor: EditorDep,
    wiring: WiringDep,
    if_match: IfMatchHeader = None,
) -> ShowDetail:
    """Use a picture (PNG, JPEG or WebP, at most 10 MiB and 40 megapixels) as the poster. It is encoded anew."""
    retouching = Retouching(editor, show_id, if_match)
    show = await artwork.use_picture_as_poster(wiring, retouching, await request.body())
    return _answer(show, wiring, response)


@router.post("/poster", responses=problems(*_CHANGE, PictureRefused, NoFrames, MediaAway))
async def choose_poster(
    show_id: UUID,
    choice: FrameChoice,
    response: Response,
    editor: EditorDep,
    wiring: WiringDep,
    if_match: IfMatchHeader = None,
) -> ShowDetail:
    """Use a frame of the film as the poster."""
    retouching = Retouching(editor, show_id, if_match)
    show = await artwork.use_frame_as_poster(wiring, retouching, choice.at_seconds)
    return _answer(show, wiring, response)


@router.put(
    "/captions/{language}",
    responses=problems(*_CHANGE, CaptionsRefused, TooLarge, MediaAway),
    openapi_extra=_files("text/vtt", "application/x-subrip"),
)
async def upload_captions(  # noqa: PLR0913, PLR0917 - FastAPI hands over each part of a request by its own name
    show_id: UUID,
    language: LanguagePath,
    request: Request,
    response: Response,
    editor: EditorDep,
    wiring: WiringDep,
    label: LabelQuery = None,
    if_match: IfMatchHeader = None,
) -> ShowDetail:
    """Use a WebVTT or SubRip file (any charset, at most 2 MiB and 20,000 cues) as the captions of a language.

    It replaces those of the same language, which tells the charset of a file that says none. What viewers get is
    written anew: times, text, italics, bold, underline.
    """
    new = NewCaptions(language, label or language, await request.body(), _charset(request))
    show = await artwork.use_captions(wiring, Retouching(editor, show_id, if_match), new)
    return _answer(show, wiring, response)


@router.delete(
    "/captions/{language}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_CHANGE, CaptionsNotFound),
)
async def remove_captions(
    show_id: UUID,
    language: LanguagePath,
    editor: EditorDep,
    wiring: WiringDep,
    if_match: IfMatchHeader = None,
) -> None:
    """Take the captions of a language away."""
    await artwork.remove_captions(wiring, Retouching(editor, show_id, if_match), language)


def _answer(show: Show, wiring: Wiring, response: Response) -> ShowDetail:
    response.headers["ETag"] = f'"{show.version}"'
    return detail_of(show, MediaAddresses.from_settings(wiring.settings))


def _charset(request: Request) -> str | None:
    _, _, parameters = request.headers.get("content-type", "").partition(";")
    name, _, value = parameters.strip().partition("=")
    return value.strip().strip('"') or None if name.lower() == "charset" else None
