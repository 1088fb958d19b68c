"""What those in the audit trail are called now: its rows hold ids alone, so that whoever is gone is nobody."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.audit import AuditEntry
from showsondemand.auth import api_keys
from showsondemand.shows import service as shows
from showsondemand.users import service as users


async def names_in(session: AsyncSession, entries: Sequence[AuditEntry]) -> dict[UUID, str]:
    """The names of people and keys and the titles of shows; whoever and whatever is gone is left out."""
    actors = {entry.actor_id for entry in entries if entry.actor_id is not None}
    targets = _targets_by_kind(entries)
    return {
        **await users.names_of(session, actors | targets.get("user", set())),
        **await api_keys.names_of(session, actors | targets.get("api_key", set())),
        **await shows.titles_of(session, targets.get("show", set())),
    }


def _targets_by_kind(entries: Sequence[AuditEntry]) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = {}
    for entry in entries:
        if entry.target_kind is not None and entry.target_id is not None:
            found.setdefault(entry.target_kind, set()).add(entry.target_id)
    return found
