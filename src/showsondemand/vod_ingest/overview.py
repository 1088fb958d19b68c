"""The house in numbers for the staff's first page, counted now and then and kept in between."""

import shutil
from datetime import UTC, datetime

from showsondemand.cache import Loaded
from showsondemand.shows import service as shows
from showsondemand.shows.states import ShowState
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.models import JobState
from showsondemand.vod_ingest.overview_schemas import DayCount, Overview, Queue, Space
from showsondemand.wiring import Wiring

_DAYS = 14
# Counting a million shows takes a tenth of a second: once in a while for all of the staff together.
_KEPT_SECONDS = 20.0


async def overview(wiring: Wiring) -> bytes:
    """The numbers as JSON, at most a few moments old."""
    return (await wiring.cache.remember("overview", lambda: _counted(wiring))).body


async def _counted(wiring: Wiring) -> Loaded:
    async with wiring.database.transaction() as session:
        library = await shows.library_in_numbers(session, days=_DAYS)
        by_state = await queries.counts_of_jobs(session)
        queued_since = await queries.longest_queued(session)
        film_bytes = await queries.bytes_of_films(session)
    told = Overview(
        counted_at=datetime.now(UTC),
        shows={state: library.by_state.get(state, 0) for state in ShowState},
        in_review_since=library.in_review_since,
        jobs=Queue(
            queued=by_state.get(JobState.QUEUED, 0),
            running=by_state.get(JobState.RUNNING, 0),
            failed=by_state.get(JobState.FAILED, 0),
            queued_since=queued_since,
        ),
        film_bytes=film_bytes,
        disk=None if wiring.settings.storage.bucket else _disk(wiring),
        added=[DayCount(day=day, shows=count) for day, count in sorted(library.made.items())],
    )
    return Loaded(told.model_dump_json(by_alias=True).encode(), _KEPT_SECONDS)


def _disk(wiring: Wiring) -> Space | None:
    try:
        usage = shutil.disk_usage(wiring.settings.data_folder)
    except OSError:  # nothing has been kept yet
        return None
    return Space(total_bytes=usage.total, free_bytes=usage.free)
