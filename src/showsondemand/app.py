"""The one ASGI app: every context's router under one roof."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from prometheus_client import CollectorRegistry

from showsondemand import api_docs, health
from showsondemand.admin.analyses.endpoints import router as analyses
from showsondemand.admin.artwork_endpoints import router as artwork
from showsondemand.admin.audit_endpoints import router as audit
from showsondemand.admin.endpoints import router as admin
from showsondemand.admin.history_endpoints import router as history
from showsondemand.admin.notifications.endpoints import router as notifications
from showsondemand.admin.review_endpoints import router as reviews
from showsondemand.admin.staff_endpoints import router as staff
from showsondemand.admin.stream_tests.endpoints import router as stream_tests
from showsondemand.api_description import describe
from showsondemand.auth.routing import router as auth
from showsondemand.config import Settings
from showsondemand.figures import Figures
from showsondemand.middleware import (
    BodyLimit,
    HostGate,
    RequestLog,
    RequestMetrics,
    SecurityHeaders,
    host_rule,
    security_headers,
)
from showsondemand.problem_handlers import install_problem_handlers
from showsondemand.shows.browsing_endpoints import router as browsing
from showsondemand.shows.endpoints import router as shows
from showsondemand.shows.front_page import FrontPage
from showsondemand.shows.hot_answers import HotAnswers, Surroundings
from showsondemand.shows.media import Media
from showsondemand.tracing import Tracing
from showsondemand.users.endpoints import router as users
from showsondemand.users.watching_endpoints import router as watching
from showsondemand.users.watchlist_endpoints import router as watchlist
from showsondemand.vod_ingest.analysis_endpoints import router as analysing
from showsondemand.vod_ingest.backlog import work_off_backlog
from showsondemand.vod_ingest.endpoints import router as vod_ingest
from showsondemand.vod_ingest.event_desk import EventDesk
from showsondemand.vod_ingest.event_endpoints import router as events
from showsondemand.vod_ingest.job_endpoints import router as jobs
from showsondemand.vod_ingest.job_events import JobWatch
from showsondemand.vod_ingest.ledger_batches import LedgerBatches
from showsondemand.vod_ingest.overview_endpoints import router as overview
from showsondemand.vod_ingest.sns_signatures import SnsSignatures
from showsondemand.vod_ingest.upload_endpoints import router as uploads
from showsondemand.web_client import WebClient, built_client_folder
from showsondemand.wiring import Wiring

_DESCRIPTION = """
A streaming service of one's own: films in, shows out.

Errors are `application/problem+json` (RFC 9457). Lists are paged by an opaque `cursor`. Times are RFC 3339 in UTC.
"""


def _operation_id(route: APIRoute) -> str:
    """The endpoint function's own name: what generated clients call the operation."""
    return route.name


# Of one process's apps, all use these: FastAPI looks at each endpoint's parameters once an inclusion.
_ROUTES = APIRouter(generate_unique_id_function=_operation_id)
for _router in (
    auth,
    users,
    watching,
    watchlist,
    browsing,
    history,
    shows,
    admin,
    artwork,
    reviews,
    analyses,
    analysing,
    stream_tests,
    notifications,
    staff,
    audit,
    overview,
    jobs,
    uploads,
    vod_ingest,
    events,
    api_docs.router,
):
    _ROUTES.include_router(_router)


def create_app(wiring: Wiring, tracing: Tracing | None = None) -> FastAPI:
    """The app over ``wiring``, which it starts and closes. Nothing is connected to before it starts."""
    job_watch = JobWatch(wiring.database)
    desk = EventDesk(SnsSignatures(wiring.fetcher), LedgerBatches(wiring.database))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await wiring.start()
        backlog = asyncio.create_task(work_off_backlog(wiring, desk), name="event backlog")
        try:
            yield
        finally:
            backlog.cancel()
            with suppress(asyncio.CancelledError):
                await backlog
            await job_watch.close()
            await wiring.close()

    app = FastAPI(
        title="Shows on Demand",
        description=_DESCRIPTION,
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    app.state.wiring = wiring
    app.state.job_watch = job_watch
    app.state.event_desk = desk
    install_problem_handlers(app)
    registry = CollectorRegistry()
    app.state.metrics = metrics = RequestMetrics(registry)
    _add_routes(app, wiring, registry)
    _add_middleware(app, wiring, metrics, tracing)
    describe(app)
    return app


def _add_routes(app: FastAPI, wiring: Wiring, registry: CollectorRegistry) -> None:
    """The web client comes last: it takes every path that nobody else has."""
    app.router.routes.extend(_ROUTES.routes)
    app.include_router(health.health_router(health.StorageWatch(wiring.storage)))
    app.include_router(health.metrics_router(registry, Figures(wiring, registry)))
    app.mount("/media", Media(wiring))
    client = WebClient(
        built_client_folder(), media_origins=_media_origins(wiring.settings), head_of=FrontPage(wiring)
    )
    app.mount("/", client)


def _add_middleware(app: FastAPI, wiring: Wiring, metrics: RequestMetrics, tracing: Tracing | None) -> None:
    """The last added is the outermost."""
    settings = wiring.settings
    https = settings.public_base_url.scheme == "https"
    app.add_middleware(BodyLimit)
    app.add_middleware(HostGate, allowed_hosts=settings.security.allowed_hosts)
    app.add_middleware(SecurityHeaders, https=https)
    app.add_middleware(RequestLog, metrics=metrics)
    if tracing is not None:
        app.add_middleware(tracing.requests)
    around = Surroundings(
        security_headers(https=https),
        host_rule(settings.security.allowed_hosts),
        metrics.noting,
    )
    app.add_middleware(HotAnswers, wiring=wiring, surroundings=around)


def _media_origins(settings: Settings) -> list[str]:
    """Where pictures and streams may come from besides this service, and the parts of films go to."""
    hosts = [*(f"https://{host}" for host in settings.media.media_hosts), *settings.storage.origins]
    cdn = settings.media.cdn_origin
    return [*hosts, cdn] if cdn else hosts
