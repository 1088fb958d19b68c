"""Has a show's film looked at, once the transaction that sends it to review has committed."""

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.adapters.analyser.port import Analyser
from showsondemand.admin.analyses import queries
from showsondemand.admin.analyses.models import Analysis
from showsondemand.jobs import enqueue
from showsondemand.shows.models import Show

# Two names for one handler: a look here keeps a worker busy as a film does, and one elsewhere must not wait for it.
ANALYSE_HERE, ANALYSE_ELSEWHERE = "analyse_film_here", "analyse_film_elsewhere"
# Before every film that waits to be transcoded: reviewers wait for this one already.
_PLACE = 1_900_000_000


def job_of(analyser: Analyser) -> str:
    """The name under which the analyser's looks are queued."""
    return ANALYSE_HERE if analyser.works_here else ANALYSE_ELSEWHERE


async def request_analysis(
    session: AsyncSession, analyser: Analyser, show: Show, *, source_key: str | None
) -> Analysis | None:
    """A look at the locked show as it is now: the one that is under way, or a new one; ``None`` without HLS.

    ``source_key`` is where the storage keeps the film as it was sent; ``None`` is what an earlier look knew of that.
    """
    if show.hls_url is None:
        return None
    earlier = await queries.analyses_of_stream(session, show.id, show.hls_url)
    for each in earlier:
        if each.is_under_way and each.agent == analyser.name and each.round == show.review_round:
            return each
    if source_key is None:
        source_key = next((each.source_key for each in earlier if each.source_key), "")
    analysis = Analysis(
        show_id=show.id,
        agent=analyser.name,
        round=show.review_round,
        hls_url=show.hls_url,
        source_key=source_key,
    )
    session.add(analysis)
    await session.flush()
    await enqueue(session, job_of(analyser), analysis.id, priority=_PLACE)
    return analysis
