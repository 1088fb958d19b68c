"""Has a program look at a show's film once more, when somebody of the staff asks for it."""

from uuid import UUID

from showsondemand.admin.analyses.models import Analysis
from showsondemand.admin.analyses.requesting import request_analysis
from showsondemand.admin.errors import NobodyLooksAtFilms, NothingToLookAt
from showsondemand.shows import service as shows
from showsondemand.vod_ingest import queries
from showsondemand.wiring import Wiring


async def look_again(wiring: Wiring, show_id: UUID) -> Analysis:
    """The look at the show as it is now: the one that is under way, or a new one.

    Raises ``ShowNotFound``, ``NobodyLooksAtFilms`` and ``NothingToLookAt``.
    """
    async with wiring.database.transaction() as session:
        show = await shows.show_to_change(session, show_id)
        if wiring.analyser is None:
            raise NobodyLooksAtFilms
        source_key = await queries.source_of_guid(session, show.ingest_guid)
        analysis = await request_analysis(session, wiring.analyser, show, source_key=source_key)
        if analysis is None:
            raise NothingToLookAt
        return analysis
