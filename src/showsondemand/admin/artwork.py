"""What editors want done with a show's poster and captions: files that they send, made anew before they are kept.

Nothing slow happens inside a transaction: the file is made and stored first, then the show refers to it. What no
show refers to in the end is swept away.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from showsondemand import audit
from showsondemand.adapters.pictures.port import NotAPicture
from showsondemand.admin import frames
from showsondemand.admin.caption_text import NotCaptions, cleaned_captions
from showsondemand.admin.errors import CaptionsNotFound, CaptionsRefused, NoFrames, PictureRefused
from showsondemand.admin.frames import NoSuchFrame, Piece
from showsondemand.admin.frames_elsewhere import StreamAway, piece_of_stream, streams_of
from showsondemand.admin.poster_copies import copied_as
from showsondemand.admin.service import refuse_stale
from showsondemand.admin.workbench import new_folder_key, workbench
from showsondemand.audit import Action, Target
from showsondemand.errors import Fault
from showsondemand.shows import service as shows
from showsondemand.shows.media_addresses import own_key, own_media
from showsondemand.shows.models import Show
from showsondemand.tokens import Caller
from showsondemand.wiring import Wiring

_POSTER = "poster.jpg"


@dataclass(frozen=True)
class NewCaptions:
    """A caption file as it was sent. ``charset`` is what the sender says it is written in, if anything."""

    language: str
    label: str
    body: bytes
    charset: str | None


@dataclass(frozen=True)
class Retouching:
    """Who changes which show, and which version of it they have seen."""

    caller: Caller
    show_id: UUID
    if_match: str | None


@dataclass(frozen=True)
class _Told:
    """What the audit trail says of a change."""

    action: Action
    details: dict[str, str]


async def use_picture_as_poster(wiring: Wiring, retouching: Retouching, picture: bytes) -> Show:
    """The picture, encoded anew, is the show's poster. Raises ``PictureRefused`` and as ``_changed_show`` does."""
    await _show(wiring, retouching)
    async with workbench(wiring) as scratch:
        sent, poster = scratch / "sent", _place_of_poster(scratch)
        await asyncio.to_thread(sent.write_bytes, picture)
        try:
            await wiring.pictures.poster_of_picture(sent, poster)
        except NotAPicture as refused:
            raise PictureRefused from refused
        return await _use_poster(wiring, retouching, poster)


async def use_frame_as_poster(wiring: Wiring, retouching: Retouching, at_seconds: float) -> Show:
    """The frame at that second is the show's poster. Raises ``NoFrames``, ``PictureRefused`` and as above."""
    show = await _show(wiring, retouching)
    async with workbench(wiring) as scratch:
        poster = await _frame(wiring, show, at_seconds, scratch)
        return await _use_poster(wiring, retouching, poster)


async def frame_of_film(wiring: Wiring, caller: Caller, show_id: UUID, at_seconds: float) -> bytes:
    """The frame at that second as a JPEG. Raises ``ShowNotFound``, ``NoFrames``, ``PictureRefused``, ``MediaAway``."""
    show = await _show(wiring, Retouching(caller, show_id, None))
    async with workbench(wiring) as scratch:
        picture = await _frame(wiring, show, at_seconds, scratch)
        return await asyncio.to_thread(picture.read_bytes)


async def _frame(wiring: Wiring, show: Show, at_seconds: float, scratch: Path) -> Path:
    if show.hls_url is None:
        raise NoFrames
    picture = _place_of_poster(scratch)
    try:
        piece = await _piece(wiring, show.hls_url, at_seconds, scratch)
        await wiring.pictures.poster_of_film(piece.film, piece.at_seconds, picture)
    except (FileNotFoundError, StreamAway) as missing:
        raise NoFrames from missing
    except (NoSuchFrame, NotAPicture) as none_there:
        raise PictureRefused(
            faults=[Fault("/atSeconds", "must be a second that the film shows", "beyond_the_end")]
        ) from none_there
    return picture


async def _piece(wiring: Wiring, hls_url: str, at_seconds: float, scratch: Path) -> Piece:
    master_key = own_key(hls_url)
    if master_key is None:
        return await piece_of_stream(streams_of(wiring), hls_url, at_seconds, scratch)
    return await frames.piece_of_film(wiring.storage, master_key, at_seconds, scratch)


async def use_captions(wiring: Wiring, retouching: Retouching, new: NewCaptions) -> Show:
    """The captions of that language are these, cleaned. Raises ``CaptionsRefused`` and as ``_changed_show`` does."""
    await _show(wiring, retouching)
    try:
        text = await asyncio.to_thread(cleaned_captions, new.body, new.charset, new.language)
    except NotCaptions as refused:
        raise CaptionsRefused(str(refused), params=refused.params) from refused
    async with workbench(wiring) as scratch:
        file = scratch / "captions.vtt"
        await asyncio.to_thread(file.write_text, text, encoding="utf-8")
        key = f"{new_folder_key(retouching.show_id)}/{new.language}.vtt"
        await wiring.storage.adopt_file(file, key)
    caption = {"language": new.language, "label": new.label, "url": own_media(key)}
    told = _Told(Action.CAPTIONS_CHANGED, {"language": new.language})
    async with _changed_show(wiring, retouching, told) as show:
        others = [kept for kept in show.captions if not _is_in(kept, new.language)]
        show.captions = sorted([*others, caption], key=lambda kept: str(kept["language"]).lower())
    return show


async def remove_captions(wiring: Wiring, retouching: Retouching, language: str) -> None:
    """The show has no captions of that language any more. Raises ``CaptionsNotFound`` and as ``_changed_show``."""
    told = _Told(Action.CAPTIONS_REMOVED, {"language": language})
    async with _changed_show(wiring, retouching, told) as show:
        others = [kept for kept in show.captions if not _is_in(kept, language)]
        if len(others) == len(show.captions):
            raise CaptionsNotFound
        show.captions = others


def _place_of_poster(scratch: Path) -> Path:
    """In a folder of its own, which its copies come into and which is stored as a whole."""
    folder = scratch / "pictures"
    folder.mkdir()
    return folder / _POSTER


async def _use_poster(wiring: Wiring, retouching: Retouching, poster: Path) -> Show:
    made = await wiring.pictures.copies_of_poster(poster, poster.parent)
    key = new_folder_key(retouching.show_id)
    await wiring.storage.adopt_folder(poster.parent, key)
    poster_url = own_media(f"{key}/{_POSTER}")
    async with _changed_show(wiring, retouching, _Told(Action.POSTER_CHANGED, {})) as show:
        show.use_poster(poster_url, copied_as(made, key, poster_url))
    return show


async def _show(wiring: Wiring, retouching: Retouching) -> Show:
    """The show before the work on it begins, so that nobody waits for what would be refused."""
    async with wiring.database.transaction() as session:
        show = await shows.show_for(session, retouching.caller, retouching.show_id)
    refuse_stale(show, retouching.if_match)
    return show


@asynccontextmanager
async def _changed_show(wiring: Wiring, retouching: Retouching, told: _Told) -> AsyncIterator[Show]:
    """The show, locked; changed and written down when this ends. Raises ``ShowNotFound`` and ``ShowChanged``."""
    async with wiring.database.transaction() as session:
        show = await shows.show_to_change(session, retouching.show_id)
        refuse_stale(show, retouching.if_match)
        yield show
        await shows.forget_show(session, wiring.cache, show.id)
        await session.flush()
        await audit.record(session, told.action, target=Target("show", show.id), details=told.details)


def _is_in(caption: dict[str, object], language: str) -> bool:
    return str(caption["language"]).lower() == language.lower()
