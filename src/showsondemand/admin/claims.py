"""Who is watching which film for review right now, so that two reviewers do not watch the same one.

A claim ends by itself: whoever closes the browser keeps nobody waiting for long.
"""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin import queries
from showsondemand.admin.errors import ClaimedBySomebodyElse
from showsondemand.admin.models import ReviewClaim, Reviewing
from showsondemand.shows import service as shows
from showsondemand.shows.errors import IllegalStateChange
from showsondemand.shows.states import ShowState
from showsondemand.tokens import Caller, Role

# Watching an hour of film takes two claims; asking again while one holds prolongs it.
CLAIM_LIFETIME = timedelta(minutes=30)


async def claim_show(session: AsyncSession, show_id: UUID, *, reviewing: Reviewing) -> ReviewClaim:
    """The show is this reviewer's until the claim ends; asked again, it begins anew.

    Raises ``ShowNotFound``, ``IllegalStateChange`` unless it is in review, and ``ClaimedBySomebodyElse``.
    """
    show = await shows.show_to_change(session, show_id)  # locked: of two who claim at one instant one waits
    if show.state != ShowState.IN_REVIEW:
        raise IllegalStateChange(f"The show is {show.state}: only one in review can be claimed.")
    await refuse_claimed(session, show_id, reviewing=reviewing)
    claim = await queries.claim_of(session, show_id) or ReviewClaim(show_id=show_id)
    claim.reviewer_id, claim.reviewer_name = reviewing.user_id, reviewing.name
    claim.ends_at = datetime.now(UTC) + CLAIM_LIFETIME
    session.add(claim)
    await session.flush()
    return claim


async def release_show(
    session: AsyncSession, show_id: UUID, *, caller: Caller, reviewing: Reviewing, only_own: bool = False
) -> None:
    """Nobody has a claim on the show any more; an admin ends anybody's. Raises as ``claim_show`` does.

    ``only_own`` leaves somebody else's as it is.
    """
    await shows.show_to_change(session, show_id)
    if only_own and await is_claimed(session, show_id, reviewing=reviewing):
        return
    if caller.role is not Role.ADMIN:
        await refuse_claimed(session, show_id, reviewing=reviewing)
    await forget_claim(session, show_id)


async def refuse_claimed(session: AsyncSession, show_id: UUID, *, reviewing: Reviewing) -> None:
    """Raises ``ClaimedBySomebodyElse`` while another reviewer's claim holds."""
    holder = await _other_holder(session, show_id, reviewing)
    if holder is not None:
        raise ClaimedBySomebodyElse(f"{holder} is watching it.", params={"holder": holder})


async def is_claimed(session: AsyncSession, show_id: UUID, *, reviewing: Reviewing) -> bool:
    """Whether another reviewer's claim holds."""
    return await _other_holder(session, show_id, reviewing) is not None


async def _other_holder(session: AsyncSession, show_id: UUID, reviewing: Reviewing) -> str | None:
    claim = await queries.claim_of(session, show_id)
    if claim is None or claim.ends_at <= datetime.now(UTC):
        return None
    is_own = (claim.reviewer_id, claim.reviewer_name) == (reviewing.user_id, reviewing.name)
    return None if is_own else claim.reviewer_name


async def forget_claim(session: AsyncSession, show_id: UUID) -> None:
    """What has its verdict is not claimed any more."""
    claim = await queries.claim_of(session, show_id)
    if claim is not None:
        await session.delete(claim)


async def claims_that_hold(session: AsyncSession, show_ids: Collection[UUID]) -> dict[UUID, ReviewClaim]:
    """The claims on these shows that have not ended, by show."""
    return await queries.claims_on(session, show_ids, after=datetime.now(UTC))
