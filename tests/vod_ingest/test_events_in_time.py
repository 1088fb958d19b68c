"""Words about one encoding come late, early, twice and from several sides: the last state is right all the same."""

import json
from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from uuid6 import uuid7

from people import People
from showsondemand.vod_ingest import service
from showsondemand.vod_ingest.events import apply_parked_events
from showsondemand.wiring import Wiring
from vod_ingest.conftest import MEDIA_HOST, Ingest, Json, Ledger
from vod_ingest.ingested import begun, in_the_app, new_job
from vod_ingest.told import aws

MOMENT = 1_762_251_000_000


def word(guid: object, status: str, seconds: int = 0, **more: Any) -> Json:
    """A job event of MediaConvert about ``guid``, told so many seconds after the first."""
    event = deepcopy(
        aws("mediaconvert_complete_hls_dash" if status == "COMPLETE" else "mediaconvert_progressing")
    )
    event["id"] = str(uuid4())
    metadata = {"guid": str(guid), "workflow": "films", **more.pop("metadata", {})}
    told = {"status": status, "timestamp": MOMENT + seconds * 1000, "userMetadata": metadata}
    event["detail"].update(told | more)
    return event


def percent(guid: object, seconds: int, percent: int, **more: Any) -> Json:
    progress = {"jobPercentComplete": percent, "currentPhase": "TRANSCODING"}
    return word(guid, "STATUS_UPDATE", seconds, jobProgress=progress, **more)


@pytest.fixture
def job(client: TestClient, wiring: Wiring) -> Json:
    """A job whose first attempt is under way."""
    job_id = in_the_app(client, new_job, wiring)
    in_the_app(client, begun, wiring, job_id)
    return {"id": str(job_id)}


def statuses(ingest: Ingest, *events: Json) -> list[str]:
    return [ingest.event(event).json()["status"] for event in events]


def test_progress_moves_the_bar_of_a_job_and_never_back(ingest: Ingest, job: Json) -> None:
    told = statuses(
        ingest, percent(job["id"], 20, 41), percent(job["id"], 10, 12), word(job["id"], "PROGRESSING", 0)
    )

    read = ingest.read(job)
    assert told == ["accepted", "ignored", "ignored"]
    assert (read["state"], read["stage"], read["progress"]) == ("running", "encoding", 0.41)


@pytest.mark.parametrize("late", ["PROGRESSING", "STATUS_UPDATE", "ERROR", "CANCELED", "INPUT_INFORMATION"])
def test_a_video_that_is_done_stays_done(ingest: Ingest, job: Json, late: str) -> None:
    told = statuses(ingest, word(job["id"], "COMPLETE", 10), word(job["id"], late, 20))

    read = ingest.read(job)
    assert told == ["accepted", "ignored"]
    assert (read["state"], read["progress"]) == ("completed", 1.0)
    assert [show["state"] for show in ingest.shows()] == ["in_review"]


def test_an_error_ends_a_job_with_its_code_and_a_late_video_is_taken_all_the_same(
    ingest: Ingest, job: Json
) -> None:
    error = word(job["id"], "ERROR", 10, errorCode=1404, errorMessage="No such object")

    assert statuses(ingest, error) == ["accepted"]
    failed = ingest.read(job)
    assert statuses(ingest, percent(job["id"], 20, 50), word(job["id"], "COMPLETE", 30)) == [
        "ignored",
        "accepted",
    ]

    assert (failed["state"], failed["error"]) == (
        "failed",
        {"code": "mediaconvert_1404", "detail": "No such object"},
    )
    assert ingest.read(job)["state"] == "completed"


def test_a_fault_of_the_service_has_the_film_tried_again(ingest: Ingest, job: Json) -> None:
    ingest.event(word(job["id"], "ERROR", 10, errorCode=1550, errorMessage="Acceleration fault"))

    assert ingest.read(job)["state"] == "queued"


def test_a_cancelled_job_is_not_brought_back(ingest: Ingest, job: Json) -> None:
    told = statuses(ingest, word(job["id"], "CANCELED", 10), word(job["id"], "COMPLETE", 20))

    assert told == ["accepted", "ignored"]
    assert ingest.read(job)["state"] == "cancelled"
    assert ingest.shows() == []


def test_words_about_an_attempt_that_was_overtaken_are_passed_over(
    client: TestClient, wiring: Wiring, ingest: Ingest, job: Json
) -> None:
    in_the_app(client, begun, wiring, UUID(job["id"]))
    old, new = {"metadata": {"sodAttempt": "1"}}, {"metadata": {"sodAttempt": "2"}}

    told = statuses(
        ingest,
        percent(job["id"], 10, 90, **deepcopy(old)),
        word(job["id"], "ERROR", 20, **deepcopy(old)),
        word(job["id"], "COMPLETE", 30, **deepcopy(old)),
        percent(job["id"], 5, 7, **deepcopy(new)),
    )

    assert told == ["ignored", "ignored", "ignored", "accepted"]
    assert (ingest.read(job)["state"], ingest.read(job)["progress"]) == ("running", 0.07)


def test_words_about_a_job_that_is_not_known_yet_wait_for_it_and_are_taken_in_order(
    client: TestClient, wiring: Wiring, ingest: Ingest, ledger: Ledger
) -> None:
    job_id = uuid7()
    early = statuses(
        ingest, percent(job_id, 20, 60), percent(job_id, 10, 30), word(job_id, "INPUT_INFORMATION", 15)
    )
    waiting = ledger(status="parked")

    async def add() -> None:
        film = service.StoredFilm(job_id, 1, "0" * 64)
        async with wiring.database.transaction() as session:
            await service.add_job(session, film, service.Label("film.mp4"), owner_id=None)

    in_the_app(client, add)
    in_the_app(client, apply_parked_events, wiring, job_id)

    assert early == ["accepted", "accepted", "ignored"]
    assert len(waiting) == 2
    assert ingest.read({"id": job_id})["progress"] == 0.6
    assert ledger(status="parked") == []
    assert len(ledger(status="accepted")) == 2


def test_what_waited_for_a_video_without_a_job_is_settled_by_it(ingest: Ingest, ledger: Ledger) -> None:
    guid = str(uuid4())
    error = word(guid, "ERROR", 20, errorCode=1999, errorMessage="unknown")

    told = statuses(ingest, error, percent(guid, 10, 5), word(guid, "COMPLETE", 5), percent(guid, 30, 99))

    assert told == ["accepted", "accepted", "accepted", "ignored"]
    [show] = ingest.shows()
    assert ledger(status="parked") == []
    assert {event["showId"] for event in ledger()} == {show["id"]}


def test_what_one_event_leaves_out_another_fills_in(ingest: Ingest) -> None:
    guid, done = str(uuid4()), aws("mediaconvert_complete_hls_dash")
    hls, dash, pictures = (deepcopy(group) for group in done["detail"]["outputGroupDetails"])
    bare = {
        "guid": guid,
        "workflowStatus": "Complete",
        "hlsUrl": f"https://{MEDIA_HOST}/a/hls/testvid.m3u8",
        "endTime": "2025-11-04T10:21:09.703Z",
    }

    told = statuses(
        ingest,
        bare,
        word(guid, "COMPLETE", 1, outputGroupDetails=[hls]),
        word(guid, "COMPLETE", 2, outputGroupDetails=[hls, dash, pictures]),
    )

    [show] = ingest.shows()
    assert told == ["accepted"] * 3
    assert show["hlsSrcVideoURL"] == bare["hlsUrl"]
    assert show["dashSrcVideoURL"].endswith("/dash/testvid.mpd")
    assert show["posterURL"].endswith("_thumb.0000119.jpg")
    assert (show["durationSeconds"], show["height"], len(show["renditions"])) == (596.48, 1080, 5)
    assert show["state"] == "in_review"


def test_a_late_event_sends_no_approved_show_back_to_review(
    client: TestClient, ingest: Ingest, people: People
) -> None:
    guid, done = str(uuid4()), aws("mediaconvert_complete_hls_dash")
    hls, dash, pictures = (deepcopy(group) for group in done["detail"]["outputGroupDetails"])
    ingest.event(word(guid, "COMPLETE", 1, outputGroupDetails=[hls]))
    [show] = ingest.shows()
    approval = client.post(
        f"/shows/{show['id']}/reviews", json={"verdict": "approve"}, headers=people.reviewer().headers
    )
    assert approval.status_code == 201

    ingest.event(word(guid, "COMPLETE", 2, outputGroupDetails=[hls, dash, pictures]))

    [show] = ingest.shows()
    assert (show["state"], show["dashSrcVideoURL"]) == ("available", None)
    assert show["posterURL"].endswith("_thumb.0000119.jpg")


def test_media_in_the_folder_of_another_video_make_no_show(ingest: Ingest, job: Json, ledger: Ledger) -> None:
    theirs = aws("mediaconvert_complete_hls_dash")
    mine = word(str(uuid4()), "COMPLETE", 5)
    ours = deepcopy(theirs) | {"id": str(uuid4())}
    ours["detail"]["userMetadata"]["guid"] = str(uuid4())
    for group in ours["detail"]["outputGroupDetails"]:
        group["playlistFilePaths"] = [
            path.replace("a1c8e2d4-6f70-4b92-8d34-5e6f7a8b9c01", job["id"])
            for path in group.get("playlistFilePaths", ())
        ]

    told = statuses(ingest, theirs, mine, ours)

    assert told == ["accepted", "ignored", "ignored"]
    assert len(ingest.shows()) == 1
    assert all("folder of another" in event["reason"] for event in ledger(status="ignored"))


def test_a_list_of_messages_is_taken_one_by_one(ingest: Ingest, ledger: Ledger) -> None:
    guids = [str(uuid4()) for _ in range(3)]
    batch: list[Json] = []
    for guid in guids:
        event = word(guid, "COMPLETE", 1)
        for group in event["detail"]["outputGroupDetails"]:
            group["playlistFilePaths"] = [
                path.replace("a1c8e2d4-6f70-4b92-8d34-5e6f7a8b9c01", guid)
                for path in group.get("playlistFilePaths", ())
            ]
        batch.append({"messageId": str(uuid4()), "body": event})
    batch.append({"no": "event"})

    first, again = ingest.event(batch), ingest.event(batch)

    assert (first.status_code, first.json()["status"]) == (202, "accepted")
    assert (again.status_code, again.json()["status"]) == (202, "duplicate")
    assert len(ingest.shows()) == 3
    assert len(ledger(status="unreadable")) == 1
    assert ingest.event([{"no": "event"}]).status_code == 422


def test_what_travelled_through_the_solution_is_said_of_the_show(ingest: Ingest) -> None:
    message = {
        "guid": str(uuid4()),
        "workflowStatus": "Complete",
        "hlsUrl": f"https://{MEDIA_HOST}/a/my first show.m3u8",
        "sodTitle": "Big Buck Bunny",
        "sodGenres": ["Animation"],
        "sodReleaseYear": "soon",
        "sodTenantId": "t1",
    }

    ingest.event(message)

    [show] = ingest.shows()
    assert (show["title"], show["genres"], show["releaseYear"]) == ("Big Buck Bunny", ["Animation"], None)
    assert show["hlsSrcVideoURL"] == f"https://{MEDIA_HOST}/a/my%20first%20show.m3u8"
    assert show["dashSrcVideoURL"] is None


@pytest.mark.parametrize(
    "said",
    [
        {"sodTitle": 5},
        {"sodTitle": True},
        {"sodTitle": ["a"]},
        {"sodTitle": "nul\x00"},
        {"sodTitle": "\ud800"},
        {"sodTitle": "  "},
        {"sodAvailableFrom": "2031-01-01T00:00:00Z", "sodAvailableUntil": "2030-01-01T00:00:00Z"},
    ],
)
def test_what_was_said_of_it_in_a_way_that_cannot_be_read_costs_no_film(ingest: Ingest, said: Json) -> None:
    message = {
        "guid": str(uuid4()),
        "workflowStatus": "Complete",
        "hlsUrl": f"https://{MEDIA_HOST}/a/film.m3u8",
        "srcVideo": "films/Big Buck Bunny.mp4",
        **said,
    }

    answer = ingest.event(json.dumps(message).encode())

    assert (answer.status_code, answer.json()["status"]) == (202, "accepted")
    [show] = ingest.shows()
    assert (show["title"], show["availableUntil"]) == ("Big Buck Bunny", None)
