"""The house in numbers, as JSON."""

from datetime import date
from typing import Annotated

from pydantic import Field

from showsondemand.api_model import ApiModel, Time
from showsondemand.shows.states import ShowState


class Queue(ApiModel):
    """Films on their way to shows, and those that failed and wait for somebody."""

    queued: int
    running: int
    failed: int
    queued_since: Annotated[Time | None, Field(description="When the oldest one that waits was sent.")]


class Space(ApiModel):
    """The disk that media are kept on."""

    total_bytes: int
    free_bytes: int


class DayCount(ApiModel):
    day: date
    shows: int


class Overview(ApiModel):
    """What there is and what waits, as it was at `countedAt`."""

    counted_at: Time
    shows: Annotated[dict[ShowState, int], Field(description="How many are in each state.")]
    in_review_since: Annotated[Time | None, Field(description="Since when the longest waits for a verdict.")]
    jobs: Queue
    film_bytes: Annotated[int, Field(description="The size of all films that were taken, as they were sent.")]
    disk: Annotated[Space | None, Field(description="Nothing where media are kept in a bucket.")]
    added: Annotated[list[DayCount], Field(description="Shows that came on each of the last days (UTC).")]
