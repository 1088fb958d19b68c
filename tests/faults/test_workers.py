"""Workers that are killed, stopped, put to sleep or told to end in the middle of a film."""

from pathlib import Path

import psutil
import pytest

from faults.conftest import (
    PATIENCE_SECONDS,
    Begin,
    Json,
    Scene,
    encoders_below,
    lookers_below,
    wait_until_gone,
    worker_of,
)
from server_fixtures import eventually, new_server

pytestmark = pytest.mark.slow


def test_a_worker_killed_over_a_film_leaves_no_encoder_and_the_film_is_done_all_the_same(
    scene: Scene,
) -> None:
    job_id = scene.send_and_wait_until_it_is_encoded()
    worker = scene.worker()
    encoders = encoders_below(worker)
    assert encoders

    worker.kill()

    wait_until_gone([worker, *encoders])
    job = scene.wait_until_done(job_id)
    assert (job["state"], job["attempts"]) == ("completed", 2)
    assert [show["id"] for show in scene.shows()] == [job["showId"]]
    assert scene.media_sets(job_id) == ["2"]
    eventually(lambda: scene.files("work") == [], seconds=PATIENCE_SECONDS)


def test_a_worker_killed_over_a_look_at_a_film_leaves_one_review_of_it_all_the_same(scene: Scene) -> None:
    job_id = scene.send()
    worker = scene.worker()
    eventually(lambda: bool(lookers_below(worker)), seconds=PATIENCE_SECONDS, otherwise=scene.log)
    lookers = lookers_below(worker)

    worker.kill()

    wait_until_gone([worker, *lookers])
    show_id = scene.job(job_id)["showId"]

    def of_show(what: str) -> list[Json]:
        items: list[Json] = scene.admin.get(f"/shows/{show_id}/{what}").raise_for_status().json()["items"]
        return items

    eventually(
        lambda: [each["state"] for each in of_show("analyses")] == ["completed"],
        seconds=PATIENCE_SECONDS,
        otherwise=scene.log,
    )
    assert [each["reviewer"]["name"] for each in of_show("reviews")] == ["technical"]
    assert [each["state"] for each in scene.shows()] == ["in_review"]
    eventually(lambda: scene.files("work") == [], seconds=PATIENCE_SECONDS)


def test_a_service_told_to_end_over_a_film_takes_it_up_again_when_it_starts(scene: Scene) -> None:
    job_id = scene.send_and_wait_until_it_is_encoded()
    encoders = encoders_below(psutil.Process(scene.server.process.pid))
    assert encoders

    scene.server.stop()

    wait_until_gone(encoders)
    assert scene.files("work") == []
    scene.server.start()
    job = scene.wait_until_done(job_id)
    assert (job["state"], job["attempts"]) == ("completed", 2)
    assert len(scene.shows()) == 1


def test_cancelling_a_film_that_is_encoded_ends_the_encoder_and_the_worker_goes_on(scene: Scene) -> None:
    job_id = scene.send_and_wait_until_it_is_encoded()
    encoders = encoders_below(scene.worker())
    assert encoders

    scene.admin.post(f"/ingest/jobs/{job_id}/cancel").raise_for_status()

    wait_until_gone(encoders)
    eventually(lambda: scene.files("work") == [], seconds=PATIENCE_SECONDS)
    assert scene.job(job_id)["state"] == "cancelled"
    assert scene.media_sets(job_id) == []
    scene.admin.post(f"/ingest/jobs/{job_id}/retry").raise_for_status()
    assert scene.wait_until_done(job_id)["state"] == "completed"
    assert len(scene.shows()) == 1


def test_a_worker_that_slept_through_its_heartbeat_is_refused_when_it_wakes_up(
    scene_of: Begin, tmp_path: Path, migrated_database_url: str
) -> None:
    server = new_server(tmp_path, DATABASE_URL=migrated_database_url)
    scene = scene_of(server, "--no-worker")
    with worker_of(server, tmp_path / "sleeper.log") as sleeper:
        job_id = scene.send_and_wait_until_it_is_encoded()
        sleeper.suspend()

        with worker_of(server, tmp_path / "other.log"):
            job = scene.wait_until_done(job_id)
        sleeper.resume()

        eventually(
            lambda: "attempt superseded" in (tmp_path / "sleeper.log").read_text(), seconds=PATIENCE_SECONDS
        )
        wait_until_gone(encoders_below(sleeper))
    assert (job["state"], job["attempts"]) == ("completed", 2)
    assert scene.job(job_id) == job
    assert len(scene.shows()) == 1
    assert scene.media_sets(job_id) == ["2"]
