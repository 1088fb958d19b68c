"""Reviews as JSON."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from showsondemand.admin.models import Reason, Verdict
from showsondemand.api_model import ApiModel, Line, Prose, Time
from showsondemand.shows.schemas import ShowDetail

_LONGEST_NOTES_CHARACTERS = 5_000
MOST_FINDINGS = 500


Measured = Annotated[float, Field(allow_inf_nan=False)] | Annotated[Line, StringConstraints(max_length=100)]


class Finding(ApiModel):
    """One thing that was noticed, and where in the film."""

    label: Annotated[Line, StringConstraints(min_length=1, max_length=100)]
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    start_seconds: Annotated[float, Field(ge=0)] | None = None
    end_seconds: Annotated[float, Field(ge=0)] | None = None
    note: Annotated[Prose, StringConstraints(max_length=1_000)] = ""
    measured: Annotated[
        dict[Annotated[Line, StringConstraints(max_length=40)], Measured],
        Field(max_length=10, description="What the note says, in numbers and names."),
    ] = Field(default_factory=dict)


class FindingDetail(Finding):
    """A finding, and where a picture of its moment is: for the staff, with the same token."""

    frame_url: Annotated[str | None, Field(alias="frameURL")] = None


class NewReview(ApiModel):
    """A verdict. ``refer`` is for programs: findings that a person has to look at."""

    verdict: Verdict
    reasons: Annotated[list[Reason], Field(max_length=len(Reason))] = Field(default_factory=list)
    notes: Annotated[Prose, StringConstraints(max_length=_LONGEST_NOTES_CHARACTERS)] = ""
    findings: Annotated[list[Finding], Field(max_length=MOST_FINDINGS)] = Field(default_factory=list)


class FrameChoice(ApiModel):
    """Which frame is to be the poster."""

    at_seconds: Annotated[float, Field(ge=0, le=24 * 3600)]


class ReviewerKind(StrEnum):
    PERSON = "person"
    AGENT = "agent"


class Reviewer(ApiModel):
    """Who gave a verdict; without an id when the account is gone, or it was a program."""

    id: UUID | None
    name: str
    kind: ReviewerKind


class ReviewDetail(ApiModel):
    id: UUID
    show_id: UUID
    round: Annotated[int, Field(description="How often the show had been sent to review by then.")]
    verdict: Verdict
    reasons: list[Reason]
    notes: str
    findings: list[FindingDetail]
    decided: Annotated[
        bool, Field(description="Whether the show moved by it; a program's is often advice only.")
    ]
    reviewer: Reviewer
    created_at: Time


class ReviewPage(ApiModel):
    items: list[ReviewDetail]
    next_cursor: str | None


class ClaimDetail(ApiModel):
    """Who is watching a show for review, and when somebody else may."""

    reviewer: Reviewer
    ends_at: Time


class QueuedShow(ApiModel):
    """A show that waits for a verdict."""

    show: ShowDetail
    in_review_since: Time | None
    waiting_seconds: float
    round: int
    claim: ClaimDetail | None


class QueuePage(ApiModel):
    items: list[QueuedShow]
    next_cursor: str | None
