"""What Prometheus reads of a worker: how its jobs ended and how long they took, on a port of its own."""

from collections.abc import Mapping
from time import perf_counter
from uuid import UUID

import structlog
from pgqueuer.domain.errors import RetryRequested
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)

from showsondemand.jobs import Handler

_log = structlog.get_logger(__name__)
_SECONDS = (0.05, 0.25, 1, 5, 15, 60, 300, 900, 3600, 14_400, float("inf"))


class WorkerFigures:
    """Counts what ``observed`` handlers do."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._ended = Counter(
            "sod_jobs_ended", "Jobs by how they ended.", ("kind", "outcome"), registry=self.registry
        )
        self._seconds = Histogram(
            "sod_job_seconds", "How long each took.", ("kind",), buckets=_SECONDS, registry=self.registry
        )
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)

    def observed(self, handlers: Mapping[str, Handler]) -> dict[str, Handler]:
        """``handlers``, each counted."""
        return {name: self._observing(name, handler) for name, handler in handlers.items()}

    def serve(self, port: int) -> None:
        """Answers on ``port`` from a thread. A port that somebody else has stops no job from being done."""
        try:
            start_http_server(port, registry=self.registry)
        except OSError as error:
            _log.warning("no figures of this worker", port=port, reason=error.strerror)

    def _observing(self, name: str, handler: Handler) -> Handler:
        async def observed(subject: UUID) -> None:
            began = perf_counter()
            outcome = "broken off"
            try:
                await handler(subject)
                outcome = "done"
            except RetryRequested:
                outcome = "put off"
                raise
            finally:
                self._ended.labels(name, outcome).inc()
                self._seconds.labels(name).observe(perf_counter() - began)

        return observed
