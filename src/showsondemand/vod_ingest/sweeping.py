"""Removes what a process that died has left behind. What a row refers to is never touched."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
import uuid6

from showsondemand.shows import service as shows
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.incoming import remove_abandoned_films
from showsondemand.vod_ingest.models import UNDER_WAY, IngestJob
from showsondemand.vod_ingest.service import SOURCES
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
# Between storing a film and committing its row lie milliseconds; an hour is out of reach of any clock.
_SETTLED = timedelta(hours=1)


async def sweep(wiring: Wiring) -> None:
    """Removes films that never arrived whole, sources without a job, and media sets of lost attempts."""
    abandoned = await asyncio.to_thread(remove_abandoned_films, wiring.settings.data_folder)
    sources = await _sweep_sources(wiring)
    sets = await _sweep_media_sets(wiring)
    if abandoned or sources or sets:
        _log.info("swept", abandoned_films=abandoned, sources=sources, media_sets=sets)


async def _sweep_sources(wiring: Wiring) -> int:
    keys = dict(_by_job(await wiring.storage.keys(SOURCES)))
    known = await _jobs(wiring, keys)
    orphans = [key for job_id, key in keys.items() if job_id not in known and _is_settled(job_id)]
    for key in orphans:
        await wiring.storage.remove(key)
    return len(orphans)


async def _sweep_media_sets(wiring: Wiring) -> int:
    """A set goes when its job has ended, and no show plays it or could be restored to."""
    removed = 0
    for job_id, job_key in _by_job(await wiring.storage.keys(MEDIA_SETS)):
        job = (await _jobs(wiring, [job_id])).get(job_id)
        if not _is_settled(job_id) or (job is not None and job.state in UNDER_WAY):
            continue
        for key in await wiring.storage.keys(job_key):
            if not _is_settled_set(key):
                continue
            async with wiring.database.transaction() as session:
                wanted = await shows.plays_media_set(session, key)
            if not wanted:
                await wiring.storage.remove(key)
                removed += 1
    return removed


async def _jobs(wiring: Wiring, ids: Iterable[UUID]) -> dict[UUID, IngestJob]:
    async with wiring.database.transaction() as session:
        return await queries.jobs_with_ids(session, ids)


def _by_job(keys: Iterable[str]) -> Iterator[tuple[UUID, str]]:
    """Each key with the job that its last part names; what names none was not put there by us."""
    for key in keys:
        with suppress(ValueError):
            yield UUID(key.rpartition("/")[2]), key


def _is_settled_set(key: str) -> bool:
    """Whether the row that may refer to the set is there by now; attempts are numbered, other sets carry a UUIDv7."""
    try:
        return _is_settled(UUID(key.rpartition("/")[2]))
    except ValueError:
        return True


def _is_settled(job_id: UUID) -> bool:
    made_at = datetime.fromtimestamp(uuid6.UUID(str(job_id)).time / 1000, UTC)
    return datetime.now(UTC) - made_at > _SETTLED
