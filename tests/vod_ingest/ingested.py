"""Jobs in the states that a test needs, without a worker or a film."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from fastapi.testclient import TestClient
from sqlalchemy import text
from uuid6 import uuid7

from showsondemand.vod_ingest import queries, service
from showsondemand.vod_ingest.attempts import Attempt, begin_attempt
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.wiring import Wiring

T = TypeVar("T")


def in_the_app(client: TestClient, action: Callable[..., Awaitable[T]], *arguments: object) -> T:
    """Runs ``action`` on the running app's own event loop."""
    assert client.portal
    return client.portal.call(action, *arguments)


async def new_job(wiring: Wiring, owner_id: UUID | None = None, name: str = "film.mp4") -> UUID:
    film = service.StoredFilm(uuid7(), 1, "0" * 64)
    async with wiring.database.transaction() as session:
        return (await service.add_job(session, film, service.Label(name), owner_id=owner_id)).id


async def begun(wiring: Wiring, job_id: UUID) -> Attempt | None:
    async with wiring.database.transaction() as session:
        return await begin_attempt(session, job_id)


async def change(wiring: Wiring, job_id: UUID, alter: Callable[[IngestJob], Any]) -> None:
    async with wiring.database.transaction() as session:
        alter(await queries.job_to_change(session, job_id))


async def take_next(wiring: Wiring) -> UUID | None:
    """Takes the job out of the queue that a worker would take next."""
    statement = text(
        "DELETE FROM pgqueuer WHERE id = (SELECT id FROM pgqueuer WHERE entrypoint = 'transcode_film'"
        " AND status = 'queued' AND execute_after <= now() ORDER BY priority DESC, id LIMIT 1) RETURNING payload"
    )
    async with wiring.database.transaction() as session:
        payload = await session.scalar(statement)
    return UUID(payload.decode()) if payload else None
