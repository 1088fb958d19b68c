"""What reviews hold about a person."""

import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.models import Review
from showsondemand.personal_data import PersonalData

_PSEUDONYM_BYTES = 3


async def _reviews(session: AsyncSession, user_id: UUID) -> list[dict[str, Any]]:
    found = await session.scalars(select(Review).where(Review.reviewer_id == user_id).order_by(Review.id))
    return [
        {
            "showId": str(each.show_id),
            "verdict": each.verdict,
            "notes": each.notes,
            "createdAt": each.created_at.isoformat(),
        }
        for each in found
    ]


async def _rename_reviewer(session: AsyncSession, user_id: UUID) -> None:
    """Verdicts stay, under one made-up name: who gave them is nobody's business any more."""
    pseudonym = f"Former reviewer {secrets.token_hex(_PSEUDONYM_BYTES)}"
    await session.execute(update(Review).where(Review.reviewer_id == user_id).values(reviewer_name=pseudonym))


PERSONAL_DATA = (PersonalData("reviews", _reviews, _rename_reviewer),)
