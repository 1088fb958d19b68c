"""HTTP of keys for machines."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response, status
from pydantic import Field, StringConstraints

from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.auth import api_keys
from showsondemand.auth.errors import ApiKeyNotFound
from showsondemand.auth.models import ApiKey
from showsondemand.dependencies import (
    ADMINS_ONLY,
    AdminDep,
    NobodySignedIn,
    RoleTooLow,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.pagination import DEFAULT_LIMIT, CursorQuery, ForeignCursor, LimitQuery
from showsondemand.tokens import Scope

router = APIRouter(prefix="/auth/api-keys", tags=["auth"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow)
_LONGEST_NAME_CHARACTERS = 100


class NewApiKey(ApiModel):
    name: Annotated[
        Line,
        StringConstraints(min_length=1, max_length=_LONGEST_NAME_CHARACTERS),
        Field(description="What people know the program by: its reviews bear this name."),
    ]
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=20)]


class ApiKeyDetail(ApiModel):
    id: UUID
    name: str
    scopes: list[Scope]
    made_by: UUID = Field(description="The admin for whom it acts: it ends with that account's role.")
    created_at: Time
    last_used_at: Time | None


class FreshApiKey(ApiKeyDetail):
    key: str = Field(description="Shown this once. Send it as `Authorization: Bearer sod_...`.")


class ApiKeyPage(ApiModel):
    items: list[ApiKeyDetail]
    next_cursor: str | None


@router.post("", status_code=status.HTTP_201_CREATED, responses=problems(*_TURNED_AWAY))
async def make_api_key(
    new: NewApiKey, admin: AdminDep, session: SessionDep, response: Response
) -> FreshApiKey:
    """Make a key for a machine. Its text is in this answer and nowhere else."""
    key, text = await api_keys.make_key(session, admin, name=new.name, scopes=new.scopes)
    response.headers["Cache-Control"] = "no-store"
    return FreshApiKey(**_detail(key).model_dump(by_alias=False), key=text)


@router.get("", dependencies=[ADMINS_ONLY], responses=problems(*_TURNED_AWAY, ForeignCursor))
async def list_api_keys(
    session: SessionDep, wiring: WiringDep, limit: LimitQuery = DEFAULT_LIMIT, cursor: CursorQuery = None
) -> ApiKeyPage:
    """The keys that there are, newest first, without their texts."""
    found, next_cursor = await api_keys.page_of_keys(session, wiring.cursors, limit=limit, cursor=cursor)
    return ApiKeyPage(items=[_detail(key) for key in found], next_cursor=next_cursor)


@router.delete(
    "/{key_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[ADMINS_ONLY],
    responses=problems(*_TURNED_AWAY, ApiKeyNotFound),
)
async def revoke_api_key(key_id: UUID, session: SessionDep) -> None:
    """Revoke a key: it opens nothing any more."""
    await api_keys.revoke_key(session, key_id)


def _detail(key: ApiKey) -> ApiKeyDetail:
    return ApiKeyDetail(
        id=key.id,
        name=key.name,
        scopes=[Scope(scope) for scope in key.scopes],
        made_by=key.user_id,
        created_at=key.created_at,
        last_used_at=key.last_used_at,
    )
