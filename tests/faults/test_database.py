"""PostgreSQL killed in the middle of everything: whoever asks is told to wait, and all goes on by itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import httpx
import psutil
import pytest

from faults.conftest import PATIENCE_SECONDS, Begin
from server_fixtures import ADMIN_PASSWORD, Server, eventually, new_server

pytestmark = pytest.mark.slow
ADDRESSES = ("/shows?sort=title", "/shows", "/health/ready", "/shows?state=all")
PERHAPS = (200, 503)


@contextmanager
def load(url: str, headers: dict[str, str]) -> Iterator[list[httpx.Response]]:
    """Asks all the time, from several sides; collects what was answered."""
    answers: list[httpx.Response] = []
    enough = Event()

    def ask(address: str) -> None:
        with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
            while not enough.wait(0.02):
                answers.append(client.get(address))

    threads = [Thread(target=ask, args=(address,)) for address in ADDRESSES]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def follow(events: str, headers: dict[str, str], follows: Event) -> list[str]:
    """The lines of a stream of events; ``follows`` is set with the first."""
    lines = []
    with httpx.stream("GET", events, headers=headers, timeout=PATIENCE_SECONDS) as answer:
        for line in answer.iter_lines():
            lines.append(line)
            follows.set()
    return lines


def postmaster(server: Server) -> psutil.Process:
    servers = [each for each in server.children("postgres") if each.name() == "postgres"]
    [first] = [each for each in servers if each.ppid() not in {other.pid for other in servers}]
    return first


def test_a_killed_database_is_waited_for_and_nothing_is_lost(scene_of: Begin, tmp_path: Path) -> None:
    scene = scene_of(new_server(tmp_path))
    headers = {"Authorization": str(scene.admin.headers["Authorization"])}
    job_id = scene.send_and_wait_until_it_is_encoded()
    follows = Event()
    events = f"{scene.server.url}/ingest/jobs/{job_id}/events"
    followed = ThreadPoolExecutor(1).submit(follow, events, headers, follows)
    assert follows.wait(PATIENCE_SECONDS)

    with load(scene.server.url, headers) as answers:
        killed = postmaster(scene.server)
        killed.kill()
        eventually(
            lambda: any(answer.status_code == 503 for answer in list(answers)), seconds=PATIENCE_SECONDS
        )
        eventually(scene.server.is_ready, seconds=PATIENCE_SECONDS, otherwise=scene.log)
        asked = len(answers)
        eventually(lambda: len(answers) > asked + 20, seconds=PATIENCE_SECONDS)
    last = answers[-4:]

    refused = [answer for answer in answers if answer.status_code not in PERHAPS]
    assert [(answer.url.path, answer.status_code, answer.text) for answer in refused] == []
    away = [answer for answer in answers if answer.status_code == 503]
    assert {answer.headers["Content-Type"] for answer in away} == {"application/problem+json"}
    assert all("Retry-After" in answer.headers for answer in away)
    assert {answer.status_code for answer in last} == {200}
    job = scene.wait_until_done(job_id)
    assert job["state"] == "completed"
    assert [show["id"] for show in scene.shows()] == [job["showId"]]
    assert "event: ended" in followed.result(PATIENCE_SECONDS)  # one stream, all the time
    assert "unexpected error" not in scene.log()


@dataclass
class Comings:
    """Somebody who signs in again and again; what was answered, and the tokens that were handed out."""

    email: str
    statuses: list[int] = field(default_factory=list)
    refreshed: list[int] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)

    def come(self, url: str, enough: Event) -> None:
        body = {"email": self.email, "password": ADMIN_PASSWORD}
        while not enough.wait(0.05):
            with httpx.Client(base_url=url, timeout=60) as client:
                answer = client.post("/auth/login", json=body)
                self.statuses.append(answer.status_code)
                if answer.status_code == 200:
                    self.tokens.append(answer.json()["accessToken"])
                    self.refreshed.append(client.post("/auth/refresh").status_code)


def test_signing_in_goes_on_after_a_killed_database_and_whoever_was_let_in_stays_in(tmp_path: Path) -> None:
    server = new_server(tmp_path)
    server.start("--no-worker")
    guests = [Comings(f"guest{number}@example.org") for number in range(3)]
    for guest in guests:
        account = {"email": guest.email, "password": ADMIN_PASSWORD}
        httpx.post(f"{server.url}/auth/register", json=account, timeout=60).raise_for_status()
    enough = Event()
    threads = [Thread(target=guest.come, args=(server.url, enough)) for guest in guests]
    for thread in threads:
        thread.start()

    def all_in(*, more: int) -> None:
        counts = [len(guest.tokens) for guest in guests]
        eventually(
            lambda: all(len(guest.tokens) >= each + more for guest, each in zip(guests, counts, strict=True)),
            seconds=PATIENCE_SECONDS,
        )

    try:
        all_in(more=2)
        postmaster(server).kill()
        eventually(lambda: any(503 in guest.statuses for guest in guests), seconds=PATIENCE_SECONDS)
        all_in(more=2)
    finally:
        enough.set()
        for thread in threads:
            thread.join()

    assert {status for guest in guests for status in guest.statuses} == {200, 503}
    assert {status for guest in guests for status in guest.refreshed} <= {200, 503}
    for guest in guests:
        for token in guest.tokens[-15:]:  # the oldest of more than twenty devices make room
            me = httpx.get(f"{server.url}/users/me", headers={"Authorization": f"Bearer {token}"}, timeout=60)
            assert (me.status_code, me.json()["email"]) == (200, guest.email)
    assert "unexpected error" not in server.log.read_text(encoding="utf-8")
    server.stop()
