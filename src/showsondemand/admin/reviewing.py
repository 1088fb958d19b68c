"""Verdicts on shows: a person's decides, a program's does what ``REVIEW_POLICY`` lets it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.admin import claims, queries
from showsondemand.admin.desk import Desk, tell
from showsondemand.admin.errors import NotesMissing, OwnUpload, VerdictOfPrograms, VerdictStands
from showsondemand.admin.models import Review, Reviewing, Verdict
from showsondemand.admin.schemas import Finding, NewReview
from showsondemand.audit import Action, Target
from showsondemand.errors import Fault
from showsondemand.pagination import Cursors
from showsondemand.shows import service as shows
from showsondemand.shows.errors import IllegalStateChange
from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState
from showsondemand.tokens import Caller
from showsondemand.users import service as users

# For slips, which are noticed at once. What viewers have had for longer is an editor's to withdraw.
SECOND_THOUGHTS = timedelta(minutes=10)
_DECISIONS = {
    Verdict.APPROVE: (ShowState.AVAILABLE, Action.REVIEW_APPROVED),
    Verdict.REJECT: (ShowState.REJECTED, Action.REVIEW_REJECTED),
}


async def review_show(desk: Desk, show_id: UUID, given: NewReview, *, reviewing: Reviewing) -> Review:
    """Keeps the verdict and moves the show by it, where it is one that decides.

    Raises ``ShowNotFound``, ``IllegalStateChange`` when it is not in review, ``NotesMissing`` and, for people,
    ``VerdictOfPrograms``, ``ClaimedBySomebodyElse`` and ``OwnUpload``.
    """
    _refuse_incomplete(given, reviewing)
    show = await shows.show_to_change(desk.session, show_id)
    if show.state != ShowState.IN_REVIEW:
        raise IllegalStateChange(f"The show is {show.state}: only one in review takes a verdict.")
    if not reviewing.is_agent:
        await claims.refuse_claimed(desk.session, show_id, reviewing=reviewing)
        if given.verdict is Verdict.APPROVE:
            refuse_own(desk, show, reviewing.user_id)
    return await keep_review(desk, show, given, reviewing=reviewing)


async def keep_review(
    desk: Desk, show: Show, given: NewReview, *, reviewing: Reviewing, only_advice: bool = False
) -> Review:
    """A review of the locked show, which moves by it unless it is ``only_advice``, or no more by what it says."""
    decides = not only_advice and await _decides(desk, show, given, reviewing)
    review = Review(
        show_id=show.id,
        round=show.review_round,
        reasons=[reason.value for reason in given.reasons],
        verdict=given.verdict.value,
        notes=given.notes,
        findings=[finding.model_dump(by_alias=False) for finding in given.findings],
        reviewer_id=reviewing.user_id,
        reviewer_name=reviewing.name,
        by_agent=reviewing.is_agent,
        decided=decides,
        show_version=show.version,
    )
    desk.session.add(review)
    if decides:
        await _decide(desk, show, given, reviewing)
    await desk.session.flush()
    return review


async def take_review_back(desk: Desk, show_id: UUID, review_id: UUID, *, reviewing: Reviewing) -> None:
    """The show waits for a verdict as it did before this one, which its reviewer gave a moment ago.

    Raises ``ShowNotFound``, ``ReviewNotFound`` (also when it was taken back already) and ``VerdictStands``.
    """
    show = await shows.show_to_change(desk.session, show_id)
    review = await queries.review_of(desk.session, show_id, review_id)
    given_after = datetime.now(UTC) - SECOND_THOUGHTS
    _refuse_final(review, show, given_after, reviewing)
    before = ShowState(show.state)
    show.take_verdict_back(given_after=given_after)
    await desk.session.delete(review)
    await shows.forget_show(desk.session, desk.cache, show.id)
    await desk.session.flush()
    await audit.record(
        desk.session,
        Action.REVIEW_TAKEN_BACK,
        target=Target("show", show_id),
        details={"verdict": review.verdict},
    )
    await tell(desk.session, show, before)


def sureness(findings: list[Finding]) -> float:
    """How sure a program is that a film with these findings is clean. A finding without a score is a certain one."""
    return 1.0 - max((1.0 if each.score is None else each.score for each in findings), default=0.0)


async def reviewing_as(session: AsyncSession, caller: Caller) -> Reviewing:
    """The caller as a reviewer: under the name of the account, or of the key where a program calls."""
    if caller.machine is not None:
        return Reviewing(None, caller.machine.name, is_agent=True)
    user, _ = await users.user_and_role(session, caller.user_id)
    return Reviewing(user.id, user.name or user.email)


async def reviews_of_show(
    session: AsyncSession, cursors: Cursors, show_id: UUID, *, caller: Caller, limit: int, cursor: str | None
) -> tuple[list[Review], str | None]:
    """A page of the show's reviews, newest first, and the cursor of the next. Raises ``ForeignCursor``."""
    await shows.show_for(session, caller, show_id)
    listing = f"reviews:{show_id}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    found = await queries.reviews_of(session, show_id, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(listing, [found[limit - 1].id]) if more else None


def refuse_own(desk: Desk, show: Show, user_id: UUID | None) -> None:
    """Raises ``OwnUpload`` where nobody approves what they brought in themselves."""
    if not desk.own_reviews and user_id is not None and show.created_by == user_id:
        raise OwnUpload


def _refuse_final(review: Review, show: Show, given_after: datetime, reviewing: Reviewing) -> None:
    """Raises ``VerdictStands`` unless the show is what this review, its reviewer's own and a young one, made it."""
    if (review.reviewer_id, review.reviewer_name) != (reviewing.user_id, reviewing.name):
        raise VerdictStands("Somebody else gave it.", params={"reason": "somebody_elses"})
    moved_by_it = review.decided and review.round == show.review_round
    if not moved_by_it or show.state != _DECISIONS[Verdict(review.verdict)][0]:
        raise VerdictStands("The show has moved on since.", params={"reason": "moved_on"})
    if review.created_at < given_after:
        raise VerdictStands(
            "It was given too long ago: an editor sends the show back to review, or withdraws it.",
            params={"reason": "too_old"},
        )


def _refuse_incomplete(given: NewReview, reviewing: Reviewing) -> None:
    if given.verdict is Verdict.REJECT and not given.notes:
        raise NotesMissing(faults=[Fault("/notes", "must say why", "required")])
    if given.verdict is Verdict.REFER and not reviewing.is_agent:
        raise VerdictOfPrograms(faults=[Fault("/verdict", "must be approve or reject")])


async def _decides(desk: Desk, show: Show, given: NewReview, reviewing: Reviewing) -> bool:
    """Whether the show moves by this. A program never overtakes a person who is watching the show."""
    if not reviewing.is_agent:
        return True
    if given.verdict is Verdict.REFER or await claims.is_claimed(desk.session, show.id, reviewing=reviewing):
        return False
    if given.verdict is Verdict.REJECT:
        return True
    least = desk.agents_publish_from
    return least is not None and sureness(given.findings) >= least


async def _decide(desk: Desk, show: Show, given: NewReview, reviewing: Reviewing) -> None:
    state, action = _DECISIONS[given.verdict]
    show.move_to(state)
    await claims.forget_claim(desk.session, show.id)
    await shows.forget_show(desk.session, desk.cache, show.id)
    await desk.session.flush()
    details = {"agent": reviewing.name} if reviewing.is_agent else None
    await audit.record(desk.session, action, target=Target("show", show.id), details=details)
    if not reviewing.is_agent and await queries.is_contradicted(desk.session, show, given.verdict):
        await audit.record(
            desk.session,
            Action.REVIEW_OVERRIDDEN,
            target=Target("show", show.id),
            details={"verdict": given.verdict.value, "of": "agent"},
        )
    await tell(desk.session, show, ShowState.IN_REVIEW, detail=given.notes)
