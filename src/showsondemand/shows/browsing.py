"""What there is to choose from: genres, tags and series for viewers, and words for whoever describes a show."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.cache import Cache, Loaded, Remembered
from showsondemand.database import Database
from showsondemand.shows import browsing_queries, service
from showsondemand.shows.browsing_queries import Counted
from showsondemand.shows.errors import NoNextEpisode, SeriesNotFound
from showsondemand.shows.models import Show
from showsondemand.shows.presentation import detail_of
from showsondemand.shows.schemas import (
    Facet,
    Facets,
    Season,
    SeriesCard,
    SeriesDetail,
    SeriesPage,
    Suggestions,
)
from showsondemand.shows.service import FACETS, Catalogue
from showsondemand.tokens import Caller

_LISTING = "series"


async def facets(database: Database, cache: Cache) -> Remembered:
    """How many available shows each genre, tag and series has, as JSON bytes; kept like the latest shows."""

    async def load() -> Loaded:
        now = datetime.now(UTC)
        seconds = await service.seconds_kept(database, cache, now)
        async with database.reading() as session:
            found = Facets.model_construct(
                genres=_facets(await browsing_queries.most_used(session, Show.genres, now)),
                tags=_facets(await browsing_queries.most_used(session, Show.tags, now)),
                series=_facets(await browsing_queries.largest_series(session, now)),
            )
        return Loaded(found.model_dump_json().encode(), seconds)

    return await cache.remember(FACETS, load)


async def suggestions(session: AsyncSession) -> Suggestions:
    """What to offer in the fields of a show, so that one person is not written in two ways."""
    lists = {
        "genres": Show.genres,
        "tags": Show.tags,
        "cast": Show.cast,
        "directors": Show.directors,
    }
    words = {
        name: await browsing_queries.in_use(session, func.unnest(column)) for name, column in lists.items()
    }
    return Suggestions(**words, series=await browsing_queries.in_use(session, Show.series_title))


async def page_of_series(
    session: AsyncSession, catalogue: Catalogue, *, limit: int, cursor: str | None
) -> SeriesPage:
    """The series of which an episode is available, by title. Raises ``ForeignCursor``."""
    after = catalogue.cursors.read(_LISTING, cursor) if cursor is not None else None
    found, position = await browsing_queries.page_of_series(
        session, datetime.now(UTC), limit=limit, after=after
    )
    return SeriesPage(
        items=[
            SeriesCard(
                title=row.title,
                seasons=row.seasons,
                episodes=row.episodes,
                poster_url=catalogue.addresses.public(row.poster_url),
            )
            for row in found
        ],
        next_cursor=catalogue.cursors.write(_LISTING, position) if position else None,
    )


async def series(
    session: AsyncSession, catalogue: Catalogue, title: str, *, limit: int, cursor: str | None
) -> SeriesDetail:
    """A series with a page of its available episodes. Raises ``SeriesNotFound`` and ``ForeignCursor``."""
    listing = repr((_LISTING, title))
    after = catalogue.cursors.read(listing, cursor) if cursor is not None else None
    now = datetime.now(UTC)
    seasons = await browsing_queries.seasons_of(session, title, now)
    if not seasons:
        raise SeriesNotFound
    episodes, position = await browsing_queries.page_of_episodes(
        session, title, now, limit=limit, after=after
    )
    return SeriesDetail.model_construct(
        title=title,
        seasons=[Season(season=row.season, episodes=row.episodes) for row in seasons],
        items=[detail_of(show, catalogue.addresses) for show in episodes],
        next_cursor=catalogue.cursors.write(listing, position) if position else None,
    )


async def next_episode(session: AsyncSession, caller: Caller | None, show_id: UUID) -> Show:
    """What to play after the show. Raises ``ShowNotFound`` and ``NoNextEpisode``."""
    show = await service.show_for(session, caller, show_id)
    found = None
    if show.series_title is not None:
        found = await browsing_queries.episode_after(session, show, datetime.now(UTC))
    if found is None:
        raise NoNextEpisode
    return found


def _facets(counted: list[Counted]) -> list[Facet]:
    return [Facet(value=each.value, shows=each.shows) for each in counted]
