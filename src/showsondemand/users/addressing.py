"""Whose account an address names: one's own, as ``me`` or by its id, or for an admin anybody's."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Path

from showsondemand.dependencies import CallerDep
from showsondemand.tokens import Role
from showsondemand.users.errors import UserNotFound


async def _account_id(
    user_id: Annotated[UUID | Literal["me"], Path(description="An id, or `me` for oneself.")],
    caller: CallerDep,
) -> UUID:
    """Raises ``UserNotFound`` for other people's accounts, so that nobody learns which ids there are."""
    if user_id == "me":
        return caller.user_id
    if user_id != caller.user_id and caller.role is not Role.ADMIN:
        raise UserNotFound
    return user_id


AccountIdDep = Annotated[UUID, Depends(_account_id)]
