"""Removes uploads whose time is over, and parts of which no upload knows any more."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import uuid6

from showsondemand.vod_ingest import upload_queries
from showsondemand.vod_ingest.models import SOURCES
from showsondemand.vod_ingest.upload_models import UploadState
from showsondemand.vod_ingest.uploads import remove_film
from showsondemand.wiring import Wiring

# Between storing something and committing its row lie milliseconds; an hour is out of reach of any clock.
_SETTLED = timedelta(hours=1)


async def sweep_uploads(wiring: Wiring) -> int:
    """How many were removed. The film of a completed upload stays: it is its job's."""
    async with wiring.database.transaction() as session:
        expired = await upload_queries.expired_uploads(session, datetime.now(UTC))
        for upload in expired:
            await session.delete(upload)
    unfinished = [upload for upload in expired if upload.state != UploadState.COMPLETED]
    for upload in unfinished:
        await remove_film(wiring, upload)
    return len(unfinished) + await _sweep_arrivals(wiring)


async def known_uploads(wiring: Wiring, ids: Iterable[UUID]) -> set[UUID]:
    """Those of ``ids`` that are uploads: what lies in the storage for one is not litter."""
    async with wiring.database.transaction() as session:
        return await upload_queries.known_ids(session, ids)


def is_settled(made_id: UUID) -> bool:
    """Whether what got this id (UUIDv7) was begun so long ago that its row is there, or never will be."""
    made_at = datetime.fromtimestamp(uuid6.UUID(str(made_id)).time / 1000, UTC)
    return datetime.now(UTC) - made_at > _SETTLED


async def _sweep_arrivals(wiring: Wiring) -> int:
    """Parts whose upload was completed, dropped or never written down, by a process that died over it."""
    arrivals = {UUID(each.key.split("/")[1]): each for each in await wiring.storage.parts.under_way(SOURCES)}
    async with wiring.database.transaction() as session:
        wanted = await upload_queries.receiving_ids(session, arrivals)
    lost = [each for made_id, each in arrivals.items() if made_id not in wanted and is_settled(made_id)]
    for arrival in lost:
        await wiring.storage.parts.drop(arrival)
    return len(lost)
