"""What waits for a reviewer, the longest first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin import claims
from showsondemand.admin.models import ReviewClaim
from showsondemand.pagination import Cursors
from showsondemand.shows import service as shows
from showsondemand.shows.models import Show

_LISTING = "reviews:queue"


@dataclass(frozen=True)
class Waiting:
    """A show in review, for how many seconds, and who is watching it now."""

    show: Show
    seconds: float
    claim: ReviewClaim | None


async def waiting_shows(
    session: AsyncSession, cursors: Cursors, *, limit: int, cursor: str | None
) -> tuple[list[Waiting], str | None]:
    """A page of the queue, and the cursor of the next. Raises ``ForeignCursor``."""
    after = cursors.read(_LISTING, cursor) if cursor is not None else None
    found, position = await shows.page_in_review(session, limit=limit, after=after)
    held = await claims.claims_that_hold(session, [show.id for show in found])
    now = datetime.now(UTC)
    waiting = [
        Waiting(show, max(0.0, (now - (show.in_review_at or now)).total_seconds()), held.get(show.id))
        for show in found
    ]
    return waiting, cursors.write(_LISTING, position) if position else None
