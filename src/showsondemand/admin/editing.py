"""What an editor's JSON does to a show's row."""

from collections.abc import Mapping
from typing import Any

from showsondemand.errors import Fault
from showsondemand.shows.errors import EndsBeforeItBegins, EpisodeOfNoSeries, MarkerBeyondTheEnd
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.schemas import Caption, RenditionDetail, Series, SeriesChanges

_LISTS = frozenset({"genres", "tags", "cast", "directors", "captions", "renditions"})
_STREAMS = {"hls_src_video_url": "hls_url", "dash_src_video_url": "dash_url"}
_SERIES = {"title": "series_title", "season": "season", "episode": "episode"}
_PICTURES = frozenset({"poster_url", "storyboard_url"})
# What an encoder made: a replacement that does not name it leaves it as it is.
MADE_BY_ENCODERS = frozenset(
    {*_STREAMS, *_PICTURES, "captions", "renditions", "duration_seconds", "width", "height"}
)
_POINTERS = {
    "hls_src_video_url": "/hlsSrcVideoURL",
    "dash_src_video_url": "/dashSrcVideoURL",
    "poster_url": "/posterURL",
    "storyboard_url": "/storyboardURL",
}


def apply_fields(show: Show, fields: Mapping[str, Any], addresses: MediaAddresses) -> None:
    """Writes ``fields`` (names and values of ``shows.schemas``) into ``show``; ``None`` empties.

    Raises ``ForeignMediaHost``, ``NothingToPlay``, ``EndsBeforeItBegins``, ``EpisodeOfNoSeries`` and
    ``MarkerBeyondTheEnd``.
    """
    for name, value in fields.items():
        if name not in _STREAMS:
            _apply_field(show, name, value, addresses)
    streams = {
        column: addresses.kept(fields[name], pointer=_POINTERS[name])
        for name, column in _STREAMS.items()
        if name in fields
    }
    if streams:
        show.use_streams(**({"hls_url": show.hls_url, "dash_url": show.dash_url} | streams))
    if show.available_from and show.available_until and show.available_until <= show.available_from:
        raise EndsBeforeItBegins(
            faults=[Fault("/availableUntil", "must be after availableFrom", "ends_before_it_begins")]
        )
    if "markers" in fields:
        _refuse_markers_beyond_the_end(show)


def _refuse_markers_beyond_the_end(show: Show) -> None:
    """A film told in whole seconds may be nearly one longer. Where its length is unknown, anything goes."""
    if show.duration_seconds is None:
        return
    longest = show.duration_seconds + 1
    faults = [
        Fault(
            f"/markers/{number}/endSeconds",
            f"must not be after the film's end at {show.duration_seconds:g}",
            "beyond_the_end",
            show.duration_seconds,
        )
        for number, marker in enumerate(show.markers or [])
        if marker["end_seconds"] > longest
    ]
    if faults:
        raise MarkerBeyondTheEnd(faults=faults)


def _apply_field(show: Show, name: str, value: Any, addresses: MediaAddresses) -> None:
    if name == "series":
        _apply_series(show, value)
    elif name in _PICTURES:
        setattr(show, name, addresses.kept(value, pointer=_POINTERS[name]))
    elif name == "captions":
        show.captions = [_caption_row(caption, addresses) for caption in value or []]
    elif name == "markers":
        show.markers = [marker.model_dump(mode="json", by_alias=False) for marker in value or []]
    elif name == "renditions":
        show.renditions = [_rendition_row(rendition) for rendition in value or []]
    elif name in _LISTS:
        setattr(show, name, list(dict.fromkeys(value or [])))
    elif name == "synopsis":
        show.synopsis = value or ""
    else:
        setattr(show, name, value)


def _apply_series(show: Show, series: Series | SeriesChanges | None) -> None:
    """All of it, or what a patch names of it."""
    named = series.model_fields_set if isinstance(series, SeriesChanges) else _SERIES.keys()
    for name in named:
        setattr(show, _SERIES[name], getattr(series, name, None))
    if series is not None and show.series_title is None:
        raise EpisodeOfNoSeries(faults=[Fault("/series/title", "must be given", "required")])


def _caption_row(caption: Caption, addresses: MediaAddresses) -> dict[str, Any]:
    return {
        "language": caption.language,
        "label": caption.label,
        "url": addresses.kept(caption.url, pointer="/captions"),
    }


def _rendition_row(rendition: RenditionDetail) -> dict[str, Any]:
    return rendition.model_dump(by_alias=False)
