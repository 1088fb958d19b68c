"""A worker killed over a film at moments drawn by lot: the film is done in the end, once, and nothing is left over.

A few moments in each run of the tests, as many as SOAK_KILLS says in a long one (`make soak`).
"""

import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from uuid import UUID

import psutil
import pytest

from showsondemand.vod_ingest import upload_sweeping
from vod_ingest.attempt_process import attempt
from vod_ingest.conftest import Ingest, Json, MakeFilm
from vod_ingest.one_show import one_whole_show

KILLS = int(os.environ.get("SOAK_KILLS", "4"))
SEED = int(os.environ.get("SOAK_SEED", "20261126"))
PATIENCE_SECONDS = 60


@pytest.fixture
def begin(
    ingest: Ingest, migrated_database_url: str
) -> Callable[[Json], multiprocessing.process.BaseProcess]:
    """Begins an attempt at a job in a process that is warm: starting Python would be most of its life."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["vod_ingest.attempt_process"])

    def start(job: Json) -> multiprocessing.process.BaseProcess:
        process = context.Process(target=attempt, args=(ingest.data, migrated_database_url, UUID(job["id"])))
        process.start()
        return process

    return start


@pytest.mark.timeout(60 * KILLS)
def test_killed_at_any_moment_a_film_becomes_one_whole_show_and_leaves_no_litter(
    begin: Callable[[Json], multiprocessing.process.BaseProcess],
    ingest: Ingest,
    make_film: MakeFilm,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = Random(SEED)
    film = make_film(
        "tone.mp4", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2", "-f", "lavfi", "-i",
        "sine=duration=2", "-c:v", "libx264", "-preset", "ultrafast",
    )  # fmt: skip
    jobs = [ingest.sent(film)]
    begin(jobs[0]).join(PATIENCE_SECONDS)  # which also warms up what the others come from
    jobs.append(ingest.sent(film))
    began_at = time.monotonic()
    begin(jobs[1]).join(PATIENCE_SECONDS)
    whole_seconds = time.monotonic() - began_at

    for _ in range(KILLS):
        if ingest.read(jobs[-1])["state"] == "completed":
            jobs.append(ingest.sent(film))
        kill_at_some_moment(begin(jobs[-1]), chance.uniform(0, whole_seconds))
    ingest.work(jobs[-1])
    monkeypatch.setattr(upload_sweeping, "_SETTLED", timedelta(minutes=-1))
    ingest.sweep()

    one_whole_show(ingest, *map(ingest.read, jobs), seconds=2)


def kill_at_some_moment(running: multiprocessing.process.BaseProcess, seconds: float) -> None:
    """Kills a process after so long, unless it is done by then; what it started is gone with it."""
    running.join(seconds)
    with suppress(psutil.NoSuchProcess):
        below = psutil.Process(running.pid).children(recursive=True)
        running.kill()
        _, alive = psutil.wait_procs(below, timeout=PATIENCE_SECONDS)
        assert alive == []
    running.join()
