"""What accounts hold about a person."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.personal_data import PersonalData
from showsondemand.users import service
from showsondemand.users.models import WatchlistEntry, WatchProgress


async def _account(session: AsyncSession, user_id: UUID) -> dict[str, Any]:
    user, role = await service.user_and_role(session, user_id)
    return service.detail_of(user, role).model_dump(mode="json")


async def _progress(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(select(WatchProgress).where(WatchProgress.user_id == user_id))
    return [
        {
            "showId": str(each.show_id),
            "positionSeconds": each.position_seconds,
            "finished": each.finished,
            "updatedAt": each.updated_at.isoformat(),
        }
        for each in found
    ]


async def _watchlist(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(select(WatchlistEntry).where(WatchlistEntry.user_id == user_id))
    return [{"showId": str(each.show_id), "addedAt": each.added_at.isoformat()} for each in found]


PERSONAL_DATA = (
    PersonalData("account", _account),
    PersonalData("progress", _progress),
    PersonalData("watchlist", _watchlist),
)
