"""Removes what a process that died has left behind. What a row refers to is never touched."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

import structlog

from showsondemand.scratch import remove_abandoned_folders
from showsondemand.shows import service as shows
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.incoming import remove_abandoned_films
from showsondemand.vod_ingest.models import SOURCES, UNDER_WAY, IngestJob
from showsondemand.vod_ingest.upload_sweeping import is_settled, known_uploads, sweep_uploads
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)


async def sweep(wiring: Wiring) -> None:
    """Removes what never arrived whole, sources without a job, and what lost attempts have made."""
    data_folder = wiring.settings.data_folder
    abandoned = await asyncio.to_thread(remove_abandoned_films, data_folder)
    folders = await asyncio.to_thread(remove_abandoned_folders, data_folder)
    uploads = await sweep_uploads(wiring)
    sources = await _sweep_sources(wiring)
    sets = await _sweep_media_sets(wiring)
    removed = {
        "abandoned_films": abandoned,
        "abandoned_folders": folders,
        "uploads": uploads,
        "sources": sources,
        "media_sets": sets,
    }
    if any(removed.values()):
        _log.info("swept", **removed)


async def _sweep_sources(wiring: Wiring) -> int:
    keys = dict(_by_job(await wiring.storage.keys(SOURCES)))
    known = (await _jobs(wiring, keys)).keys() | await known_uploads(wiring, keys)
    orphans = [key for job_id, key in keys.items() if job_id not in known and is_settled(job_id)]
    for key in orphans:
        await wiring.storage.remove(key)
    return len(orphans)


async def _sweep_media_sets(wiring: Wiring) -> int:
    """A set goes when its job has ended, and no show plays it or could be restored to."""
    removed = 0
    for job_id, job_key in _by_job(await wiring.storage.keys(MEDIA_SETS)):
        keys = await wiring.storage.keys(job_key)
        # Asked after the listing: a set in it is then of an attempt that has ended, or is played by its show.
        job = (await _jobs(wiring, [job_id])).get(job_id)
        if not is_settled(job_id) or (job is not None and job.state in UNDER_WAY):
            continue
        for key in keys:
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
        return is_settled(UUID(key.rpartition("/")[2]))
    except ValueError:
        return True
