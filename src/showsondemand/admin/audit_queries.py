"""Reads of the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.audit import Action, AuditEntry

_BITS_AFTER_THE_TIME = 80


@dataclass(frozen=True)
class AuditFilters:
    """Which entries a list holds, and which not; ``None`` leaves a question open. ``until`` is the moment after."""

    actor: UUID | None = None
    action: Action | None = None
    target: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    but: tuple[Action, ...] = ()

    @property
    def name(self) -> str:
        """Tells two different lists apart: a cursor of one is no cursor of another."""
        return repr(("audit", self.actor, self.action, self.target, self.since, self.until))


async def entries(
    session: AsyncSession, filters: AuditFilters, *, limit: int, after: Sequence[Any] | None
) -> list[AuditEntry]:
    """What happened, newest first (ids are UUIDv7 and sort by time), after the entry with the id given."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if filters.actor is not None:
        query = query.where(AuditEntry.actor_id == filters.actor)
    if filters.action is not None:
        query = query.where(AuditEntry.action == filters.action.value)
    if filters.target is not None:
        query = query.where(AuditEntry.target_id == filters.target)
    # By id, which is the order that they are read in: without an entry too many.
    if filters.since is not None:
        query = query.where(AuditEntry.id >= _first_id_of(filters.since))
    if filters.until is not None:
        query = query.where(AuditEntry.id < _first_id_of(filters.until))
    if filters.but:
        query = query.where(AuditEntry.action.not_in([action.value for action in filters.but]))
    if after is not None:
        query = query.where(AuditEntry.id < UUID(after[0]))
    return list(await session.scalars(query))


def _first_id_of(moment: datetime) -> UUID:
    """The least UUIDv7 of that millisecond, of which its first 48 bits are the count."""
    return UUID(int=max(0, int(moment.timestamp() * 1000)) << _BITS_AFTER_THE_TIME)
