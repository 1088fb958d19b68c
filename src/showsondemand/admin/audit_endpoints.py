"""HTTP of the audit trail: who did what, when, and from where."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from showsondemand.admin import audit_queries
from showsondemand.admin.audit_names import names_in
from showsondemand.admin.audit_queries import AuditFilters
from showsondemand.api_model import ApiModel, Time
from showsondemand.audit import Action, AuditEntry
from showsondemand.dependencies import (
    ADMINS_ONLY,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.tokens import Role

router = APIRouter(prefix="/audit", tags=["admin"], dependencies=[ADMINS_ONLY])


class Actor(ApiModel):
    """Who did it, and what they were allowed to do then; nobody, where nobody was signed in."""

    id: UUID | None
    name: str = Field(description="Of the account or key as it is called now; empty where it is gone.")
    role: Role | None


class AuditedTarget(ApiModel):
    kind: str
    id: UUID
    name: str = Field(description="Of an account, a key or a show, as it is called now; else empty.")


class AuditDetail(ApiModel):
    id: UUID
    at: Time
    action: Action
    actor: Actor
    target: AuditedTarget | None = Field(description="What it was done to.")
    address: str = Field(description="Where it came from; shortened after 30 days.")
    request_id: str | None = Field(description="`X-Request-Id` of the answer, and of its lines in the log.")
    details: dict[str, Any] = Field(description="What changed, from what to what.")


class AuditPage(ApiModel):
    items: list[AuditDetail]
    next_cursor: str | None


@router.get("", responses=problems(NobodySignedIn, RoleTooLow, ForeignCursor))
async def list_audit(  # noqa: PLR0913, PLR0917 - FastAPI hands over each part of a request by its own name
    session: SessionDep,
    wiring: WiringDep,
    actor: Annotated[UUID | None, Query(description="An account's or key's id.")] = None,
    action: Action | None = None,
    target: Annotated[UUID | None, Query(description="The id of what it was done to.")] = None,
    since: Annotated[Time | None, Query(description="Entries of this moment or later.")] = None,
    until: Annotated[Time | None, Query(description="Entries before this moment.")] = None,
    limit: LimitQuery = DEFAULT_LIMIT,
    cursor: CursorQuery = None,
) -> AuditPage:
    """What happened, newest first. Entries are added and never changed.

    Renewals of sessions, of which there are the most, are listed where an account, an action or a thing is asked for.
    """
    is_of_all = actor is None and action is None and target is None
    filters = AuditFilters(
        actor, action, target, since, until, but=(Action.SESSION_RENEWED,) if is_of_all else ()
    )
    after = wiring.cursors.read(filters.name, cursor) if cursor is not None else None
    found = await audit_queries.entries(session, filters, limit=limit + 1, after=after)
    more = len(found) > limit
    names = await names_in(session, found[:limit])
    return AuditPage(
        items=[_detail(entry, names) for entry in found[:limit]],
        next_cursor=wiring.cursors.write(filters.name, [found[limit - 1].id]) if more else None,
    )


def _detail(entry: AuditEntry, names: Mapping[UUID, str]) -> AuditDetail:
    return AuditDetail(
        id=entry.id,
        at=entry.at,
        action=Action(entry.action),
        actor=Actor(
            id=entry.actor_id,
            name=names.get(entry.actor_id, "") if entry.actor_id else "",
            role=Role(entry.actor_role) if entry.actor_role else None,
        ),
        target=AuditedTarget(kind=entry.target_kind, id=entry.target_id, name=names.get(entry.target_id, ""))
        if entry.target_kind and entry.target_id
        else None,
        address=entry.address,
        request_id=entry.request_id,
        details=entry.details,
    )
