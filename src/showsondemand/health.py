"""Whether the process serves, whether its dependencies answer, and its figures for Prometheus."""

import asyncio
from time import monotonic
from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from showsondemand.adapters.storage.port import Storage, StorageAway
from showsondemand.api_model import ApiModel
from showsondemand.dependencies import WiringDep
from showsondemand.errors import Unavailable, problems
from showsondemand.figures import Figures

# Less than a health check waits for its answer (4 s in the Dockerfile), and often enough for one in ten seconds.
_STORAGE_SECONDS = 2.0
_STORAGE_KEPT_SECONDS = 5.0


class DependencyDown(Unavailable):
    title = "A dependency does not answer"


class Health(ApiModel):
    status: Literal["ok"] = "ok"


class Readiness(ApiModel):
    """``cache`` is not needed to be ready: without it everything is right, only slower."""

    status: Literal["ok"] = "ok"
    database: Literal["ok"] = "ok"
    storage: Literal["ok"] = "ok"
    cache: Literal["ok", "down", "in memory"]


class StorageWatch:
    """Whether ``storage`` can be written, asked at most once in five seconds, and by one asker at a time."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._asked: asyncio.Task[str | None] | None = None
        self._kept_until = 0.0

    async def fault(self) -> str | None:
        """What is wrong with it; ``None`` when nothing is."""
        if self._asked is None or (self._asked.done() and monotonic() >= self._kept_until):
            self._asked = asyncio.create_task(self._look())
        return await asyncio.shield(self._asked)

    async def _look(self) -> str | None:
        try:
            async with asyncio.timeout(_STORAGE_SECONDS):
                await self._storage.examine()
        except (StorageAway, TimeoutError) as error:
            return str(error) or "it does not answer"
        finally:
            self._kept_until = monotonic() + _STORAGE_KEPT_SECONDS
        return None


def health_router(storage: StorageWatch) -> APIRouter:
    """``/health``: of the process, and of what it needs."""
    router = APIRouter(tags=["operation"])

    @router.get("/health/live")
    async def live() -> Health:
        """The process serves."""
        return Health()

    @router.get("/health/ready", responses=problems(DependencyDown))
    async def ready(wiring: WiringDep) -> Readiness:
        """Everything that is needed to serve answers; the storage was asked within the last seconds."""
        database, storage_fault = await asyncio.gather(wiring.database.answers(), storage.fault())
        faults = [] if database else ["database: PostgreSQL does not answer"]
        if storage_fault is not None:
            faults.append(f"storage: {storage_fault}")
        if faults:
            raise DependencyDown("; ".join(faults))
        redis = await wiring.cache.answers()
        return Readiness(cache="in memory" if redis is None else "ok" if redis else "down")

    return router


def metrics_router(registry: CollectorRegistry, figures: Figures) -> APIRouter:
    """``/metrics`` over ``registry``, which belongs to one app, with ``figures`` in it."""
    router = APIRouter(tags=["operation"])

    @router.get("/metrics", response_class=Response)
    async def metrics() -> Response:
        """Figures in Prometheus' text format."""
        await figures.refresh()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
