"""Reads of analyses."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.analyses.models import Analysis

_MOST = 100


async def analysis_to_change(session: AsyncSession, analysis_id: UUID) -> Analysis | None:
    """The analysis, locked until the transaction ends."""
    return await session.get(Analysis, analysis_id, with_for_update=True, populate_existing=True)


async def analyses_of(session: AsyncSession, show_id: UUID) -> list[Analysis]:
    """The show's analyses, newest first."""
    query = select(Analysis).where(Analysis.show_id == show_id).order_by(Analysis.id.desc()).limit(_MOST)
    return list(await session.scalars(query))


async def analyses_of_stream(session: AsyncSession, show_id: UUID, hls_url: str) -> list[Analysis]:
    """The show's analyses of one stream, newest first."""
    query = (
        select(Analysis)
        .where(Analysis.show_id == show_id, Analysis.hls_url == hls_url)
        .order_by(Analysis.id.desc())
        .limit(_MOST)
    )
    return list(await session.scalars(query))
