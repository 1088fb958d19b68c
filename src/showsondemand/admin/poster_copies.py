"""Copies each poster of our own in the sizes that screens ask for, whoever gave the show its poster, and when.

A show that has not got them yet is seen with its one poster meanwhile. What a process that died has left undone, and
what an earlier release never made, or not in each size of now, the sweep has done.
"""

import base64
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.adapters.pictures.port import COPY_WIDTHS, NotAPicture, PosterCopies, copy_name
from showsondemand.admin.workbench import new_folder_key, workbench
from showsondemand.jobs import enqueue
from showsondemand.shows import service as shows
from showsondemand.shows.errors import MediaAway, ShowNotFound
from showsondemand.shows.media_addresses import own_key, own_media
from showsondemand.shows.models import Copied, Show
from showsondemand.wiring import Wiring

COPY_POSTER = "copy_poster"
_log = structlog.get_logger(__name__)
_MOST_A_SWEEP = 1_000


async def have_poster_copied(session: AsyncSession, show: Show) -> None:
    """To be called with each change of a show: a poster without copies has them soon after the commit."""
    own = show.poster_url is not None and own_key(show.poster_url) is not None
    if own and not show.has_copies_of(COPY_WIDTHS):
        await enqueue(session, COPY_POSTER, show.id)


async def have_posters_copied(wiring: Wiring) -> int:
    """The same for every show that was missed; how many those are."""
    async with wiring.database.transaction() as session:
        missed = await shows.shows_without_copies(session, COPY_WIDTHS, limit=_MOST_A_SWEEP)
        for show_id in missed:
            await enqueue(session, COPY_POSTER, show_id)
    if missed:
        _log.info("posters to copy", shows=len(missed))
    return len(missed)


async def copy_poster(wiring: Wiring, show_id: UUID) -> None:
    """Makes the copies unless they are there. A storage that is away is asked again by the next sweep."""
    async with wiring.database.transaction() as session:
        try:
            show = await shows.show_to_change(session, show_id)
        except ShowNotFound:
            return
        poster_url = show.poster_url
    key = own_key(poster_url) if poster_url is not None else None
    if poster_url is None or key is None or show.has_copies_of(COPY_WIDTHS):
        return
    try:
        copied = await _copied(wiring, show_id, poster_url, key)
    except MediaAway:
        _log.warning("poster not copied: the storage is away", show=str(show_id))
        return
    async with wiring.database.transaction() as session:
        await shows.keep_copies(session, wiring.cache, show_id, poster_url, copied)


async def _copied(wiring: Wiring, show_id: UUID, poster_url: str, key: str) -> Copied:
    """The copies, stored; none of what is missing or no picture, which would be so the next time as well."""
    async with workbench(wiring) as bench:
        copies = bench / "copies"
        copies.mkdir()
        try:
            poster = await wiring.storage.local_copy(key, bench)
            made = await wiring.pictures.copies_of_poster(poster, copies)
        except (FileNotFoundError, NotAPicture) as error:
            _log.warning("poster cannot be copied", show=str(show_id), reason=type(error).__name__)
            return Copied()
        folder_key = new_folder_key(show_id)
        if made.copies:
            await wiring.storage.adopt_folder(copies, folder_key)
    return copied_as(made, folder_key, poster_url)


def copied_as(made: PosterCopies, folder_key: str, poster_url: str) -> Copied:
    """The form for a row of copies that lie below ``folder_key``; the poster itself is the largest."""
    copies = [
        {
            "url": own_media(f"{folder_key}/{copy_name(size.width)}"),
            "width": size.width,
            "height": size.height,
        }
        for size in made.copies
    ]
    poster = {"url": poster_url, "width": made.poster.width, "height": made.poster.height}
    preview = base64.b64encode(made.preview).decode()
    return Copied([*copies, poster], f"data:image/png;base64,{preview}")
