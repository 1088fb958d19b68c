"""Reads of reviews and of claims on shows in review."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.errors import ReviewNotFound
from showsondemand.admin.models import Review, ReviewClaim, Verdict
from showsondemand.shows.models import Show


async def reviews_of(
    session: AsyncSession, show_id: UUID, *, limit: int, after: Sequence[Any] | None
) -> list[Review]:
    """The show's reviews, newest first (ids are UUIDv7 and sort by time), after the review with the id given."""
    query = select(Review).where(Review.show_id == show_id).order_by(Review.id.desc()).limit(limit)
    if after is not None:
        query = query.where(Review.id < UUID(after[0]))
    return list(await session.scalars(query))


async def is_contradicted(session: AsyncSession, show: Show, verdict: Verdict) -> bool:
    """Whether a program said otherwise of the show as it came into this round of review."""
    said = select(Review.id).where(
        Review.show_id == show.id,
        Review.round == show.review_round,
        Review.by_agent,
        Review.verdict.in_([Verdict.APPROVE.value, Verdict.REJECT.value]),
        Review.verdict != verdict.value,
    )
    return bool(await session.scalar(select(said.exists())))


async def review_of(session: AsyncSession, show_id: UUID, review_id: UUID) -> Review:
    """One review of the show. Raises ``ReviewNotFound``."""
    review = await session.get(Review, review_id)
    if review is None or review.show_id != show_id:
        raise ReviewNotFound
    return review


async def claim_of(session: AsyncSession, show_id: UUID) -> ReviewClaim | None:
    """The claim on the show, ended or not."""
    return await session.get(ReviewClaim, show_id)


async def claims_on(
    session: AsyncSession, show_ids: Collection[UUID], *, after: datetime
) -> dict[UUID, ReviewClaim]:
    """The claims on these shows that end after a moment, by show."""
    query = select(ReviewClaim).where(ReviewClaim.show_id.in_(show_ids), ReviewClaim.ends_at > after)
    return {claim.show_id: claim for claim in await session.scalars(query)}
