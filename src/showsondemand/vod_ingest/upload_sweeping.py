"""Removes uploads whose time is over, and parts of which no upload knows any more."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

import uuid6

from showsondemand.adapters.storage.port import Arrival
from showsondemand.vod_ingest import upload_queries
from showsondemand.vod_ingest.models import SOURCES
from showsondemand.vod_ingest.upload_models import UploadState
from showsondemand.vod_ingest.uploads import remove_film
from showsondemand.wiring import Wiring

# From an id to its row lie hours where a large film goes to a bucket over a slow line; and a clock may be off by an
# hour, or by a time zone.
_SETTLED = timedelta(days=1)


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
    age = datetime.now(UTC) - datetime.fromtimestamp(uuid6.UUID(str(made_id)).time / 1000, UTC)
    return age > _SETTLED


async def _sweep_arrivals(wiring: Wiring) -> int:
    """Parts whose upload was completed, dropped or never written down, by a process that died over it."""
    arrivals = dict(_by_id(await wiring.storage.parts.under_way(SOURCES)))
    async with wiring.database.transaction() as session:
        wanted = await upload_queries.receiving_ids(session, arrivals)
    lost = [arrival for made_id, arrival in arrivals.items() if made_id not in wanted and is_settled(made_id)]
    for arrival in lost:
        await wiring.storage.parts.drop(arrival)
    return len(lost)


def _by_id(arrivals: Iterable[Arrival]) -> Iterator[tuple[UUID, Arrival]]:
    """Each arrival with the id in its key; what has none was not begun by us."""
    for arrival in arrivals:
        with suppress(ValueError):
            yield UUID(arrival.key.split("/")[1]), arrival
