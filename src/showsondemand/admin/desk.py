"""What changing shows takes, and who is told of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.audit import Action, Target
from showsondemand.cache import Cache
from showsondemand.config import Settings
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState

_EVENTS = {
    ShowState.IN_REVIEW: Event.READY_FOR_REVIEW,
    ShowState.REJECTED: Event.REJECTED,
    ShowState.AVAILABLE: Event.PUBLISHED,
}


@dataclass(frozen=True)
class Desk:
    """A transaction, the cache to tell, how media are addressed, and whose verdict does what.

    ``own_reviews``: whether somebody may approve what they brought in themselves. ``agents_publish_from``: how sure
    a program has to be that a film is clean for its approval to publish it; ``None`` when no program's ever does.
    """

    session: AsyncSession
    cache: Cache
    addresses: MediaAddresses
    own_reviews: bool
    agents_publish_from: float | None = None

    @classmethod
    def of(cls, session: AsyncSession, cache: Cache, settings: Settings) -> "Desk":
        """By the settings."""
        reviews = settings.reviews
        return cls(
            session,
            cache,
            MediaAddresses.from_settings(settings),
            own_reviews=reviews.own_allowed(production=settings.is_production),
            agents_publish_from=reviews.agents_publish_from,
        )


async def tell(session: AsyncSession, show: Show, before: ShowState, *, detail: str = "") -> None:
    """Has those told who asked for it that the show is in another state than ``before``, and writes it down."""
    after = ShowState(show.state)
    if after is before:
        return
    was, is_now = before is ShowState.AVAILABLE, after is ShowState.AVAILABLE
    await write_down_publishing(session, show.id, was=was, is_now=is_now)
    event = _EVENTS.get(after)
    if event is not None:
        await announce(session, event, subject_id=show.id, title=show.title, detail=detail)


async def write_down_publishing(session: AsyncSession, show_id: UUID, *, was: bool, is_now: bool) -> None:
    """That a show is there for viewers from now on, or no more; its window may still keep it from them."""
    if was is not is_now:
        action = Action.PUBLISHED if is_now else Action.UNPUBLISHED
        await audit.record(session, action, target=Target("show", show_id))
