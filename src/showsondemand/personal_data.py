"""What each context holds about a person: handed out on request, and forgotten with the account.

Contexts below cannot ask those above: ``assembly`` lists them all, so that none is missed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession


async def _nothing_to_forget(_session: AsyncSession, _user_id: UUID) -> None:
    """Rows that hang on the account go with it by themselves."""


@dataclass(frozen=True)
class PersonalData:
    """One kind of data. ``export`` gives what JSON can hold; ``forget`` runs before the account's row goes."""

    name: str
    export: Callable[[AsyncSession, UUID], Awaitable[Any]]
    forget: Callable[[AsyncSession, UUID], Awaitable[None]] = _nothing_to_forget
