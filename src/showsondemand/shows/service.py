"""What somebody wants to know of shows, and what the contexts above want done with one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand.cache import Cache, Loaded, Remembered, member
from showsondemand.database import Database, Reader
from showsondemand.pagination import DEFAULT_LIMIT, Cursors
from showsondemand.shows import queries, search
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.listing import Filters
from showsondemand.shows.media_addresses import MediaAddresses, own_media
from showsondemand.shows.models import Copied, Show
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.rows import ShowRow
from showsondemand.shows.schemas import ShowDetail, ShowPage
from showsondemand.shows.states import ShowState
from showsondemand.tokens import Caller

RESTORABLE = timedelta(days=30)
LATEST = "shows:latest"
FACETS = "shows:facets"
_LISTS = "shows:lists"
_NEXT_CHANGE = "shows:next-change"
_LONGEST_KEPT_QUERY_BYTES = 300
_KEPT_SECONDS = 3600.0
_LARGE_LINES = 720


@dataclass(frozen=True)
class Catalogue:
    """What reading lists of shows takes besides a transaction."""

    addresses: MediaAddresses
    cursors: Cursors


@dataclass(frozen=True)
class LibraryNumbers:
    """How many shows are in each state, since when the longest waits for review, and how many came on each day."""

    by_state: dict[ShowState, int]
    in_review_since: datetime | None
    made: dict[date, int]


async def show_for(session: AsyncSession, caller: Caller | None, show_id: UUID) -> Show:
    """The show, as far as ``caller`` may know of it. Raises ``ShowNotFound``."""
    show = await queries.any_show(session, show_id)
    if not _may_see(show, caller, datetime.now(UTC)):
        raise ShowNotFound
    return show


def length_for(*, is_staff: bool) -> Select[UUID, float | None]:
    """The id and length of ``:of_show``, as far as one may know of it at ``:now``, to be asked within a change."""
    return queries.length_beside(is_hidden_shown=is_staff)


async def show_for_viewers(
    database: Database, cache: Cache, addresses: MediaAddresses, show_id: UUID
) -> Remembered:
    """The show as JSON bytes, as everybody may read it: kept like the latest shows. Raises ``ShowNotFound``."""

    async def load() -> Loaded:
        now = datetime.now(UTC)
        async with database.reading() as session:
            show = await show_for(session, None, show_id)
        seconds = (show.available_until - now).total_seconds() if show.available_until else _KEPT_SECONDS
        return Loaded(detail_of(show, addresses).model_dump_json().encode(), min(_KEPT_SECONDS, seconds))

    return await cache.remember(kept_show(show_id), load, is_shared=False)


def kept_show(show_id: UUID | str) -> str:
    """The key under which ``show_for_viewers`` keeps a show."""
    return f"show:{show_id}"


def visible_ids(caller: Caller) -> Select[UUID]:
    """The ids of all shows that ``caller`` may see now, to be asked within a query."""
    states = frozenset(ShowState) if caller.is_staff else None
    return queries.ids_of(Filters(states=states), datetime.now(UTC))


async def shows_with_ids(session: AsyncSession, show_ids: Collection[UUID]) -> dict[UUID, Show]:
    """The shows, by their ids. Which of them somebody may see, ``visible_ids`` says."""
    return await queries.shows_with_ids(session, show_ids)


async def titles_of(session: AsyncSession, show_ids: Collection[UUID]) -> dict[UUID, str]:
    """The titles of these shows, of deleted ones too as long as they can be restored."""
    return await queries.titles_of(session, show_ids)


async def page_of_shows(
    reader: Reader, catalogue: Catalogue, filters: Filters, *, limit: int, cursor: str | None
) -> ShowPage:
    """One page of a list. Words that find nothing are put right where the catalogue has a likely one.

    Raises ``ForeignCursor``.
    """
    now = datetime.now(UTC)
    after = catalogue.cursors.read(filters.name, cursor) if cursor is not None else None
    asked = filters
    if after is not None and filters.words is not None:
        asked = replace(filters, words=after.pop(0))  # the words as the first page put them right
    shows, position = await _page(reader, asked, now=now, limit=limit, after=after)
    if not shows and after is None and filters.words is not None:
        asked = await search.corrected(reader, filters, now) or filters
        if asked != filters:
            shows, position = await _page(reader, asked, now=now, limit=limit, after=None)
    if position is not None and asked.words is not None:
        position = [asked.words, *position]
    return ShowPage.model_construct(
        items=[detail_of(show, catalogue.addresses) for show in shows],
        next_cursor=catalogue.cursors.write(filters.name, position) if position else None,
    )


async def _page(
    reader: Reader, filters: Filters, *, now: datetime, limit: int, after: list[Any] | None
) -> tuple[Sequence[ShowRow], list[Any] | None]:
    page = search.page_of_ranked_shows if filters.by_rank else queries.page_of_shows
    return await page(reader, filters, now=now, limit=limit, after=after)


async def page_in_review(
    session: AsyncSession, *, limit: int, after: list[Any] | None
) -> tuple[list[Show], list[Any] | None]:
    """One page of the shows in review, the longest waiting first, and the position of the next, if any."""
    return await queries.page_in_review(session, limit=limit, after=after)


async def latest_shows(database: Database, cache: Cache, catalogue: Catalogue) -> Remembered:
    """The first page of what viewers see, as JSON bytes: kept for an hour, or until one of them changes."""
    return await first_page(database, cache, catalogue, Filters(), limit=DEFAULT_LIMIT, key=LATEST)


def kept_list(query_string: bytes) -> str | None:
    """The key under which ``first_page`` keeps what ``GET /shows?QUERY`` is answered with; ``None``: not kept."""
    if len(query_string) > _LONGEST_KEPT_QUERY_BYTES:
        return None
    return member(_LISTS, query_string.decode("latin-1"))


async def first_page(
    database: Database, cache: Cache, catalogue: Catalogue, filters: Filters, *, limit: int, key: str
) -> Remembered:
    """The first page of a list that viewers see, as JSON bytes: kept under ``key`` like the latest shows."""

    async def load() -> Loaded:
        now = datetime.now(UTC)
        seconds = await seconds_kept(database, cache, now)
        async with database.asking() as reader:
            page = await page_of_shows(reader, catalogue, filters, limit=limit, cursor=None)
        if key == LATEST:
            page.featured_show_id = _worth_the_stage(page.items)
        return Loaded(page.model_dump_json().encode(), seconds)

    return await cache.remember(key, load)


def _worth_the_stage(latest: Sequence[ShowDetail]) -> UUID | None:
    """The newest whose picture bears being shown large, else the newest with one, else the newest."""
    pictured = [show for show in latest if show.poster_url]
    large = [show for show in pictured if (show.height or 0) >= _LARGE_LINES]
    return next((show.id for show in (*large, *pictured, *latest)), None)


async def seconds_kept(database: Database, cache: Cache, now: datetime) -> float:
    """How long an answer about the available shows stays right, unless one is changed, that is loaded from ``now`` on.

    To be asked before it is loaded: asked afterwards, somebody else may have found out meanwhile when the next window
    opens or closes, past one that the answer does not know of yet.
    """

    async def load() -> Loaded:
        async with database.asking() as reader:
            changes_at = await queries.next_window_change(reader, now)
        until = min(now + timedelta(seconds=_KEPT_SECONDS), changes_at or datetime.max.replace(tzinfo=UTC))
        return Loaded(until.isoformat().encode(), (until - now).total_seconds())

    found = await cache.remember(_NEXT_CHANGE, load, is_shared=False)
    return (datetime.fromisoformat(found.body.decode()) - now).total_seconds()


async def forget_show(session: AsyncSession, cache: Cache, show_id: UUID) -> None:
    """To be called with each change of a show: what is kept of it and of the lists is made anew after the commit.

    When windows open and close is forgotten first: a list that is made after it was forgotten asks anew.
    """
    await cache.forget(session, _NEXT_CHANGE, LATEST, FACETS, _LISTS, kept_show(show_id))


async def show_to_change(session: AsyncSession, show_id: UUID) -> Show:
    """The show, locked until the transaction ends. Raises ``ShowNotFound``."""
    return await queries.show_to_change(session, show_id)


async def show_to_restore(session: AsyncSession, show_id: UUID) -> Show:
    """A show deleted not longer ago than ``RESTORABLE``, locked. Raises ``ShowNotFound``."""
    return await queries.deleted_show(session, show_id, since=datetime.now(UTC) - RESTORABLE)


async def page_of_deleted(
    session: AsyncSession, cursors: Cursors, *, limit: int, cursor: str | None
) -> tuple[list[Show], str | None]:
    """A page of the shows that can be restored, the last deleted first. Raises ``ForeignCursor``."""
    listing = "deleted shows"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found, position = await queries.page_of_deleted(
        session, since=datetime.now(UTC) - RESTORABLE, limit=limit, after=after
    )
    return found, cursors.write(listing, position) if position else None


async def library_in_numbers(session: AsyncSession, *, days: int) -> LibraryNumbers:
    """Counts over all shows: dear enough to be kept for a while by whoever asks."""
    today = datetime.now(UTC).date()
    first = today - timedelta(days=days - 1)
    made = await queries.made_a_day(session, datetime.combine(first, time.min, UTC))
    return LibraryNumbers(
        by_state=await queries.counts_by_state(session),
        in_review_since=await queries.longest_in_review(session),
        made={first + timedelta(days=n): made.get(first + timedelta(days=n), 0) for n in range(days)},
    )


async def show_of_ingest(session: AsyncSession, guid: str) -> Show | None:
    """The show that the encoding ``guid`` made, deleted or not, locked."""
    return await queries.show_of_ingest(session, guid)


async def made_by_ingest(session: AsyncSession, guids: Collection[str]) -> bool:
    """Whether any of the encodings ``guids`` has made a show, deleted or not."""
    return await queries.is_any_of_ingest(session, guids)


async def show_for_ingest(session: AsyncSession, guid: str, *, title: str) -> Show:
    """A draft for the encoding ``guid``; of many who ask at one instant one makes it, the others wait for it."""
    await session.execute(
        insert(Show)
        .values(id=uuid7(), title=title, ingest_guid=guid)
        .on_conflict_do_nothing(index_elements=[Show.ingest_guid])
    )
    return await queries.draft_of_ingest(session, guid)


async def send_to_review(session: AsyncSession, cache: Cache, show: Show) -> None:
    """From draft to review. Raises ``IllegalStateChange`` and ``NothingToPlay``."""
    show.move_to(ShowState.IN_REVIEW)
    await forget_show(session, cache, show.id)


async def plays_media_set(session: AsyncSession, key: str) -> bool:
    """Whether any show, one that can still be restored included, needs what lies below the storage key."""
    restorable_since = datetime.now(UTC) - RESTORABLE
    return await queries.has_media_below(session, own_media(f"{key}/"), restorable_since=restorable_since)


async def shows_without_copies(
    session: AsyncSession, widths: Collection[int], *, limit: int
) -> Sequence[UUID]:
    """The newest shows with a poster of our own that is not there in all of these widths less than its own."""
    return await queries.ids_without_copies(session, own_media(""), widths, limit=limit)


async def keep_copies(
    session: AsyncSession, cache: Cache, show_id: UUID, poster_url: str, copied: Copied
) -> bool:
    """Shows the poster in these sizes from now on, unless it is another by now; whether it does."""
    kept = await queries.keep_copies(session, show_id, poster_url, copied)
    if kept:
        await forget_show(session, cache, show_id)
    return kept


def _may_see(show: Show, caller: Caller | None, now: datetime) -> bool:
    return show.is_available(now) or (caller is not None and caller.is_staff)
