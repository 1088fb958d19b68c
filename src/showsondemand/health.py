"""Whether the process serves, whether its dependencies answer, and its figures for Prometheus."""

from typing import Literal

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from showsondemand.api_model import ApiModel
from showsondemand.dependencies import WiringDep
from showsondemand.errors import Unavailable, problems
from showsondemand.figures import Figures

router = APIRouter(tags=["operation"])


class DependencyDown(Unavailable):
    title = "A dependency does not answer"


class Health(ApiModel):
    status: Literal["ok"] = "ok"


class Readiness(ApiModel):
    """``cache`` is not needed to be ready: without it everything is right, only slower."""

    status: Literal["ok"] = "ok"
    database: Literal["ok"] = "ok"
    cache: Literal["ok", "down", "in memory"]


@router.get("/health/live")
async def live() -> Health:
    """The process serves."""
    return Health()


@router.get("/health/ready", responses=problems(DependencyDown))
async def ready(wiring: WiringDep) -> Readiness:
    """Everything that is needed to serve answers."""
    if not await wiring.database.answers():
        raise DependencyDown("database: PostgreSQL does not answer")
    redis = await wiring.cache.answers()
    return Readiness(cache="in memory" if redis is None else "ok" if redis else "down")


def metrics_router(registry: CollectorRegistry, figures: Figures) -> APIRouter:
    """``/metrics`` over ``registry``, which belongs to one app, with ``figures`` in it."""
    router = APIRouter(tags=["operation"])

    @router.get("/metrics", response_class=Response)
    async def metrics() -> Response:
        """Figures in Prometheus' text format."""
        await figures.refresh()
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return router
