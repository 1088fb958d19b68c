"""Prometheus itself with the files of deploy/monitoring: it reads the service, and calls somebody when it should."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx

from fault_proxy import Mood, proxy_to_database
from house_rules.source_tree import REPOSITORY
from server_fixtures import Server, eventually, free_port, installed, new_server

MONITORING = REPOSITORY / "deploy" / "monitoring"


@contextmanager
def prometheus_reading(server: Server, folder: Path) -> Iterator[httpx.Client]:
    """Prometheus with our own configuration, only hurried, and with ``server`` where the container would be."""
    shutil.copytree(MONITORING, folder)
    config = folder / "prometheus.yml"
    said = config.read_text(encoding="utf-8").replace("app:8000", server.url.removeprefix("http://"))
    config.write_text(said.replace("15s", "1s"), encoding="utf-8")
    rules = folder / "alerts.yml"
    rules.write_text(re.sub(r"for: \d+m", "for: 1s", rules.read_text(encoding="utf-8")), encoding="utf-8")
    listen = f"127.0.0.1:{free_port()}"
    command = [
        installed("prometheus"),
        f"--config.file={config}",
        f"--storage.tsdb.path={folder / 'readings'}",
        f"--web.listen-address={listen}",
    ]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as running,
        httpx.Client(base_url=f"http://{listen}/api/v1") as client,
    ):
        try:
            eventually(lambda: _answers(client), seconds=30, otherwise=(folder / "log").read_text)
            yield client
        finally:
            running.terminate()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/targets").status_code == 200
    except httpx.HTTPError:
        return False


def asked(prometheus: httpx.Client, query: str) -> list[dict[str, Any]]:
    answer = prometheus.get("/query", params={"query": query}).json()
    assert answer["status"] == "success", (query, answer)
    found: list[dict[str, Any]] = answer["data"]["result"]
    return found


def firing(prometheus: httpx.Client) -> set[str]:
    alerts = prometheus.get("/alerts").json()["data"]["alerts"]
    return {each["labels"]["alertname"] for each in alerts if each["state"] == "firing"}


def test_each_rule_calls_somebody_when_it_should_and_nobody_otherwise() -> None:
    promtool = installed("promtool")
    for what in (["check", "config", "prometheus.yml"], ["test", "rules", "alerts_test.yml"]):
        told = subprocess.run([promtool, *what], cwd=MONITORING, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
    rules = set(re.findall(r"alert: (\w+)", (MONITORING / "alerts.yml").read_text(encoding="utf-8")))
    cases = (MONITORING / "alerts_test.yml").read_text(encoding="utf-8")
    quiet = set(re.findall(r"alertname: (\w+), exp_alerts: \[\]", cases))
    called = set(re.findall(r"alertname: (\w+)\n\s+exp_alerts:\n\s+- exp_labels", cases))
    assert rules == quiet == called


def test_the_service_is_read_and_somebody_is_called_when_its_database_falls_silent(
    tmp_path: Path, migrated_database_url: str
) -> None:
    dashboard = json.loads((MONITORING / "grafana-dashboard.json").read_text(encoding="utf-8"))
    panels = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    with ExitStack() as stack:
        network, database_url = stack.enter_context(proxy_to_database(migrated_database_url))
        server = new_server(tmp_path, DATABASE_URL=database_url)
        server.start("--no-worker")
        stack.callback(server.kill)
        prometheus = stack.enter_context(prometheus_reading(server, tmp_path / "prometheus"))

        eventually(lambda: asked(prometheus, 'up{job="showsondemand"} == 1') != [], seconds=30)
        eventually(lambda: asked(prometheus, "sod_database_up == 1") != [], seconds=30)
        for query in panels:
            asked(prometheus, query.replace("$__rate_interval", "1m"))
        assert asked(prometheus, 'sod_ingest_jobs{state="failed"}')[0]["value"][1] == "0"
        assert firing(prometheus) & {"ServiceAway", "DatabaseAway"} == set()

        network.be(Mood.SILENT)

        eventually(lambda: "DatabaseAway" in firing(prometheus), seconds=60)
