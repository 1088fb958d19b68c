"""Films that somebody else encodes: what is said of them travels along, and the hook hears of them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from showsondemand.assembly import build_wiring
from showsondemand.config import MediaSettings, Settings
from showsondemand.transcoder_settings import TranscoderKind, TranscoderSettings
from showsondemand.vod_ingest import events, ordering, overdue
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.wiring import Wiring
from vod_ingest.conftest import MEDIA_HOST, Ingest, Json, Ledger
from vod_ingest.ingested import change, in_the_app
from vod_ingest.told import aws


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"transcoding": TranscoderSettings(kind=TranscoderKind.EXTERNAL)})


@pytest.fixture
def wiring(wiring: Wiring, settings: Settings, migrated_database_url: str) -> Wiring:
    return replace(wiring, remote_transcoder=build_wiring(settings, migrated_database_url).remote_transcoder)


def order(client: TestClient, wiring: Wiring, job: Json) -> None:
    in_the_app(client, ordering.order_encoding, wiring, wiring.remote_transcoder, UUID(job["id"]))


@pytest.fixture
def job(client: TestClient, wiring: Wiring, ingest: Ingest, film: Path) -> Json:
    job = ingest.sent(film, title="Big Buck Bunny")
    order(client, wiring, job)
    return job


def done(guid: str, folder: str | None = None) -> Json:
    base = f"https://{MEDIA_HOST}/{folder or guid}/hls"
    return {"guid": guid, "workflowStatus": "Complete", "hlsUrl": f"{base}/film.m3u8", "sodTitle": "Not this"}


def test_what_is_to_be_known_of_a_film_is_laid_beside_it(ingest: Ingest, job: Json) -> None:
    folder = ingest.data / "media" / "sources" / job["id"]

    assert json.loads((folder / "film.json").read_text()) == {
        "srcVideo": f"sources/{job['id']}/film",
        "guid": f"{job['id']}-1",
        "frameCapture": True,
        "inputRotate": "AUTO",
        "sodTitle": "Big Buck Bunny",
    }
    assert (ingest.read(job)["state"], ingest.read(job)["attempts"]) == ("running", 1)


def test_words_about_it_move_the_job_and_make_the_show(ingest: Ingest, job: Json) -> None:
    progress = aws("mediaconvert_status_update")
    progress["detail"]["userMetadata"]["guid"] = f"{job['id']}-1"

    ingest.event(progress)
    under_way = ingest.read(job)
    receipt = ingest.event(done(f"{job['id']}-1")).json()

    assert (under_way["stage"], under_way["progress"]) == ("encoding", 0.41)
    [show] = ingest.shows()
    assert (show["id"], show["title"]) == (receipt["showId"], "Big Buck Bunny")
    assert ingest.read(job)["state"] == "completed"


@pytest.mark.parametrize("spelling", ["{0}", "{0}-1", "{0}-7", "%{1:02x}{2}-1"])
def test_the_folder_of_another_films_attempt_makes_no_show(
    client: TestClient, wiring: Wiring, ingest: Ingest, film: Path, ledger: Ledger, job: Json, spelling: str
) -> None:
    other = ingest.sent(film, title="Somebody else's")
    order(client, wiring, other)
    folder = spelling.format(other["id"], ord(other["id"][0]), other["id"][1:])

    told = ingest.event(done(f"{job['id']}-1", folder)).json()

    assert (told["status"], ingest.shows()) == ("ignored", [])
    assert "folder of another" in ledger()[0]["reason"]


def test_an_attempt_that_was_overtaken_makes_no_show(
    client: TestClient, wiring: Wiring, ingest: Ingest, job: Json
) -> None:
    ingest.asked(job, "cancel")
    ingest.asked(job, "retry")
    order(client, wiring, job)

    told = [ingest.event(done(f"{job['id']}-{attempt}")).json()["status"] for attempt in (1, 2)]

    assert told == ["ignored", "accepted"]
    assert len(ingest.shows()) == 1


def test_a_film_that_lies_on_a_host_that_is_not_listed_has_failed_at_once_until_it_is(
    client: TestClient, wiring: Wiring, ingest: Ingest, ledger: Ledger, job: Json
) -> None:
    elsewhere = json.loads(json.dumps(done(f"{job['id']}-1")).replace(MEDIA_HOST, "cdn.example.net"))
    ingest.event(json.loads(json.dumps(done(f"{job['id']}-7")).replace(MEDIA_HOST, "cdn.example.net")))
    # Neither another attempt's word nor the encoder's own, which names a bucket, says where it is played from.
    encoded = json.loads(
        json.dumps(aws("mediaconvert_complete_hls_dash")).replace("films-dest", "other-dest")
    )
    encoded["detail"]["userMetadata"]["guid"] = f"{job['id']}-1"
    ingest.event(encoded)
    assert ingest.read(job)["state"] == "running"

    told = ingest.event(elsewhere).json()

    assert (told["status"], ingest.shows()) == ("ignored", [])
    error = ingest.read(job)["error"]
    assert error["code"] == "foreign_media_host"
    assert "it lies on cdn.example.net, which MEDIA_HOSTS does not list" in error["detail"]
    listed = MediaSettings(media_hosts=("cdn.example.net",))
    mended = replace(wiring, settings=wiring.settings.model_copy(update={"media": listed}))
    signatures = client.app.state.event_desk.signatures  # type: ignore[attr-defined]  # it is a FastAPI
    in_the_app(client, events.replay_event, mended, UUID(ledger()[0]["id"]), signatures)
    assert (ingest.read(job)["state"], len(ingest.shows())) == ("completed", 1)


def test_a_film_of_which_nothing_is_heard_for_days_has_failed(
    client: TestClient, wiring: Wiring, ingest: Ingest, job: Json
) -> None:
    def age(row: IngestJob) -> None:
        row.ordered_at = row.heard_at = datetime.now(UTC) - timedelta(days=4)

    in_the_app(client, change, wiring, UUID(job["id"]), age)
    in_the_app(client, overdue.ask_about_silent, wiring, wiring.remote_transcoder)

    assert ingest.read(job)["error"]["code"] == "encoding_lost"
    assert ingest.event(done(f"{job['id']}-1")).json()["status"] == "accepted"
    assert ingest.read(job)["state"] == "completed"
