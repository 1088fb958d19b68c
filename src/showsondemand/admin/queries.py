"""Reads of reviews."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.models import Review


async def reviews_of(
    session: AsyncSession, show_id: UUID, *, limit: int, after: Sequence[Any] | None
) -> list[Review]:
    """The show's reviews, newest first (ids are UUIDv7 and sort by time), after the review with the id given."""
    query = select(Review).where(Review.show_id == show_id).order_by(Review.id.desc()).limit(limit)
    if after is not None:
        query = query.where(Review.id < UUID(after[0]))
    return list(await session.scalars(query))
