"""Films that MediaConvert encodes: followed by events, asked about where they are lost."""

import random
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from mediaconvert_double import Job, MediaConvertDouble
from showsondemand.transcoder_settings import LadderKind
from vod_ingest.conftest import Ingest, Json
from vod_ingest.mediaconvert.scene import Elsewhere

ROLE = "arn:aws:iam::123456789012:role/films"


def test_a_film_is_ordered_and_followed_until_it_is_a_show_that_plays(
    client: TestClient, ingest: Ingest, mediaconvert: MediaConvertDouble, job: Json, encoding: Job
) -> None:
    mediaconvert.begin(encoding, 41)
    ingest.event(mediaconvert.event(encoding, "STATUS_UPDATE", seconds=10))
    under_way = ingest.read(job)
    mediaconvert.finish(encoding)
    answer = ingest.event(mediaconvert.event(encoding, seconds=20))

    assert (under_way["state"], under_way["stage"], under_way["progress"]) == ("running", "encoding", 0.41)
    assert ingest.read(job)["state"] == "completed"
    [show] = ingest.shows()
    assert (show["id"], show["title"], show["state"]) == (
        answer.json()["showId"],
        "Big Buck Bunny",
        "in_review",
    )
    assert (show["durationSeconds"], show["height"]) == (5.083, 720)
    assert [each["height"] for each in show["renditions"]] == [720, 480, 360, 240]
    playback = client.post(f"/shows/{show['id']}/playback", headers=ingest.editor.headers).json()
    urls = [playback["hlsURL"], playback["dashURL"], playback["storyboardURL"], show["posterURL"]]
    answers = [client.get(url) for url in urls]
    assert [each.status_code for each in answers] == [200] * 4
    assert show["posterURL"].endswith("/frame_poster.0000001.jpg")
    picture = playback["storyboardURL"].replace("storyboard.vtt", "frame_small.0000004.jpg")
    assert client.get(picture).status_code == 200


@pytest.mark.parametrize("ladder", [LadderKind.AUTOMATED])
def test_a_film_whose_ladder_was_chosen_there_says_which_it_got(
    ingest: Ingest, mediaconvert: MediaConvertDouble, encoding: Job
) -> None:
    mediaconvert.finish(encoding)

    ingest.event(mediaconvert.event(encoding))

    [show] = ingest.shows()
    assert [each["height"] for each in show["renditions"]] == [720, 360]


@pytest.mark.parametrize("seed", range(3))
def test_events_that_come_late_twice_in_any_order_or_never_make_the_same_show(
    ingest: Ingest,
    elsewhere: Elsewhere,
    mediaconvert: MediaConvertDouble,
    job: Json,
    encoding: Job,
    seed: int,
) -> None:
    chance = random.Random(seed)
    mediaconvert.begin(encoding, 80)
    events = [mediaconvert.event(encoding, "PROGRESSING", seconds=1)]
    events += [mediaconvert.event(encoding, "STATUS_UPDATE", seconds=10 * number) for number in range(1, 6)]
    mediaconvert.finish(encoding)
    events += [
        mediaconvert.event(encoding, seconds=60),
        mediaconvert.event(encoding, "INPUT_INFORMATION", seconds=2),
    ]
    posted = [event for event in events * 2 if chance.random() < 0.6]
    chance.shuffle(posted)

    answers = [ingest.event(event) for event in posted]
    if ingest.read(job)["state"] != "completed":
        elsewhere.ask(job)

    assert {answer.status_code for answer in answers} <= {202}
    assert ingest.read(job)["state"] == "completed"
    assert len(ingest.shows()) == 1


def test_a_job_of_which_nothing_is_heard_is_asked_about(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, job: Json, encoding: Job
) -> None:
    mediaconvert.begin(encoding, 30)
    heard_lately = elsewhere.ask(job, silent=timedelta(minutes=1))
    under_way = elsewhere.ask(job)
    mediaconvert.finish(encoding)
    done = elsewhere.ask(job)
    late = ingest.event(mediaconvert.event(encoding, seconds=86_400)).json()

    assert heard_lately["progress"] == 0
    assert (under_way["stage"], under_way["progress"]) == ("encoding", 0.3)
    [show] = ingest.shows()
    assert (done["state"], late["showId"]) == ("completed", show["id"])
    assert (show["durationSeconds"], show["height"]) == (5.083, 720)
    assert show["hlsSrcVideoURL"].endswith("/stream.m3u8")
    assert show["dashSrcVideoURL"].endswith("/stream.mpd")
    assert show["posterURL"].endswith("/frame_poster.0000001.jpg")
    assert len(show["renditions"]) == 4


@pytest.mark.parametrize(("code", "state"), [(1010, "failed"), (1550, "queued")])
def test_an_encoding_that_failed_unheard_is_found_out(
    elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, job: Json, encoding: Job, code: int, state: str
) -> None:
    mediaconvert.fail(encoding, code, "It did not work")

    assert elsewhere.ask(job)["state"] == state


def test_an_encoding_that_says_it_is_done_and_left_nothing_has_failed(
    elsewhere: Elsewhere, job: Json, encoding: Job
) -> None:
    encoding.status = "COMPLETE"

    assert elsewhere.ask(job)["error"]["code"] == "incomplete"
