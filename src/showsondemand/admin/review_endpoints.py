"""HTTP of reviewing: the queue, claims, verdicts."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, status

from showsondemand.admin import claims, review_queue, reviewing
from showsondemand.admin.endpoints import DeskDep
from showsondemand.admin.errors import (
    ClaimedBySomebodyElse,
    NotesMissing,
    OwnUpload,
    ReviewNotFound,
    VerdictOfPrograms,
    VerdictStands,
)
from showsondemand.admin.models import Review, ReviewClaim
from showsondemand.admin.review_queue import Waiting
from showsondemand.admin.schemas import (
    ClaimDetail,
    NewReview,
    QueuedShow,
    QueuePage,
    ReviewDetail,
    Reviewer,
    ReviewerKind,
    ReviewPage,
)
from showsondemand.dependencies import (
    STAFF_ONLY,
    NobodySignedIn,
    ReviewerDep,
    ReviewsReaderDep,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.shows.errors import IllegalStateChange, ShowNotFound
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.presentation import detail_of

router = APIRouter(tags=["admin"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)


@router.get("/reviews/queue", dependencies=[STAFF_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_waiting_shows(
    session: SessionDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> QueuePage:
    """The shows that wait for a verdict, the longest first, and who is watching which."""
    waiting, next_cursor = await review_queue.waiting_shows(
        session, wiring.cursors, limit=limit, cursor=cursor
    )
    addresses = MediaAddresses.from_settings(wiring.settings)
    return QueuePage.model_construct(
        items=[_queued(each, addresses) for each in waiting], next_cursor=next_cursor
    )


@router.post(
    "/shows/{show_id}/claim",
    responses=problems(*_TURNED_AWAY, ShowNotFound, IllegalStateChange, ClaimedBySomebodyElse),
)
async def claim_show(show_id: UUID, reviewer: ReviewerDep, desk: DeskDep) -> ClaimDetail:
    """Watch a show for review: for half an hour nobody else gives a verdict. Asked again, it begins anew."""
    reviewer_now = await reviewing.reviewing_as(desk.session, reviewer)
    return _claim(await claims.claim_show(desk.session, show_id, reviewing=reviewer_now))


@router.delete(
    "/shows/{show_id}/claim",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_TURNED_AWAY, ShowNotFound, ClaimedBySomebodyElse),
)
async def release_show(
    show_id: UUID,
    reviewer: ReviewerDep,
    desk: DeskDep,
    *,
    mine: Annotated[bool, Query(description="Leave a claim of somebody else as it is.")] = False,
) -> None:
    """Let somebody else review a show. An admin ends anybody's claim."""
    reviewer_now = await reviewing.reviewing_as(desk.session, reviewer)
    await claims.release_show(desk.session, show_id, caller=reviewer, reviewing=reviewer_now, only_own=mine)


@router.post(
    "/shows/{show_id}/reviews",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        *_TURNED_AWAY,
        ShowNotFound,
        IllegalStateChange,
        NotesMissing,
        VerdictOfPrograms,
        ClaimedBySomebodyElse,
        OwnUpload,
    ),
)
async def review_show(show_id: UUID, given: NewReview, reviewer: ReviewerDep, desk: DeskDep) -> ReviewDetail:
    """Give a verdict on a show that is in review: it becomes available, or is rejected.

    A program's (a key with `reviews:write`) is kept as a review by that program. Whether its approval publishes the
    show, REVIEW_POLICY says; its rejection stands unless a person is watching the show; `refer` leaves it to one.
    """
    reviewer_now = await reviewing.reviewing_as(desk.session, reviewer)
    return _review(await reviewing.review_show(desk, show_id, given, reviewing=reviewer_now), desk.addresses)


@router.delete(
    "/shows/{show_id}/reviews/{review_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_TURNED_AWAY, ShowNotFound, ReviewNotFound, VerdictStands),
)
async def take_review_back(show_id: UUID, review_id: UUID, reviewer: ReviewerDep, desk: DeskDep) -> None:
    """Take back one's own verdict within ten minutes: the show waits for one again, as long as it has waited.

    For a slip of the hand. Who was told of the verdict is told that the show is in review again, and the audit
    trail keeps both.
    """
    reviewer_now = await reviewing.reviewing_as(desk.session, reviewer)
    await reviewing.take_review_back(desk, show_id, review_id, reviewing=reviewer_now)


@router.get("/shows/{show_id}/reviews", responses=problems(*_TURNED_AWAY, ShowNotFound, ForeignCursor))
async def list_reviews(
    show_id: UUID,
    reader: ReviewsReaderDep,
    session: SessionDep,
    wiring: WiringDep,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> ReviewPage:
    """What reviewers said about a show, newest first."""
    found, next_cursor = await reviewing.reviews_of_show(
        session, wiring.cursors, show_id, caller=reader, limit=limit, cursor=cursor
    )
    addresses = MediaAddresses.from_settings(wiring.settings)
    return ReviewPage(items=[_review(review, addresses) for review in found], next_cursor=next_cursor)


def _queued(waiting: Waiting, addresses: MediaAddresses) -> QueuedShow:
    return QueuedShow.model_construct(
        show=detail_of(waiting.show, addresses),
        in_review_since=waiting.show.in_review_at,
        waiting_seconds=round(waiting.seconds, 1),
        round=waiting.show.review_round,
        claim=_claim(waiting.claim) if waiting.claim else None,
    )


def _claim(claim: ReviewClaim) -> ClaimDetail:
    kind = ReviewerKind.AGENT if claim.reviewer_id is None else ReviewerKind.PERSON
    reviewer = Reviewer(id=claim.reviewer_id, name=claim.reviewer_name, kind=kind)
    return ClaimDetail(reviewer=reviewer, ends_at=claim.ends_at)


def _review(review: Review, addresses: MediaAddresses) -> ReviewDetail:
    kind = ReviewerKind.AGENT if review.by_agent else ReviewerKind.PERSON
    return ReviewDetail.model_validate(
        {
            "id": review.id,
            "show_id": review.show_id,
            "round": review.round,
            "verdict": review.verdict,
            "reasons": review.reasons,
            "notes": review.notes,
            "findings": [
                each | {"frame_url": _frame_url(review.show_id, each, addresses)} for each in review.findings
            ],
            "decided": review.decided,
            "reviewer": Reviewer(id=review.reviewer_id, name=review.reviewer_name, kind=kind),
            "created_at": review.created_at,
        }
    )


def _frame_url(show_id: UUID, finding: dict[str, Any], addresses: MediaAddresses) -> str | None:
    """Where the frame in the middle of the finding is; a finding about the whole film has none."""
    start, end = finding.get("start_seconds"), finding.get("end_seconds")
    if start is None:
        return None
    at_seconds = start if end is None else (start + max(start, end)) / 2
    return f"{addresses.base_url}/shows/{show_id}/frame?atSeconds={at_seconds:.3f}"
