"""How jobs fare, told to whoever follows them: server-sent events, from one query a second for all followers."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from uuid import UUID

from showsondemand.database import Database, DatabaseAway
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.errors import TooManyStreams
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob
from showsondemand.vod_ingest.presentation import detail_of

MOST_STREAMS = 5  # of one session: docs/security.md, limits
_LOOK_EVERY_SECONDS = 1.0
# Proxies take a connection on which nothing comes for a minute for a dead one.
_HEARTBEAT_SECONDS = 15.0


class JobWatch:
    """Looks at the jobs that somebody follows; at none when nobody does. One a process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followers: Counter[UUID] = Counter()
        self._streams: Counter[UUID] = Counter()
        self._seen: dict[UUID, IngestJob] = {}
        self._looked = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._ending = False

    def refuse_one_more(self, session_id: UUID) -> None:
        """Raises ``TooManyStreams``."""
        if self._streams[session_id] >= MOST_STREAMS:
            raise TooManyStreams(f"{MOST_STREAMS} streams are the most.", headers={"Retry-After": "10"})

    @contextmanager
    def following(self, job: IngestJob, session_id: UUID) -> Iterator[None]:
        """Keeps an eye on ``job`` inside the block."""
        self._followers[job.id] += 1
        self._streams[session_id] += 1
        self._seen[job.id] = job  # just read: what the last look saw may have been tried again since
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_on(), name="job watch")
        try:
            yield
        finally:
            _one_less(self._followers, job.id)
            _one_less(self._streams, session_id)

    def seen(self, job_id: UUID) -> IngestJob | None:
        """The job as it was at the last look; ``None`` when it is gone."""
        return self._seen.get(job_id)

    async def next_look(self) -> bool:
        """Waits for it. False when there is none any more: the process ends."""
        if not self._ending:
            await self._looked.wait()
        return not self._ending

    def end_streams(self) -> None:
        """Lets go of all followers, who come again to whoever serves next."""
        self._ending = True
        self._looked.set()

    async def close(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def _look_on(self) -> None:
        while self._followers and not self._ending:
            with suppress(DatabaseAway):  # followers keep what they know, and the connection
                await self._look(set(self._followers))
            looked, self._looked = self._looked, asyncio.Event()
            looked.set()
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
        self._seen = {}

    async def _look(self, asked: set[UUID]) -> None:
        async with self._database.reading() as session:
            found = await queries.jobs_with_ids(session, asked)
        came_meanwhile = {
            job_id: job for job_id, job in self._seen.items() if job_id in self._followers.keys() - asked
        }
        self._seen = came_meanwhile | found


async def job_events(
    watch: JobWatch,
    job: IngestJob,
    session_id: UUID,
    *,
    last_event_id: str | None,
    may_still: Callable[[], Awaitable[bool]],
) -> AsyncIterator[str]:
    """The job's states from now on, each once, but for the one that ``last_event_id`` names.

    Ends with the job, with whatever ``may_still`` watches over, and when the job is gone.
    """
    told, quiet_since = last_event_id, monotonic()
    with watch.following(job, session_id):
        while (seen := watch.seen(job.id)) is not None:
            if event_id(seen) != told:
                told, quiet_since = event_id(seen), monotonic()
                yield _event(seen)
            elif monotonic() - quiet_since > _HEARTBEAT_SECONDS:
                quiet_since = monotonic()
                yield ": nothing new\n\n"
            if seen.state not in UNDER_WAY:
                return
            if not await watch.next_look() or not await may_still():
                return


def event_id(job: IngestJob) -> str:
    """Names what a follower has been told, so that a connection made anew goes on from there."""
    return f"{job.attempts}-{job.state}-{job.stage or ''}-{round(job.progress * 1000)}"


def _event(job: IngestJob) -> str:
    kind = "progress" if job.state in UNDER_WAY else "ended"
    return f"id: {event_id(job)}\nevent: {kind}\ndata: {detail_of(job).model_dump_json()}\n\n"


def _one_less(counter: Counter[UUID], key: UUID) -> None:
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]
