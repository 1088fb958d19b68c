"""Shows as JSON: what editors send, what everybody reads."""

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from showsondemand.api_model import ApiModel, Line, Prose, Time
from showsondemand.shows.states import ShowState

LONGEST_TITLE_CHARACTERS = 200
_LONGEST_SYNOPSIS_CHARACTERS = 10_000
_LONGEST_URL_CHARACTERS = 2_048
_MOST_WORDS = 50
_LONGEST_FILM_SECONDS = 24 * 3600
_MOST_MARKERS = 20


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or " " in value:
        raise PydanticCustomError("web_address", "must be an absolute http or https URL without credentials")
    return value


WebAddress = Annotated[
    Line, StringConstraints(max_length=_LONGEST_URL_CHARACTERS), AfterValidator(_web_address)
]
Title = Annotated[Line, StringConstraints(min_length=1, max_length=LONGEST_TITLE_CHARACTERS)]
Synopsis = Annotated[Prose, StringConstraints(max_length=_LONGEST_SYNOPSIS_CHARACTERS)]
Word = Annotated[Line, StringConstraints(min_length=1, max_length=100)]
Words = Annotated[list[Word], Field(max_length=_MOST_WORDS)]
SeasonNumber = Annotated[int, Field(ge=0, le=9999)]
EpisodeNumber = Annotated[int, Field(ge=0, le=99_999)]
Language = Annotated[
    Line,
    StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$", max_length=35),
    Field(description="A BCP 47 tag, such as `en` or `pt-BR`."),
]


class MarkerKind(StrEnum):
    """What a stretch of a film is."""

    RECAP = "recap"
    INTRO = "intro"
    CREDITS = "credits"


class Series(ApiModel):
    """Which episode of which series a show is."""

    title: Title
    season: SeasonNumber | None = None
    episode: EpisodeNumber | None = None


class SeriesChanges(ApiModel):
    """What changes of that; what is left out stays."""

    title: Title | None = None
    season: SeasonNumber | None = None
    episode: EpisodeNumber | None = None


class Caption(ApiModel):
    language: Language
    label: Word
    url: WebAddress


class PosterPicture(ApiModel):
    """The poster in one of the sizes that there are of it."""

    url: str
    width: int
    height: int


class Marker(ApiModel):
    """A stretch of the film that a player offers to skip; over the credits it counts down to the next episode."""

    kind: MarkerKind
    start_seconds: Annotated[float, Field(ge=0, le=_LONGEST_FILM_SECONDS)]
    end_seconds: Annotated[float, Field(gt=0, le=_LONGEST_FILM_SECONDS)]

    @model_validator(mode="after")
    def _has_a_length(self) -> Self:
        if self.end_seconds <= self.start_seconds:
            raise PydanticCustomError("ends_before_it_begins", "endSeconds must be after startSeconds")
        return self


def _in_order(markers: list[Marker]) -> list[Marker]:
    """By their beginnings. None may reach into the next: which one a player should skip would be anybody's guess."""
    ordered = sorted(markers, key=lambda marker: marker.start_seconds)
    if any(later.start_seconds < earlier.end_seconds for earlier, later in pairwise(ordered)):
        raise PydanticCustomError("overlapping", "must not overlap")
    return ordered


Markers = Annotated[list[Marker], Field(max_length=_MOST_MARKERS), AfterValidator(_in_order)]


class RenditionDetail(ApiModel):
    width: Annotated[int, Field(ge=1, le=16_384)]
    height: Annotated[int, Field(ge=1, le=16_384)]
    bitrate: Annotated[int, Field(ge=1, le=1_000_000_000, description="Peak, in bits a second.")]
    codecs: Annotated[Line, StringConstraints(max_length=200)]


class EditorialFields(ApiModel):
    """What a person knows about a film besides its title."""

    synopsis: Synopsis | None = None
    genres: Words | None = None
    tags: Words | None = None
    cast: Words | None = None
    directors: Words | None = None
    language: Language | None = None
    release_year: Annotated[int, Field(ge=1870, le=2200)] | None = None
    maturity_rating: Annotated[Line, StringConstraints(min_length=1, max_length=20)] | None = None
    series: Series | None = None
    available_from: Time | None = None
    available_until: Time | None = None


class _Fields(EditorialFields):
    """What editors may say about a show besides its title."""

    markers: Markers | None = None
    hls_src_video_url: Annotated[WebAddress | None, Field(alias="hlsSrcVideoURL")] = None
    dash_src_video_url: Annotated[WebAddress | None, Field(alias="dashSrcVideoURL")] = None
    poster_url: Annotated[WebAddress | None, Field(alias="posterURL")] = None
    storyboard_url: Annotated[WebAddress | None, Field(alias="storyboardURL")] = None
    duration_seconds: Annotated[float, Field(ge=0, le=_LONGEST_FILM_SECONDS)] | None = None
    width: Annotated[int, Field(ge=1, le=16_384)] | None = None
    height: Annotated[int, Field(ge=1, le=16_384)] | None = None
    captions: Annotated[list[Caption], Field(max_length=100)] | None = None
    renditions: Annotated[list[RenditionDetail], Field(max_length=50)] | None = None


class NewShow(_Fields):
    """A show to be made: with a stream it begins in review, without one as a draft."""

    title: Title


class ShowReplacement(_Fields):
    """A show as it should be from now on.

    What is left out is emptied, but for the state and what an encoder made (streams, pictures, captions,
    renditions, duration, size): those stay until they are named.
    """

    title: Title
    state: ShowState | None = None


class ShowChanges(_Fields):
    """A JSON merge patch (RFC 7396): what is named changes, in `series` as well, `null` empties."""

    title: Title | None = None
    series: SeriesChanges | None = None  # type: ignore[assignment]  # a part of it is enough
    state: ShowState | None = None

    @field_validator("title", "state")
    @classmethod
    def _cannot_be_emptied(cls, value: str | None) -> str | None:
        if value is None:
            raise PydanticCustomError("cannot_be_emptied", "cannot be emptied")
        return value


class ShowDetail(ApiModel):
    """A show as everybody who may see it reads it."""

    id: UUID
    title: str
    synopsis: str
    state: ShowState
    hls_src_video_url: Annotated[str | None, Field(alias="hlsSrcVideoURL")]
    dash_src_video_url: Annotated[str | None, Field(alias="dashSrcVideoURL")]
    poster_url: Annotated[str | None, Field(alias="posterURL")]
    poster_pictures: Annotated[
        list[PosterPicture],
        Field(description="The poster in every size, the smallest first; empty while they are not made."),
    ]
    poster_preview: Annotated[
        str | None,
        Field(
            description="The poster in a few pixels, as a `data:` URL, to be shown until a picture is there."
        ),
    ]
    storyboard_url: Annotated[str | None, Field(alias="storyboardURL")]
    duration_seconds: float | None
    width: int | None
    height: int | None
    genres: list[str]
    tags: list[str]
    cast: list[str]
    directors: list[str]
    language: str | None
    release_year: int | None
    maturity_rating: str | None
    series: Series | None
    markers: list[Marker]
    captions: list[Caption]
    renditions: list[RenditionDetail]
    available_from: Time | None
    available_until: Time | None
    published_at: Time | None
    created_at: Time
    updated_at: Time
    version: int


class ShowPage(ApiModel):
    """A part of a list. ``featured_show_id`` names the one of the latest shows to open with; no other list has any."""

    items: list[ShowDetail]
    next_cursor: str | None
    featured_show_id: UUID | None = None


class Facet(ApiModel):
    """A genre, tag or series, and how many available shows have it."""

    value: str
    shows: int


class Facets(ApiModel):
    """What the available shows can be chosen by, the most used first; at most 200 of each."""

    genres: list[Facet]
    tags: list[Facet]
    series: list[Facet]


class Suggestions(ApiModel):
    """Words that shows of any state have in these fields, the most used first; at most 200 of each."""

    genres: list[str]
    tags: list[str]
    cast: list[str]
    directors: list[str]
    series: list[str]


class SeriesCard(ApiModel):
    """A series, with how much of it is available and the picture of its first episode that has one."""

    title: str
    seasons: int
    episodes: int
    poster_url: Annotated[str | None, Field(alias="posterURL")]


class SeriesPage(ApiModel):
    items: list[SeriesCard]
    next_cursor: str | None


class Season(ApiModel):
    """A season and its available episodes; 0 holds those of which no season is given."""

    season: int
    episodes: int


class SeriesDetail(ApiModel):
    """A series, and a page of its available episodes."""

    title: str
    seasons: list[Season]
    items: list[ShowDetail]
    next_cursor: str | None


class Playback(ApiModel):
    """Where to play a show from. The URLs work until `expiresAt`, for this session only.

    Those on `cookieOrigin`, if any is named, need the cookies that came with this answer: send them there
    (`credentials: "include"`), and nowhere else.
    """

    hls_url: Annotated[str | None, Field(alias="hlsURL")]
    dash_url: Annotated[str | None, Field(alias="dashURL")]
    storyboard_url: Annotated[str | None, Field(alias="storyboardURL")]
    captions: list[Caption]
    cookie_origin: str | None
    expires_at: Time
    resume_position_seconds: float
