"""What is watched: the numbers are there, are true, and are those that dashboard and alerts ask for."""

import asyncio
import json
import re
from dataclasses import replace
from uuid import uuid4

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from house_rules.source_tree import REPOSITORY
from people import People
from server_fixtures import free_port
from showsondemand.database import Database
from showsondemand.figures import Figures
from showsondemand.jobs import enqueue
from showsondemand.wiring import Wiring
from showsondemand.worker_figures import WorkerFigures

MONITORING = REPOSITORY / "deploy" / "monitoring"
OF_PROMETHEUS_ITSELF = {"up"}


def samples(text: str) -> dict[str, float]:
    """Each sample by its name and labels, as ``name{label=value}``."""
    return {
        f"{each.name}{{{','.join(f'{k}={v}' for k, v in sorted(each.labels.items()))}}}": each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


def names_asked_for(text: str) -> set[str]:
    return set(re.findall(r"\b(?:sod|process)_[a-z_]+\b|\bup\b(?=\{)", text))


def names_told(*texts: str) -> set[str]:
    return {name for text in texts for name in re.findall(r"^([a-z_]+)[ {]", text, re.MULTILINE)} | {
        family.name for text in texts for family in text_string_to_metric_families(text)
    }


async def put_in_queue(wiring: Wiring) -> None:
    async with wiring.database.transaction() as session:
        await enqueue(session, "send_mail", uuid4())


@pytest.fixture
def worker() -> WorkerFigures:
    """The figures of a worker that has done one job well and one badly."""
    worker = WorkerFigures()

    async def work(_subject: object) -> None:
        return

    async def fail(_subject: object) -> None:
        raise ValueError

    handlers = worker.observed({"well": work, "badly": fail})
    asyncio.run(handlers["well"](uuid4()))
    with pytest.raises(ValueError):  # noqa: PT011 - the very one
        asyncio.run(handlers["badly"](uuid4()))
    return worker


def test_requests_queue_cache_database_and_disk_are_told_of(client: TestClient, wiring: Wiring) -> None:
    assert client.portal
    wiring.settings.data_folder.mkdir(exist_ok=True)
    client.portal.call(put_in_queue, wiring)
    for _ in range(3):
        client.get("/shows")

    told = samples(client.get("/metrics").text)

    assert told["sod_http_requests_total{method=GET,route=/shows,status=200}"] == 3
    assert told["sod_cache_answers_total{source=database}"] == 2  # the list, and when the next window opens
    assert told["sod_cache_answers_total{source=process}"] == 2
    assert told["sod_queue_waiting{kind=send_mail}"] == 1
    assert 0 <= told["sod_queue_oldest_seconds{kind=send_mail}"] < 60
    assert told["sod_database_up{}"] == 1
    assert 0 < told["sod_data_free_bytes{}"] <= told["sod_data_size_bytes{}"]
    assert told["process_resident_memory_bytes{}"] > 0


def test_a_database_is_not_asked_for_each_reading(client: TestClient, wiring: Wiring) -> None:
    client.get("/metrics")
    assert client.portal
    client.portal.call(put_in_queue, wiring)

    told = samples(client.get("/metrics").text)

    assert "sod_queue_waiting{kind=send_mail}" not in told


async def test_with_the_database_away_the_rest_is_still_told(wiring: Wiring) -> None:
    away = Database(f"postgresql://nobody@127.0.0.1:{free_port()}/none", wiring.notices)
    registry = CollectorRegistry()
    told_anyway = Figures(replace(wiring, database=away), registry)

    await told_anyway.refresh()

    told = samples(generate_latest(registry).decode())
    assert told["sod_database_up{}"] == 0
    assert "sod_cache_answers_total{source=process}" in told
    await away.close()


def test_a_worker_tells_how_its_jobs_ended(worker: WorkerFigures) -> None:
    port = free_port()

    worker.serve(port)
    worker.serve(port)  # taken by now: said in the log, and no reason to do no jobs

    told = samples(httpx.get(f"http://127.0.0.1:{port}/metrics").text)
    assert told["sod_jobs_ended_total{kind=well,outcome=done}"] == 1
    assert told["sod_jobs_ended_total{kind=badly,outcome=broken off}"] == 1
    assert told["sod_job_seconds_count{kind=well}"] == 1


def test_no_number_has_a_label_that_prometheus_gives_itself(
    client: TestClient, wiring: Wiring, worker: WorkerFigures
) -> None:
    assert client.portal
    client.portal.call(put_in_queue, wiring)
    client.get("/shows")
    texts = client.get("/metrics").text, generate_latest(worker.registry).decode()

    labels = {
        label
        for text in texts
        for family in text_string_to_metric_families(text)
        for each in family.samples
        for label in each.labels
    }

    # Of what it reads, Prometheus calls these exported_job and exported_instance: no rule would find them.
    assert labels & {"job", "instance"} == set()
    assert {"kind", "route", "outcome"} <= labels


def test_dashboard_and_alerts_ask_for_numbers_that_are_there(
    client: TestClient, people: People, worker: WorkerFigures
) -> None:
    dashboard = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    asked = {target["expr"] for panel in dashboard["panels"] for target in panel["targets"]}
    rules = (MONITORING / "alerts.yml").read_text(encoding="utf-8")
    client.app.state.metrics.refused("idle")  # type: ignore[attr-defined]

    source = (REPOSITORY / "src" / "showsondemand" / "figures.py").read_text(encoding="utf-8")
    only_while_something_runs = set(re.findall(r'"(sod_[a-z_]+)"', source))
    told = names_told(client.get("/metrics").text, generate_latest(worker.registry).decode())

    wanted = names_asked_for(" ".join(asked)) | names_asked_for(rules)
    assert len(wanted) > 15
    assert wanted - told - only_while_something_runs - OF_PROMETHEUS_ITSELF == set()
