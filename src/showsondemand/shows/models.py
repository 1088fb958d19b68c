"""The show, and its rules that need no database."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from uuid6 import uuid7

from showsondemand.database import Base
from showsondemand.shows.errors import IllegalStateChange, NothingToPlay
from showsondemand.shows.states import ShowState, is_move

_NO_WORDS = text("'{}'::text[]")
_EMPTY_LIST = text("'[]'::jsonb")
_LISTED = text("deleted_at IS NULL")
_LISTED_AND_AVAILABLE = text("state = 'available' AND deleted_at IS NULL")
_OPENING = text("available_from IS NOT NULL AND state = 'available' AND deleted_at IS NULL")
_ENDING = text("available_until IS NOT NULL AND state = 'available' AND deleted_at IS NULL")


@dataclass(frozen=True)
class Copied:
    """A poster's copies in the form that rows hold; ``copies`` is empty where it could not be copied."""

    copies: list[dict[str, Any]] = field(default_factory=list)
    preview: str | None = None


class Show(Base):
    """One film or episode. Stream and picture addresses are written as ``media_addresses`` says.

    ``ingest_guid`` names the job, ours or of an outside encoder, that made its streams: it makes one video one
    show, however often its completion is told. ``version`` counts changes.
    """

    __tablename__ = "shows"
    __table_args__ = (
        CheckConstraint(
            "state IN ({})".format(", ".join(f"'{state}'" for state in ShowState)), name="state_is_known"
        ),
        CheckConstraint("available_until > available_from", name="window_is_not_empty"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR hls_url IS NOT NULL OR dash_url IS NOT NULL",
            name="has_something_to_play",
        ),
        # For each sort one index of a single state, viewers' or staff's, and one of all states together.
        Index(
            "ix_shows_latest",
            text("published_at DESC"),
            text("id DESC"),
            postgresql_where=_LISTED_AND_AVAILABLE,
        ),
        Index(
            "ix_shows_state_created",
            "state",
            text("created_at DESC"),
            text("id DESC"),
            postgresql_where=_LISTED,
        ),
        Index("ix_shows_updated", text("updated_at DESC"), text("id DESC"), postgresql_where=_LISTED),
        Index(
            "ix_shows_deleted",
            text("deleted_at DESC"),
            text("id DESC"),
            postgresql_where=text("deleted_at IS NOT NULL"),
        ),
        Index("ix_shows_created", text("created_at DESC"), text("id DESC"), postgresql_where=_LISTED),
        Index("ix_shows_state_title", "state", text("lower(title)"), text("id"), postgresql_where=_LISTED),
        Index("ix_shows_title", text("lower(title)"), text("id"), postgresql_where=_LISTED),
        Index(
            "ix_shows_state_duration",
            "state",
            text("coalesce(duration_seconds, 0) DESC"),
            text("id DESC"),
            postgresql_where=_LISTED,
        ),
        Index(
            "ix_shows_duration",
            text("coalesce(duration_seconds, 0) DESC"),
            text("id DESC"),
            postgresql_where=_LISTED,
        ),
        Index(
            "ix_shows_series",
            text("lower(series_title)"),
            "series_title",
            text("coalesce(season, 0)"),
            text("coalesce(episode, 0)"),
            "id",
            postgresql_where=text("series_title IS NOT NULL AND deleted_at IS NULL"),
        ),
        Index(
            "ix_shows_review_queue",
            "in_review_at",
            "id",
            postgresql_where=text("state = 'in_review' AND deleted_at IS NULL"),
        ),
        # Few shows have a window: when the next one opens or ends is asked after each change.
        Index("ix_shows_opening", "available_from", postgresql_where=_OPENING),
        Index("ix_shows_ending", "available_until", postgresql_where=_ENDING),
        Index("ix_shows_genres", "genres", postgresql_using="gin"),
        Index("ix_shows_search", "search", postgresql_using="gin"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    title: Mapped[str]
    synopsis: Mapped[str] = mapped_column(server_default=text("''"))
    state: Mapped[str] = mapped_column(server_default=text("'draft'"))
    hls_url: Mapped[str | None]
    dash_url: Mapped[str | None]
    poster_url: Mapped[str | None]
    # The copies are those of the poster at ``copied_poster_url``, which may not be this one any more.
    poster_copies: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=_EMPTY_LIST)
    poster_preview: Mapped[str | None]
    copied_poster_url: Mapped[str | None]
    storyboard_url: Mapped[str | None]
    duration_seconds: Mapped[float | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    genres: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_WORDS)
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_WORDS)
    cast: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_WORDS)
    directors: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=_NO_WORDS)
    language: Mapped[str | None]
    release_year: Mapped[int | None]
    maturity_rating: Mapped[str | None]
    series_title: Mapped[str | None]
    season: Mapped[int | None]
    episode: Mapped[int | None]
    markers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=_EMPTY_LIST)
    captions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=_EMPTY_LIST)
    renditions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=_EMPTY_LIST)
    available_from: Mapped[datetime | None]
    available_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    in_review_at: Mapped[datetime | None]
    review_round: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
    deleted_at: Mapped[datetime | None]
    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ingest_guid: Mapped[str | None] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    # A trigger writes it; to be searched, never read.
    search: Mapped[str] = mapped_column(TSVECTOR, deferred=True, deferred_raiseload=True)

    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}  # noqa: RUF012 - how SQLAlchemy reads it

    @property
    def has_stream(self) -> bool:
        return self.hls_url is not None or self.dash_url is not None

    def is_available(self, now: datetime) -> bool:
        """Whether viewers see it at ``now``: approved, not deleted, within its window."""
        return (
            self.state == ShowState.AVAILABLE
            and self.deleted_at is None
            and (self.available_from is None or self.available_from <= now)
            and (self.available_until is None or now < self.available_until)
        )

    def move_to(self, state: ShowState) -> None:
        """Goes along an arrow of the state machine. Raises ``IllegalStateChange`` and ``NothingToPlay``."""
        before = ShowState(self.state)
        if not is_move(before, state):
            raise IllegalStateChange(f"A show that is {before} cannot become {state}.")
        if state is not ShowState.WITHDRAWN and not self.has_stream:
            raise NothingToPlay
        self.state = state
        if state is ShowState.IN_REVIEW:
            self.in_review_at = datetime.now(UTC)
            self.review_round = (self.review_round or 0) + 1  # a new row's default is the database's
        if state is ShowState.AVAILABLE and self.published_at is None:
            self.published_at = datetime.now(UTC)

    def take_verdict_back(self, *, given_after: datetime) -> None:
        """Waits as it did before a verdict of a moment ago: as long, in the same round, and not published by it.

        Raises ``IllegalStateChange``.
        """
        if not is_move(ShowState(self.state), ShowState.IN_REVIEW):
            raise IllegalStateChange(f"A show that is {self.state} cannot become {ShowState.IN_REVIEW}.")
        self.state = ShowState.IN_REVIEW
        if self.published_at is not None and self.published_at > given_after:
            self.published_at = None

    def use_streams(self, *, hls_url: str | None, dash_url: str | None) -> None:
        """Plays from other addresses. Nobody has seen those: an available show goes back to review.

        Raises ``NothingToPlay`` when a show that viewers or reviewers see would be left without any.
        """
        changed = (hls_url, dash_url) != (self.hls_url, self.dash_url)
        self.hls_url, self.dash_url = hls_url, dash_url
        if not self.has_stream and self.state not in (ShowState.DRAFT, ShowState.WITHDRAWN):
            raise NothingToPlay
        if changed and self.state == ShowState.AVAILABLE:
            self.move_to(ShowState.IN_REVIEW)

    @property
    def has_own_copies(self) -> bool:
        """Whether ``poster_copies`` and ``poster_preview`` are of the poster that it has now."""
        return self.poster_url is not None and self.copied_poster_url == self.poster_url

    def has_copies_of(self, widths: Collection[int]) -> bool:
        """Whether the poster that it has now was copied in each of these widths that is less than its own."""
        copied = {copy["width"] for copy in self.poster_copies}
        largest = max(copied, default=0)
        return self.has_own_copies and all(width in copied for width in widths if width < largest)

    def use_poster(self, poster_url: str, copied: Copied) -> None:
        self.poster_url = self.copied_poster_url = poster_url
        self.poster_copies, self.poster_preview = copied.copies, copied.preview

    def delete(self) -> None:
        self.deleted_at = datetime.now(UTC)

    def restore(self) -> None:
        self.deleted_at = None


class SearchWord(Base):
    """A word that some show has or had, folded: what a typing error may have meant. A trigger adds them."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(primary_key=True)
