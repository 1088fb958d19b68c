"""A row of ``shows`` as the JSON that clients read."""

from collections.abc import Callable

from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.rows import ShowRow
from showsondemand.shows.schemas import (
    Caption,
    Marker,
    MarkerKind,
    PosterPicture,
    RenditionDetail,
    Series,
    ShowDetail,
)
from showsondemand.shows.states import ShowState


def detail_of(show: Show | ShowRow, addresses: MediaAddresses) -> ShowDetail:
    return ShowDetail.model_construct(
        id=show.id,
        title=show.title,
        synopsis=show.synopsis,
        state=ShowState(show.state),
        hls_src_video_url=addresses.public(show.hls_url),
        dash_src_video_url=addresses.public(show.dash_url),
        poster_url=addresses.public(show.poster_url),
        poster_pictures=_pictures(show, addresses),
        poster_preview=show.poster_preview if show.has_own_copies else None,
        storyboard_url=addresses.public(show.storyboard_url),
        duration_seconds=show.duration_seconds,
        width=show.width,
        height=show.height,
        genres=show.genres,
        tags=show.tags,
        cast=show.cast,
        directors=show.directors,
        language=show.language,
        release_year=show.release_year,
        maturity_rating=show.maturity_rating,
        series=_series(show),
        markers=[
            Marker.model_construct(**marker | {"kind": MarkerKind(marker["kind"])}) for marker in show.markers
        ],
        captions=captions_of(show, addresses.public),
        renditions=[RenditionDetail.model_construct(**rendition) for rendition in show.renditions],
        available_from=show.available_from,
        available_until=show.available_until,
        published_at=show.published_at,
        created_at=show.created_at,
        updated_at=show.updated_at,
        version=show.version,
    )


def _pictures(show: Show | ShowRow, addresses: MediaAddresses) -> list[PosterPicture]:
    if not show.has_own_copies:
        return []
    return [
        PosterPicture.model_construct(
            url=addresses.public(copy["url"]) or "", width=copy["width"], height=copy["height"]
        )
        for copy in show.poster_copies
    ]


def captions_of(show: Show | ShowRow, url_of: Callable[[str], str | None]) -> list[Caption]:
    """The captions, their addresses turned into URLs by ``url_of``."""
    return [
        Caption.model_construct(
            language=caption["language"], label=caption["label"], url=url_of(caption["url"]) or ""
        )
        for caption in show.captions
    ]


def _series(show: Show | ShowRow) -> Series | None:
    if show.series_title is None:
        return None
    return Series.model_construct(title=show.series_title, season=show.season, episode=show.episode)
