"""What the staff wants to know of looks at a film."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.analyses import queries
from showsondemand.admin.analyses.models import Analysis
from showsondemand.shows import service as shows
from showsondemand.tokens import Caller


async def analyses_of_show(session: AsyncSession, reader: Caller, show_id: UUID) -> list[Analysis]:
    """The show's analyses, newest first. Raises ``ShowNotFound``."""
    await shows.show_for(session, reader, show_id)
    return await queries.analyses_of(session, show_id)
