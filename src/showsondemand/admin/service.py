"""What editors and reviewers want done with a show."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.admin import claims, queries
from showsondemand.admin.editing import MADE_BY_ENCODERS, apply_fields
from showsondemand.admin.errors import NotesMissing, OwnUpload
from showsondemand.admin.models import Review, Reviewing, Verdict
from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.admin.schemas import NewReview
from showsondemand.audit import Action, Target
from showsondemand.cache import Cache
from showsondemand.dependencies import RoleTooLow
from showsondemand.errors import Fault
from showsondemand.pagination import Cursors
from showsondemand.shows import service as shows
from showsondemand.shows.errors import IllegalStateChange, ShowChanged
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.schemas import NewShow, ShowChanges, ShowReplacement
from showsondemand.shows.states import ShowState, is_move, may_move
from showsondemand.tokens import Caller
from showsondemand.users import service as users

_EVENTS = {
    ShowState.IN_REVIEW: Event.READY_FOR_REVIEW,
    ShowState.REJECTED: Event.REJECTED,
    ShowState.AVAILABLE: Event.PUBLISHED,
}


@dataclass(frozen=True)
class Desk:
    """What changing shows takes: a transaction, the cache to tell, and how media are addressed."""

    session: AsyncSession
    cache: Cache
    addresses: MediaAddresses
    own_reviews: bool  # whether somebody may approve what they brought in themselves


async def create_show(desk: Desk, new: NewShow, *, editor: Caller) -> Show:
    """A new show: a draft, or in review when it has a stream."""
    show = Show(title=new.title, state=ShowState.DRAFT.value, created_by=editor.user_id)
    apply_fields(show, {name: getattr(new, name) for name in new.model_fields_set}, desk.addresses)
    if show.has_stream:
        show.move_to(ShowState.IN_REVIEW)
    desk.session.add(show)
    await desk.session.flush()
    await _tell(desk.session, show, ShowState.DRAFT)
    return show


async def replace_show(
    desk: Desk, show_id: UUID, wanted: ShowReplacement, *, editor: Caller, if_match: str | None
) -> Show:
    """Makes the show what ``wanted`` says; see ``ShowReplacement`` for what is left out."""
    kept = MADE_BY_ENCODERS - wanted.model_fields_set
    fields = {
        name: getattr(wanted, name) for name in type(wanted).model_fields if name not in kept | {"state"}
    }
    return await _change(desk, show_id, fields, wanted.state, editor=editor, if_match=if_match)


async def change_show(
    desk: Desk, show_id: UUID, changes: ShowChanges, *, editor: Caller, if_match: str | None
) -> Show:
    """Changes what ``changes`` names."""
    fields = {name: getattr(changes, name) for name in changes.model_fields_set - {"state"}}
    return await _change(desk, show_id, fields, changes.state, editor=editor, if_match=if_match)


async def delete_show(desk: Desk, show_id: UUID, *, if_match: str | None) -> None:
    """Gone for everybody at once; ``restore_show`` brings it back for 30 days."""
    show = await shows.show_to_change(desk.session, show_id)
    refuse_stale(show, if_match)
    show.delete()
    await shows.forget_lists(desk.session, desk.cache)
    await audit.record(desk.session, Action.SHOW_DELETED, target=Target("show", show_id))


async def restore_show(desk: Desk, show_id: UUID) -> Show:
    """A deleted show as it was. Raises ``ShowNotFound`` after 30 days."""
    show = await shows.show_to_restore(desk.session, show_id)
    show.restore()
    await shows.forget_lists(desk.session, desk.cache)
    await audit.record(desk.session, Action.SHOW_RESTORED, target=Target("show", show_id))
    await desk.session.flush()
    return show


async def review_show(desk: Desk, show_id: UUID, given: NewReview, *, reviewing: Reviewing) -> Review:
    """Keeps the verdict and moves the show by it.

    Raises ``IllegalStateChange`` when it is not in review, ``ClaimedBySomebodyElse``, ``NotesMissing`` and
    ``OwnUpload``.
    """
    if given.verdict is Verdict.REJECT and not given.notes:
        raise NotesMissing(faults=[Fault("/notes", "must say why")])
    show = await shows.show_to_change(desk.session, show_id)
    if show.state != ShowState.IN_REVIEW:
        raise IllegalStateChange(f"The show is {show.state}: only one in review takes a verdict.")
    await claims.refuse_claimed(desk.session, show_id, reviewing=reviewing)
    if given.verdict is Verdict.APPROVE:
        _refuse_own(desk, show, reviewing.user_id)
    show.move_to(ShowState.AVAILABLE if given.verdict is Verdict.APPROVE else ShowState.REJECTED)
    review = Review(
        show_id=show.id,
        round=show.review_round,
        reasons=[reason.value for reason in given.reasons],
        verdict=given.verdict.value,
        notes=given.notes,
        findings=[finding.model_dump(by_alias=False) for finding in given.findings],
        reviewer_id=reviewing.user_id,
        reviewer_name=reviewing.name,
        show_version=show.version,
    )
    desk.session.add(review)
    await claims.forget_claim(desk.session, show_id)
    await shows.forget_lists(desk.session, desk.cache)
    await desk.session.flush()
    given_as = Action.REVIEW_APPROVED if given.verdict is Verdict.APPROVE else Action.REVIEW_REJECTED
    await audit.record(desk.session, given_as, target=Target("show", show_id))
    await _tell(desk.session, show, ShowState.IN_REVIEW, detail=given.notes)
    return review


async def reviewing_as(session: AsyncSession, caller: Caller) -> Reviewing:
    """The caller as a reviewer: under the name of the account, or of the key where a program calls."""
    if caller.machine is not None:
        return Reviewing(None, caller.machine.name)
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


async def _change(
    desk: Desk,
    show_id: UUID,
    fields: dict[str, object],
    state: ShowState | None,
    *,
    editor: Caller,
    if_match: str | None,
) -> Show:
    show = await shows.show_to_change(desk.session, show_id)
    refuse_stale(show, if_match)
    before = show.state
    apply_fields(show, fields, desk.addresses)
    if state is not None and state not in (show.state, before):
        await _move(desk, show, state, editor)
    await shows.forget_lists(desk.session, desk.cache)
    await desk.session.flush()
    await _tell(desk.session, show, ShowState(before))
    return show


async def _tell(session: AsyncSession, show: Show, before: ShowState, *, detail: str = "") -> None:
    """Has those told who asked for it that the show is in another state than ``before``."""
    event = _EVENTS.get(ShowState(show.state))
    if event is not None and show.state != before:
        await announce(session, event, subject_id=show.id, title=show.title, detail=detail)


async def _move(desk: Desk, show: Show, state: ShowState, editor: Caller) -> None:
    before = ShowState(show.state)
    if is_move(before, state) and not may_move(editor.role, before, state):
        raise RoleTooLow(f"Making a show that is {before} {state} needs a reviewer.")
    if before is ShowState.IN_REVIEW:
        reviewing = await reviewing_as(desk.session, editor)
        await claims.refuse_claimed(desk.session, show.id, reviewing=reviewing)
        if state is ShowState.AVAILABLE:
            _refuse_own(desk, show, reviewing.user_id)
        await claims.forget_claim(desk.session, show.id)
    show.move_to(state)


def _refuse_own(desk: Desk, show: Show, user_id: UUID | None) -> None:
    if not desk.own_reviews and user_id is not None and show.created_by == user_id:
        raise OwnUpload


def refuse_stale(show: Show, if_match: str | None) -> None:
    """Raises ``ShowChanged`` unless the version is one that the caller has seen, or anything goes."""
    if if_match is None or if_match.strip() == "*":
        return
    if f'"{show.version}"' not in [tag.strip() for tag in if_match.split(",")]:
        raise ShowChanged
