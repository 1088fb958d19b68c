"""What editors and reviewers want done with a show."""

from uuid import UUID

from pydantic.alias_generators import to_camel
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.admin import claims
from showsondemand.admin.desk import Desk, tell, write_down_publishing
from showsondemand.admin.editing import MADE_BY_ENCODERS, apply_fields
from showsondemand.admin.poster_copies import have_poster_copied
from showsondemand.admin.reviewing import refuse_own, reviewing_as
from showsondemand.audit import Action, Target
from showsondemand.dependencies import RoleTooLow
from showsondemand.shows import service as shows
from showsondemand.shows.errors import ShowChanged
from showsondemand.shows.models import Show
from showsondemand.shows.schemas import NewShow, ShowChanges, ShowReplacement
from showsondemand.shows.states import ShowState, is_move, may_move
from showsondemand.tokens import Caller

# Whoever moves a show from here to where it waits for a verdict has what was decided looked at once more.
_DECIDED = {ShowState.REJECTED, ShowState.AVAILABLE}


async def create_show(desk: Desk, new: NewShow, *, editor: Caller) -> Show:
    """A new show: a draft, or in review when it has a stream."""
    show = Show(title=new.title, state=ShowState.DRAFT.value, created_by=editor.user_id)
    apply_fields(show, {name: getattr(new, name) for name in new.model_fields_set}, desk.addresses)
    if show.has_stream:
        show.move_to(ShowState.IN_REVIEW)
    desk.session.add(show)
    await desk.session.flush()
    await have_poster_copied(desk.session, show)
    await tell(desk.session, show, ShowState.DRAFT)
    await audit.record(desk.session, Action.SHOW_MADE, target=Target("show", show.id))
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
    await shows.forget_show(desk.session, desk.cache, show.id)
    await audit.record(desk.session, Action.SHOW_DELETED, target=Target("show", show_id))
    was = show.state == ShowState.AVAILABLE
    await write_down_publishing(desk.session, show_id, was=was, is_now=False)


async def restore_show(desk: Desk, show_id: UUID) -> Show:
    """A deleted show as it was. Raises ``ShowNotFound`` after 30 days."""
    show = await shows.show_to_restore(desk.session, show_id)
    show.restore()
    await shows.forget_show(desk.session, desk.cache, show.id)
    await audit.record(desk.session, Action.SHOW_RESTORED, target=Target("show", show_id))
    is_now = show.state == ShowState.AVAILABLE
    await write_down_publishing(desk.session, show_id, was=False, is_now=is_now)
    await desk.session.flush()
    return show


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
    await shows.forget_show(desk.session, desk.cache, show.id)
    await desk.session.flush()
    await have_poster_copied(desk.session, show)
    await _write_down(desk.session, show, fields, ShowState(before))
    await tell(desk.session, show, ShowState(before))
    return show


async def _write_down(
    session: AsyncSession, show: Show, fields: dict[str, object], before: ShowState
) -> None:
    """Which fields were written and, of the state, from what to what; what they say is in the show itself."""
    details: dict[str, object] = {"fields": sorted(to_camel(name) for name in fields)} if fields else {}
    if show.state != before:
        details["state"] = {"before": before.value, "after": show.state}
    await audit.record(session, Action.SHOW_CHANGED, target=Target("show", show.id), details=details)
    if before in _DECIDED and show.state == ShowState.IN_REVIEW:
        await audit.record(
            session,
            Action.REVIEW_OVERRIDDEN,
            target=Target("show", show.id),
            details={"before": before.value},
        )


async def _move(desk: Desk, show: Show, state: ShowState, editor: Caller) -> None:
    before = ShowState(show.state)
    if is_move(before, state) and not may_move(editor.role, before, state):
        raise RoleTooLow(f"Making a show that is {before} {state} needs a reviewer.")
    if before is ShowState.IN_REVIEW and state is ShowState.AVAILABLE and editor.machine is not None:
        raise RoleTooLow(
            "A program approves by POST /shows/{showId}/reviews; REVIEW_POLICY says what that does."
        )
    if before is ShowState.IN_REVIEW:
        reviewing = await reviewing_as(desk.session, editor)
        await claims.refuse_claimed(desk.session, show.id, reviewing=reviewing)
        if state is ShowState.AVAILABLE:
            refuse_own(desk, show, reviewing.user_id)
        await claims.forget_claim(desk.session, show.id)
    show.move_to(state)


def refuse_stale(show: Show, if_match: str | None) -> None:
    """Raises ``ShowChanged`` unless the version is one that the caller has seen, or anything goes."""
    if if_match is None or if_match.strip() == "*":
        return
    # What comes behind the version in the tag of GET /shows/{id} tells one answer from another, not one change.
    versions = [tag.strip().strip('"').partition("-")[0] for tag in if_match.split(",")]
    if str(show.version) not in versions:
        raise ShowChanged
