"""The completion hook: told at least once, in any order, by whoever holds the key."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.config import MediaSettings
from showsondemand.wiring import Wiring
from vod_ingest.conftest import MEDIA_HOST, Ingest, Ledger
from vod_ingest.told import aws, completed


def test_a_completed_video_becomes_a_show_in_review(ingest: Ingest) -> None:
    event = completed(
        title=" Sintel ",
        durationSeconds=888.5,
        width=1920,
        height=1080,
        renditions=[{"width": 1920, "height": 1080, "bitrate": 5_000_000, "codecs": "avc1.640028"}],
        captions=[{"language": "en", "label": "English", "url": f"https://{MEDIA_HOST}/en.vtt"}],
        posterUrl=f"https://{MEDIA_HOST}/poster.jpg",
    )

    answer = ingest.event(event)

    assert answer.status_code == 202
    [show] = ingest.shows()
    assert answer.json() == {"status": "accepted", "eventId": event["id"], "showId": show["id"]}
    assert (show["title"], show["state"]) == ("Sintel", "in_review")
    assert (show["hlsSrcVideoURL"], show["dashSrcVideoURL"]) == (
        event["detail"]["hlsUrl"],
        event["detail"]["dashUrl"],
    )
    told = ("durationSeconds", "width", "height", "renditions", "captions")
    assert {name: show[name] for name in told} == {name: event["detail"][name] for name in told}


def test_a_job_of_mediaconvert_becomes_a_show(ingest: Ingest) -> None:
    event = aws("mediaconvert_complete_hls_dash")

    answer = ingest.event(event)

    [show] = ingest.shows()
    guid = event["detail"]["userMetadata"]["guid"]
    assert answer.json() == {"status": "accepted", "eventId": event["id"], "showId": show["id"]}
    assert (show["title"], show["state"], show["durationSeconds"]) == ("testvid", "in_review", 596.48)
    assert show["hlsSrcVideoURL"] == f"https://{MEDIA_HOST}/{guid}/hls/testvid.m3u8"
    assert show["dashSrcVideoURL"] == f"https://{MEDIA_HOST}/{guid}/dash/testvid.mpd"
    assert show["posterURL"] == f"https://{MEDIA_HOST}/{guid}/thumbnails/testvid_thumb.0000119.jpg"
    assert [each["height"] for each in show["renditions"]] == [1080, 720, 540, 360, 270]
    assert (show["width"], show["height"]) == (1920, 1080)


def test_an_event_counts_once(ingest: Ingest) -> None:
    event = completed()

    first, second = ingest.event(event).json(), ingest.event(event).json()

    assert (first["status"], second["status"]) == ("accepted", "duplicate")
    assert first["showId"] == second["showId"]
    assert len(ingest.shows()) == 1


def test_a_video_told_of_by_several_events_is_one_show(ingest: Ingest) -> None:
    guid = str(uuid4())

    receipts = [ingest.event(completed(guid=guid)).json() for _ in range(3)]

    assert {receipt["status"] for receipt in receipts} == {"accepted"}
    assert len({receipt["showId"] for receipt in receipts}) == 1
    assert len(ingest.shows()) == 1


def test_events_may_come_in_any_order(ingest: Ingest) -> None:
    done, progressing, error = (
        aws(f"mediaconvert_{name}") for name in ("complete_hls_dash", "progressing", "error")
    )
    error["detail"]["userMetadata"] = done["detail"]["userMetadata"]

    receipts = [ingest.event(event).json()["status"] for event in (error, done, progressing)]

    assert receipts == ["accepted", "accepted", "ignored"]
    assert [show["state"] for show in ingest.shows()] == ["in_review"]


def test_a_show_that_was_deleted_does_not_come_back_by_an_event(client: TestClient, ingest: Ingest) -> None:
    guid = str(uuid4())
    show_id = ingest.event(completed(guid=guid)).json()["showId"]
    client.delete(f"/shows/{show_id}", headers=ingest.editor.headers)

    again = ingest.event(completed(guid=guid)).json()

    assert again["showId"] == show_id
    assert ingest.shows() == []


def test_an_event_is_run_again_after_a_setting_was_mended(
    client: TestClient, wiring: Wiring, ingest: Ingest, people: People, ledger: Ledger
) -> None:
    ingest.event(completed(hlsUrl="https://cdn.example.net/a.m3u8"))
    admin, [kept] = people.admin(), ledger()
    mended = wiring.settings.model_copy(
        update={"media": MediaSettings(media_hosts=(MEDIA_HOST, "cdn.example.net"))}
    )
    client.app.state.wiring = replace(wiring, settings=mended)  # type: ignore[attr-defined]  # it is a FastAPI

    replayed = client.post(f"/ingest/events/{kept['id']}/replay", headers=admin.headers)

    assert replayed.status_code == 202
    assert (replayed.json()["status"], replayed.json()["reason"]) == ("accepted", None)
    assert [show["state"] for show in ingest.shows()] == ["in_review"]


@pytest.mark.parametrize(("listed", "status"), [((), "accepted"), (("cdn.example.net",), "ignored")])
def test_a_bucket_is_trusted_as_long_as_nobody_lists_hosts(
    client: TestClient, wiring: Wiring, ingest: Ingest, listed: tuple[str, ...], status: str
) -> None:
    settings = wiring.settings.model_copy(update={"media": MediaSettings(media_hosts=listed)})
    client.app.state.wiring = replace(wiring, settings=settings)  # type: ignore[attr-defined]  # it is a FastAPI

    told = ingest.event(aws("mediaconvert_complete_hls_dash"))

    assert told.json()["status"] == status
    hosts = {urlsplit(show["hlsSrcVideoURL"]).netloc for show in ingest.shows()}
    assert all(host.endswith(".s3.us-east-1.amazonaws.com") for host in hosts)
    assert len(hosts) == (status == "accepted")


def test_an_event_run_again_makes_no_second_show(
    client: TestClient, ingest: Ingest, people: People, ledger: Ledger
) -> None:
    ingest.event(completed())
    admin, [kept] = people.admin(), ledger()

    replayed = client.post(f"/ingest/events/{kept['id']}/replay", headers=admin.headers).json()

    assert replayed["showId"] == kept["showId"]
    assert len(ingest.shows()) == 1
    nowhere = client.post(f"/ingest/events/{uuid4()}/replay", headers=admin.headers)
    assert nowhere.status_code == 404


def test_the_ledger_is_for_admins_only(client: TestClient, people: People) -> None:
    headers = [{}, people.viewer().headers, people.editor().headers, people.admin().headers]
    replay = f"/ingest/events/{uuid4()}/replay"

    reads = [client.get("/ingest/events", headers=each).status_code for each in headers]
    replays = [client.post(replay, headers=each).status_code for each in headers]

    assert reads == [401, 403, 403, 200]
    assert replays == [401, 403, 403, 404]


def test_a_late_word_about_an_attempt_that_was_overtaken_is_passed_over(ingest: Ingest, film: Path) -> None:
    job = ingest.sent(film)

    early = ingest.event(completed(guid=job["id"], attempt=1)).json()

    assert early["status"] == "ignored"
    assert ingest.read(job)["state"] == "queued"
    assert ingest.shows() == []
