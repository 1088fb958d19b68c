"""What Prometheus reads besides requests: the queue, films, events, cache, storage and the process itself.

Numbers that all processes share (queue, films, events) come from the database at the moment of reading, so that each
replica says the same; nothing is counted twice as long as they are not added up.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from showsondemand.database import DatabaseAway
from showsondemand.jobs import Queue, queues
from showsondemand.vod_ingest.figures import IngestFigures, ingest_figures
from showsondemand.wiring import Wiring

# Whoever asks more often is told the same: a query for each reading must not be a way to keep the database busy.
_FRESH_SECONDS = 5.0


@dataclass(frozen=True)
class _Read:
    queues: list[Queue]
    ingest: IngestFigures


class Figures(Collector):
    """To be refreshed before the registry is read, because the database is asked asynchronously."""

    def __init__(self, wiring: Wiring, registry: CollectorRegistry) -> None:
        self._wiring = wiring
        self._read: _Read | None = None
        self._fresh_until = 0.0
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        registry.register(self)

    async def refresh(self) -> None:
        if monotonic() < self._fresh_until:
            return
        self._fresh_until = monotonic() + _FRESH_SECONDS
        try:
            async with self._wiring.database.transaction() as session:
                self._read = _Read(await queues(session), await ingest_figures(session))
        except DatabaseAway:
            self._read = None

    def describe(self) -> Iterable[Metric]:
        """None by themselves: the registry would ask for values that nobody has read yet."""
        return ()

    def collect(self) -> Iterator[Metric]:
        found = self._wiring.cache.found
        answers = CounterMetricFamily(
            "sod_cache_answers", "Answers by where they came from.", labels=["source"]
        )
        for source, count in found.items():
            answers.add_metric([source], count)
        yield answers
        yield GaugeMetricFamily(
            "sod_database_connections",
            "In use by this process.",
            value=self._wiring.database.connections_in_use,
        )
        yield GaugeMetricFamily(
            "sod_database_up", "Whether it answered.", value=float(self._read is not None)
        )
        yield from self._space()
        if self._read is not None:
            yield from _of_queues(self._read.queues)
            yield from _of_films(self._read.ingest)

    def _space(self) -> Iterator[Metric]:
        folder = self._wiring.settings.data_folder
        if folder.exists():
            usage = shutil.disk_usage(folder)
            yield GaugeMetricFamily("sod_data_size_bytes", "Of the disk of DATA_DIR.", value=usage.total)
            yield GaugeMetricFamily("sod_data_free_bytes", "Left of it.", value=usage.free)


def _of_queues(found: list[Queue]) -> Iterator[Metric]:
    yield _by(
        "sod_queue_waiting", "Jobs that could begin.", "kind", {each.job: each.waiting for each in found}
    )
    yield _by(
        "sod_queue_oldest_seconds",
        "How long the oldest of them waits.",
        "kind",
        {each.job: each.oldest_seconds for each in found},
    )
    yield _by("sod_queue_running", "Jobs under way.", "kind", {each.job: each.running for each in found})


def _of_films(found: IngestFigures) -> Iterator[Metric]:
    yield _by("sod_ingest_jobs", "Films under way, and ended within a day.", "state", found.jobs)
    yield _by("sod_events", "Events of the last hour by what became of them.", "status", found.events)
    if found.slowest_speed is not None:
        yield GaugeMetricFamily(
            "sod_transcode_slowest_speed", "Film seconds a second, of what runs.", value=found.slowest_speed
        )


def _by(name: str, said: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, said, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family
