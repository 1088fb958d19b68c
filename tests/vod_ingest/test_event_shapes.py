"""What AWS tells by MediaConvert and S3 of how a video goes."""

import json
from copy import deepcopy

import pytest

from showsondemand.vod_ingest.event_shapes.places import web_url
from showsondemand.vod_ingest.event_shapes.told import EncodingEnded, EncodingProgress
from vod_ingest.shapes import (
    BUCKET,
    CDN,
    COMPLETE,
    GUID,
    OBJECT,
    PUBLISHED,
    Json,
    changed,
    completed,
    mediaconvert,
    read,
)
from vod_ingest.told import aws


def cmaf_group(*playlists: str) -> Json:
    sizes = [
        {"widthInPx": 640, "heightInPx": 360, "averageBitrate": 900_000},
        {"widthInPx": 1080, "heightInPx": 1920},
    ]
    outputs = [{"durationInMs": 4_000, "videoDetails": size} for size in sizes]
    return {
        "type": "CMAF_GROUP",
        "playlistFilePaths": list(playlists),
        "outputDetails": [*outputs, {"durationInMs": 4_500}],
    }


def test_a_cmaf_group_has_both_playlists_in_whatever_order() -> None:
    paths = [f"{BUCKET}/{GUID}/cmaf/film.mpd", f"{BUCKET}/{GUID}/cmaf/film.m3u8", f"{BUCKET}/x/more.m3u8"]

    for order in (paths, [paths[1], paths[2], paths[0]]):
        told = completed(changed(COMPLETE, outputGroupDetails=[cmaf_group(*order)]))

        assert told.hls_url == f"{CDN}/{GUID}/cmaf/film.m3u8"
        assert told.dash_url == f"{CDN}/{GUID}/cmaf/film.mpd"
        assert (told.duration_seconds, told.width, told.height) == (4.5, 1080, 1920)
        assert [each["height"] for each in told.renditions] == [360]


def test_a_job_without_dash_has_hls_and_one_with_files_alone_has_nothing_to_play() -> None:
    hls, _, files = COMPLETE["detail"]["outputGroupDetails"]
    nothing = read(changed(COMPLETE, outputGroupDetails=[files]))

    told = completed(changed(COMPLETE, outputGroupDetails=[files, hls]))

    assert told.hls_url is not None
    assert told.dash_url is None
    assert nothing.told is None
    assert nothing.reason


def test_of_two_groups_the_last_counts_and_one_of_its_own_kind_before_one_of_both() -> None:
    hls = COMPLETE["detail"]["outputGroupDetails"][0]
    again = deepcopy(hls) | {"playlistFilePaths": [f"{BUCKET}/{GUID}/hls/again.m3u8"]}
    both = cmaf_group(f"{BUCKET}/{GUID}/cmaf/a.m3u8", f"{BUCKET}/{GUID}/cmaf/a.mpd")

    told = completed(changed(COMPLETE, outputGroupDetails=[hls, again, both]))

    assert told.hls_url == f"{CDN}/{GUID}/hls/again.m3u8"
    assert told.dash_url == f"{CDN}/{GUID}/cmaf/a.mpd"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("my first show", "my%20first%20show"),
        ("Été à l'ouest", "%C3%89t%C3%A9%20%C3%A0%20l%27ouest"),
        ("what? #1 & 100%", "what%3F%20%231%20%26%20100%25"),
        ("a%20b", "a%2520b"),
        ("a+b", "a%2Bb"),
    ],
)
def test_keys_are_plain_text_and_addresses_are_encoded(name: str, written: str) -> None:
    event = json.loads(json.dumps(COMPLETE).replace("/testvid.m3u8", f"/{name}.m3u8"))
    carried = json.loads(json.dumps(OBJECT).replace("/testvid.m3u8", f"/{name}.m3u8"))

    assert completed(event).hls_url == f"{CDN}/{GUID}/hls/{written}.m3u8"
    assert completed(event).title == name
    assert completed(carried).hls_url == f"{CDN}/{GUID}/hls/{written}.m3u8"


def test_an_address_that_is_encoded_already_stays_as_it_is() -> None:
    assert web_url("https://a.example/my%20film.m3u8") == "https://a.example/my%20film.m3u8"
    assert web_url("https://a.example/my film 100%20.m3u8") == "https://a.example/my%20film%20100%2520.m3u8"


def test_what_lies_in_our_own_storage_is_ours_and_has_an_earlier_picture() -> None:
    event = json.loads(json.dumps(COMPLETE).replace(f"{BUCKET}/{GUID}", f"s3://ours/prefix/videos/{GUID}/1"))

    told = completed(event)

    base = f"https://shows.example.org/media/videos/{GUID}/1"
    assert told.hls_url == f"{base}/hls/testvid.m3u8"
    assert told.poster_url == f"{base}/thumbnails/testvid_thumb.0000023.jpg"
    assert told.bucket_hosts == ()


@pytest.mark.parametrize("gone", ["timestamp", "warnings", "paddingInserted", "queue", "accountId", "jobId"])
def test_what_nobody_needs_may_be_missing(gone: str) -> None:
    event = deepcopy(COMPLETE)
    event["detail"].pop(gone, None)

    event["detail"]["userMetadata"]["of somebody else"] = 5
    assert completed(event | {"new-key": [1], "replay-name": "again"}).duration_seconds == 596.48


def test_numbers_that_make_no_sense_count_as_not_told() -> None:
    event = deepcopy(COMPLETE)
    for group in event["detail"]["outputGroupDetails"]:
        for output in group["outputDetails"]:
            output["durationInMs"] = -1
            output["videoDetails"] = {"widthInPx": 0, "heightInPx": "many", "averageBitrate": 0}

    told = completed(event)

    assert (told.duration_seconds, told.width, told.renditions) == (None, None, [])


def test_progress_is_a_stage_and_a_fraction() -> None:
    told = read(aws("mediaconvert_status_update"))

    assert told.told == EncodingProgress("encoding", 0.41)
    assert told.told_at is not None
    assert told.told_at.timestamp() == 1_762_251_482.412
    assert read(aws("mediaconvert_progressing")).told == EncodingProgress()
    assert read(mediaconvert("STATUS_UPDATE", framesDecoded=7)).told == EncodingProgress()
    beyond = {"jobPercentComplete": 250, "currentPhase": "UPLOADING"}
    assert read(mediaconvert("STATUS_UPDATE", jobProgress=beyond)).told == EncodingProgress("storing", 1.0)


def test_an_error_and_a_cancellation_end_an_encoding() -> None:
    failed, passing = read(aws("mediaconvert_error")).told, read(mediaconvert("ERROR", errorCode=1550)).told
    cancelled = read(mediaconvert("CANCELED")).told

    assert isinstance(failed, EncodingEnded)
    assert (failed.ending, failed.code, failed.may_pass) == ("failed", "mediaconvert_1404", False)
    assert failed.detail.startswith("Unable to open input file")
    assert isinstance(passing, EncodingEnded)
    assert passing.may_pass
    assert isinstance(cancelled, EncodingEnded)
    assert cancelled.ending == "cancelled"


@pytest.mark.parametrize(
    "event",
    [
        mediaconvert("SUBMITTED"),
        mediaconvert("NEW_WARNING", warningCode="270000", warningMessage="S3 slowed the writes"),
        mediaconvert("QUEUE_HOP", previousQueue="q", priority=1, previousPriority=0),
        mediaconvert("INPUT_INFORMATION", inputDetails=[{"id": 1, "uri": "s3://a/b", "audio": [], "video": []}]),
        mediaconvert("SOMETHING_NEW"),
        mediaconvert("COMPLETE", userMetadata={}),
        mediaconvert("COMPLETE", userMetadata={"application": "of somebody else"}),
        changed(PUBLISHED, status="RUNNING", output=None, stopDate=None),
        changed(PUBLISHED, status="PENDING_REDRIVE"),
        changed(PUBLISHED, stateMachineArn="arn:aws:states:us-east-1:1:stateMachine:films-ingest", output='"success"'),
        changed(PUBLISHED, stateMachineArn="arn:aws:states:us-east-1:1:stateMachine:films-process"),
        {"guid": GUID, "status": "Ingest", "srcVideo": "testvid.mp4"},
        {"workflowStatus": "Error", "workflowErrorAt": "step-functions", "errorMessage": "no guid"},
        {"workflowStatus": "Ingest", "guid": GUID},
        aws("s3_object_created"),
        aws("s3_object_created") | {"detail-type": "Object Tags Added", "detail": {}},
    ],
)  # fmt: skip
def test_what_changes_nothing_is_read_with_a_reason(event: Json) -> None:
    found = read(event)

    assert found.told is None
    assert found.reason


def test_an_upload_that_s3_has_seen_is_named_with_its_size() -> None:
    reason = read(aws("s3_object_created")).reason

    assert reason == "524288000 bytes arrived at s3://films-source71e471f1-1abcd2efgh3i/testvid.mp4"
