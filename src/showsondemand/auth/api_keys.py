"""Keys for machines: made by an admin, shown once, kept as hashes."""

import secrets
from collections.abc import Collection
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth import queries
from showsondemand.auth.errors import ApiKeyNotFound
from showsondemand.auth.identity import hash_of_key, tell_changed_identity
from showsondemand.auth.models import ApiKey
from showsondemand.dependencies import KEY_PREFIX
from showsondemand.pagination import Cursors
from showsondemand.tokens import Caller, Scope

_KEY_BYTES = 32
_LISTING = "api-keys"


async def make_key(
    session: AsyncSession, caller: Caller, *, name: str, scopes: Collection[Scope]
) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can be told again."""
    text = KEY_PREFIX + secrets.token_urlsafe(_KEY_BYTES)
    key = ApiKey(
        user_id=caller.user_id,
        name=name,
        scopes=sorted(scope.value for scope in set(scopes)),
        key_hash=hash_of_key(text),
    )
    session.add(key)
    await session.flush()
    await audit.record(
        session, Action.KEY_MADE, target=Target("api_key", key.id), details={"scopes": key.scopes}
    )
    return key, text


async def page_of_keys(
    session: AsyncSession, cursors: Cursors, *, limit: int, cursor: str | None
) -> tuple[list[ApiKey], str | None]:
    """A page of keys, newest first, and the cursor of the next. Raises ``ForeignCursor``."""
    after = cursors.read(_LISTING, cursor) if cursor is not None else None
    found = await queries.api_keys(session, limit=limit + 1, after=after)
    more = len(found) > limit
    return found[:limit], cursors.write(_LISTING, [found[limit - 1].id]) if more else None


async def names_of(session: AsyncSession, key_ids: Collection[UUID]) -> dict[UUID, str]:
    """What these keys are called; those that were revoked are left out."""
    return await queries.names_of_keys(session, key_ids)


async def revoke_key(session: AsyncSession, key_id: UUID) -> None:
    """The key opens nothing any more, at once on every replica. Raises ``ApiKeyNotFound``."""
    key = await queries.api_key(session, key_id)
    if key is None:
        raise ApiKeyNotFound
    await session.delete(key)
    await tell_changed_identity(session, key_id)
    await audit.record(session, Action.KEY_REVOKED, target=Target("api_key", key_id))
