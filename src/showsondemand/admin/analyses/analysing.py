"""The job that has a film looked at, and keeps what was found as a review by the program that looked.

It bears being called again at any point: each call is an attempt of its own, and only the newest one's end counts.
Whatever becomes of it, the show waits for a person as it would without.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.adapters.analyser.port import (
    Analyser,
    AnalyserAway,
    CannotAnalyse,
    Film,
    Pending,
    Report,
)
from showsondemand.adapters.analyser.port import (
    Finding as Found,
)
from showsondemand.admin.analyses import queries
from showsondemand.admin.analyses.film_places import files_of_film
from showsondemand.admin.analyses.models import Analysis, AnalysisState
from showsondemand.admin.analyses.requesting import job_of
from showsondemand.admin.desk import Desk
from showsondemand.admin.models import Reviewing, Verdict
from showsondemand.admin.reviewing import keep_review, sureness
from showsondemand.admin.schemas import MOST_FINDINGS, Finding, NewReview
from showsondemand.jobs import enqueue
from showsondemand.scratch import scratch_folder
from showsondemand.shows import service as shows
from showsondemand.shows.errors import ShowNotFound
from showsondemand.shows.models import Show
from showsondemand.shows.states import ShowState
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
_MOST_FAILURES = 5
_FIRST_PAUSE, _PAUSE_GROWTH = timedelta(seconds=30), 4
# A film that takes its worker down each time must not do so for ever.
_MOST_INTERRUPTIONS = 5
# Six hours of film take AWS a fraction of this.
_LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class _Begun:
    """The attempt under way: which one it is, and what it looks at."""

    id: UUID
    number: int
    token: str
    reference: str
    hls_url: str
    source_key: str


async def analyse_film(wiring: Wiring, analysis_id: UUID) -> None:
    """Has the film looked at, unless that was done, or the show plays another one by now."""
    analyser = wiring.analyser
    if analyser is None:
        await _end(wiring, analysis_id, "Films are not looked at any more: ANALYSER is none.")
        return
    begun = await _begin(wiring, analyser, analysis_id)
    if begun is None:
        return
    try:
        came = await _look(wiring, analyser, begun)
    except CannotAnalyse as error:
        await _fail(wiring, analyser, begun, str(error), may_pass=False)
    except AnalyserAway as error:
        await _fail(wiring, analyser, begun, str(error), may_pass=True)
    else:
        if isinstance(came, Pending):
            await _wait(wiring, analyser, begun, came)
        else:
            await _keep(wiring, begun, came)


async def _begin(wiring: Wiring, analyser: Analyser, analysis_id: UUID) -> _Begun | None:
    async with wiring.database.transaction() as session:
        analysis = await queries.analysis_to_change(session, analysis_id)
        if analysis is None or not analysis.is_under_way:
            return None
        if analysis.agent != analyser.name:
            analysis.end(AnalysisState.FAILED, "Another program looks at films by now.")
            return None
        number = analysis.begin_attempt()
        if analysis.interruptions > _MOST_INTERRUPTIONS:
            analysis.end(AnalysisState.FAILED, "The worker died each time it looked at this film.")
            return None
        if datetime.now(UTC) > analysis.created_at + _LONGEST:
            analysis.end(AnalysisState.FAILED, "No answer came within a day.")
            return None
        try:
            show: Show | None = await shows.show_to_change(session, analysis.show_id)
        except ShowNotFound:
            show = None
        if show is None or show.hls_url != analysis.hls_url:
            analysis.end(AnalysisState.SUPERSEDED)
            return None
        # A look that failed elsewhere is begun anew under another token; one that was cut off is the same.
        token = f"{analysis.id}-{analysis.failures}"
        return _Begun(analysis.id, number, token, analysis.reference, analysis.hls_url, analysis.source_key)


async def _look(wiring: Wiring, analyser: Analyser, begun: _Begun) -> Report | Pending:
    name = f"analysis-{begun.id}-{begun.number}"
    with scratch_folder(wiring.settings.data_folder, name) as folder:
        fetched, scratch = folder / "film", folder / "notes"
        fetched.mkdir()
        scratch.mkdir()
        files = files_of_film(wiring, begun.hls_url, begun.source_key, fetched)
        least_score = 1.0 - wiring.settings.reviews.threshold
        film = Film(begun.token, begun.source_key, least_score, files, scratch)
        return await analyser.analyse(film, begun.reference)


async def _keep(wiring: Wiring, begun: _Begun, report: Report) -> None:
    async with wiring.database.transaction() as session:
        analysis = await _still(session, begun)
        if analysis is None:
            return
        try:
            show = await shows.show_to_change(session, analysis.show_id)
        except ShowNotFound:
            analysis.end(AnalysisState.SUPERSEDED)
            return
        if show.hls_url != analysis.hls_url:
            analysis.end(AnalysisState.SUPERSEDED)
            return
        desk = Desk.of(session, wiring.cache, wiring.settings)
        waits_for_it = show.state == ShowState.IN_REVIEW and show.review_round == analysis.round
        review = await keep_review(
            desk,
            show,
            _review(report, wiring.settings.reviews.threshold),
            reviewing=Reviewing(None, analysis.agent, is_agent=True),
            only_advice=not waits_for_it,
        )
        analysis.review_id = review.id
        analysis.end(AnalysisState.COMPLETED)
        _log.info("film analysed", agent=analysis.agent, verdict=review.verdict, decided=review.decided)


def _review(report: Report, threshold: float) -> NewReview:
    """Clean enough is an approval; everything else is a person's to decide."""
    weightiest = sorted(report.findings, key=lambda finding: -finding.score)[:MOST_FINDINGS]
    findings = [_finding(each) for each in report.findings if each in weightiest]
    verdict = Verdict.APPROVE if sureness(findings) >= threshold else Verdict.REFER
    return NewReview(verdict=verdict, notes=report.summary, findings=findings[:MOST_FINDINGS])


def _finding(found: Found) -> Finding:
    return Finding(
        label=found.label,
        score=min(max(found.score, 0.0), 1.0),
        start_seconds=found.start_seconds,
        end_seconds=found.end_seconds,
        note=found.note,
        measured=dict(found.measured),
    )


async def _wait(wiring: Wiring, analyser: Analyser, begun: _Begun, pending: Pending) -> None:
    async with wiring.database.transaction() as session:
        analysis = await _still(session, begun)
        if analysis is not None:
            analysis.wait(pending.reference)
            pause = timedelta(seconds=pending.after_seconds)
            await enqueue(session, job_of(analyser), analysis.id, after=pause)


async def _fail(wiring: Wiring, analyser: Analyser, begun: _Begun, failure: str, *, may_pass: bool) -> None:
    _log.warning("film not analysed", agent=analyser.name, reason=failure, may_pass=may_pass)
    async with wiring.database.transaction() as session:
        analysis = await _still(session, begun)
        if analysis is None:
            return
        analysis.failures += 1
        if not may_pass or analysis.failures >= _MOST_FAILURES:
            analysis.end(AnalysisState.FAILED, failure)
            return
        analysis.wait(analysis.reference)
        pause = _FIRST_PAUSE * _PAUSE_GROWTH ** (analysis.failures - 1)
        await enqueue(session, job_of(analyser), analysis.id, after=pause)


async def _still(session: AsyncSession, begun: _Begun) -> Analysis | None:
    """The analysis, locked, if the attempt is still the newest one."""
    analysis = await queries.analysis_to_change(session, begun.id)
    if analysis is None or analysis.attempts != begun.number or not analysis.is_under_way:
        return None
    return analysis


async def _end(wiring: Wiring, analysis_id: UUID, failure: str) -> None:
    async with wiring.database.transaction() as session:
        analysis = await queries.analysis_to_change(session, analysis_id)
        if analysis is not None and analysis.is_under_way:
            analysis.end(AnalysisState.FAILED, failure)
