"""What was done to a show, out of the audit trail, with the names of those who did it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin import audit_queries
from showsondemand.admin.audit_queries import AuditFilters
from showsondemand.audit import Action, AuditEntry
from showsondemand.pagination import Cursors
from showsondemand.shows import service as shows
from showsondemand.tokens import Caller
from showsondemand.users import service as users

# Each comes with the entry of the change that it follows from: for those who look for it in the trail of all.
_SAID_BY_OTHERS = (Action.PUBLISHED, Action.UNPUBLISHED, Action.REVIEW_OVERRIDDEN)


@dataclass(frozen=True)
class Done:
    """An entry and what whoever did it is called now; empty when the account is gone, or was a machine's key."""

    entry: AuditEntry
    actor_name: str


async def history_of_show(
    session: AsyncSession, cursors: Cursors, show_id: UUID, *, caller: Caller, limit: int, cursor: str | None
) -> tuple[list[Done], str | None]:
    """A page of what was done to the show, newest first. Raises ``ShowNotFound`` and ``ForeignCursor``."""
    await shows.show_for(session, caller, show_id)
    listing = f"history:{show_id}"
    after = cursors.read(listing, cursor) if cursor is not None else None
    filters = AuditFilters(target=show_id, but=_SAID_BY_OTHERS)
    found = await audit_queries.entries(session, filters, limit=limit + 1, after=after)
    more = len(found) > limit
    names = await users.names_of(session, {entry.actor_id for entry in found if entry.actor_id})
    done = [Done(entry, names.get(entry.actor_id, "") if entry.actor_id else "") for entry in found[:limit]]
    return done, cursors.write(listing, [found[limit - 1].id]) if more else None
