"""What the AWS solution tells at the end of a video: by its machine, bare, by a queue and by a topic."""

import json

import pytest

from showsondemand.vod_ingest.event_shapes.sqs import letters_of
from showsondemand.vod_ingest.event_shapes.told import (
    EncodingEnded,
    SubscriptionOffered,
    UnknownShape,
    VideoCompleted,
)
from vod_ingest.shapes import (
    BUCKET,
    BUCKETS_ONLY,
    CDN,
    COMPLETE,
    GUID,
    OBJECT,
    PACKAGED,
    PUBLISHED,
    TRIMMED,
    Json,
    changed,
    completed,
    mediaconvert,
    read,
)
from vod_ingest.told import aws


@pytest.mark.parametrize("output", [TRIMMED, OBJECT])
def test_a_published_execution_is_the_video_with_what_the_encoder_said_of_it(output: Json) -> None:
    told = completed(changed(PUBLISHED, output=json.dumps(output)))
    unfolded = completed(changed(PUBLISHED, output=output))

    assert unfolded == told
    assert told.guid == GUID
    assert told.hls_url == f"{CDN}/{GUID}/hls/testvid.m3u8"
    assert told.dash_url == f"{CDN}/{GUID}/dash/testvid.mpd"
    assert told.poster_url == f"{CDN}/{GUID}/thumbnails/testvid_thumb.0000119.jpg"
    assert (told.title, told.duration_seconds, told.width, told.height) == ("testvid", 596.48, 1920, 1080)
    assert len(told.renditions) == 5


def test_a_packaged_video_plays_from_its_egress_endpoints() -> None:
    told = completed(
        changed(PUBLISHED, output=json.dumps(PACKAGED), input=None, inputDetails={"included": False})
    )

    assert (told.hls_url, told.dash_url) == (f"{CDN}/out/v1/a/index.m3u8", f"{CDN}/out/v1/b/index.mpd")
    assert (told.duration_seconds, told.width, told.height) == (None, 1920, 1080)


def test_where_the_output_was_cut_off_the_input_has_the_video() -> None:
    cut = {"output": None, "outputDetails": {"included": False}}

    told = completed(changed(PUBLISHED, **cut))
    neither = read(changed(PUBLISHED, **cut, input=None, inputDetails={"included": False}))

    assert told.hls_url == f"{CDN}/{GUID}/hls/testvid.m3u8"
    assert (neither.guid, neither.told) == (GUID, None)


@pytest.mark.parametrize("status", ["FAILED", "TIMED_OUT", "ABORTED"])
@pytest.mark.parametrize(
    ("error", "cause", "words"),
    [
        (None, None, ""),
        ("States.Timeout", None, "States.Timeout"),
        ("Error", json.dumps({"errorType": "E", "errorMessage": "no thumbnail", "trace": ["at /var"]}), "no thumbnail"),
        ("Error", "plain words", "plain words"),
    ],
)  # fmt: skip
def test_an_execution_that_ends_badly_ends_the_encoding(
    status: str, error: str | None, cause: str | None, words: str
) -> None:
    told = read(
        changed(PUBLISHED, status=status, output=None, outputDetails=None, error=error, cause=cause)
    ).told

    assert isinstance(told, EncodingEnded)
    assert told.code == f"publish_{status.lower()}"
    assert words in told.detail
    assert "/var" not in told.detail


def test_the_bare_object_is_known_by_its_content() -> None:
    laid_out_otherwise = json.loads(json.dumps(OBJECT, indent=2, sort_keys=True))

    first, again, other = (
        read(OBJECT),
        read(laid_out_otherwise),
        read(OBJECT | {"endTime": "2025-11-05T00:00:00Z"}),
    )

    assert first.event_id == again.event_id != other.event_id
    told = completed(OBJECT)
    assert (told.duration_seconds, len(told.renditions)) == (596.48, 5)


def test_without_the_encoders_event_the_media_info_tells_the_length() -> None:
    message = {key: value for key, value in OBJECT.items() if key != "encodingOutput"}

    assert completed(message).duration_seconds == 596.48
    assert completed(message | {"srcMediainfo": "{"}).duration_seconds is None


def test_metadata_of_ours_travels_through_the_solution() -> None:
    message = TRIMMED | {
        "sodTitle": "Big Buck Bunny",
        "sodGenres": ["Animation"],
        "sodReleaseYear": 2008,
        "archiveSource": True,
        "title": "not this one",
    }

    told = completed(message)

    assert told.title == "Big Buck Bunny"
    assert told.details == {"genres": ["Animation"], "releaseYear": 2008}
    assert completed(TRIMMED | {"title": "Bunny"}).title == "Bunny"


def test_cmaf_and_mp4_fields_of_the_object() -> None:
    without = {key: value for key, value in TRIMMED.items() if not key.startswith(("hls", "dash"))}
    cmaf = {
        "cmafHlsPlaylist": f"{BUCKET}/{GUID}/cmaf/a b.m3u8",
        "cmafHlsUrl": f"{CDN}/{GUID}/cmaf/a b.m3u8",
        "cmafDashPlaylist": f"{BUCKET}/{GUID}/cmaf/a b.mpd",
        "cmafDashUrl": f"{CDN}/{GUID}/cmaf/a b.mpd",
    }

    told = completed(without | cmaf)

    assert (told.hls_url, told.dash_url) == (f"{CDN}/{GUID}/cmaf/a%20b.m3u8", f"{CDN}/{GUID}/cmaf/a%20b.mpd")
    with pytest.raises(UnknownShape):
        read(without | {"mp4Outputs": [f"{BUCKET}/a.mp4"], "mp4Urls": [f"{CDN}/a.mp4"]})


def test_while_nobody_says_which_hosts_are_trusted_the_bucket_is_read() -> None:
    told = completed(OBJECT | {"hlsUrl": "https://evil.example.net/a.m3u8"}, BUCKETS_ONLY)

    host = "films-destination-7f3a9c21.s3.us-east-1.amazonaws.com"
    assert told.hls_url == f"https://{host}/{GUID}/hls/testvid.m3u8"
    assert told.bucket_hosts == (host,)


def record(message: object, number: int = 1) -> Json:
    return {
        "messageId": f"00000000-0000-4000-8000-{number:012}",
        "receiptHandle": "x",
        "body": message if isinstance(message, dict) else json.dumps(message),
        "attributes": {},
        "messageAttributes": {},
        "md5OfBody": "x",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:films",
        "awsRegion": "us-east-1",
    }


def notification(message: object) -> Json:
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": "arn:aws:sns:us-east-1:123456789012:films",
        "Subject": f"Workflow Status:: Complete:: {GUID}",
        "Message": message if isinstance(message, str) else json.dumps(message),
        "Timestamp": "2025-11-04T10:21:10.000Z",
    }


def test_messages_of_a_queue_hold_text_or_json_and_whatever_was_put_in() -> None:
    pretty = {**record(0), "body": json.dumps(OBJECT, indent=2)}

    for inside in (
        pretty,
        record(OBJECT),
        record(COMPLETE),
        {**record(0), "body": json.dumps(notification(TRIMMED))},
    ):
        assert completed(inside).hls_url == f"{CDN}/{GUID}/hls/testvid.m3u8"
    assert read(pretty).event_id == pretty["messageId"]
    assert read(record(COMPLETE)).event_id == COMPLETE["id"]


def test_a_list_is_so_many_letters() -> None:
    batch = [record(OBJECT, 1), record(TRIMMED, 2)]

    for content in (batch, {"Records": batch}):
        letters = letters_of(json.dumps(content), content)

        assert [letter.content for letter in letters] == batch
        assert [json.loads(letter.text) for letter in letters] == batch
    none: list[object] = [[], [1, 2], {"Records": 5}, [{}] * 1_001, {"a": 1}]
    for each in none:
        assert len(letters_of(json.dumps(each), each)) == 1


def test_a_topics_message_holds_the_trimmed_object_an_error_or_words_for_people() -> None:
    error = {
        "guid": GUID,
        "workflowStatus": "Error",
        "workflowErrorAt": "Encoding",
        "errorMessage": "bad",
        "errorDetails": "https://console",
    }

    done, failed, words = (read(notification(each)) for each in (TRIMMED, error, "You are subscribed"))

    assert isinstance(done.told, VideoCompleted)
    assert done.event_id == notification("")["MessageId"]
    assert failed.told == EncodingEnded("failed", "encoder", "Encoding: bad")  # type: ignore[arg-type]  # equal as text
    assert words.told is None


def test_a_topic_is_answered_at_sns_only() -> None:
    offer = notification("Confirm") | {"Type": "SubscriptionConfirmation", "Token": "abc"}
    url = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc"

    assert read(offer | {"SubscribeURL": url}).told == SubscriptionOffered(url)
    for foreign in (
        "http://sns.us-east-1.amazonaws.com/",
        "https://sns.us-east-1.amazonaws.com.evil.example/",
        "https://sns.us-east-1.amazonaws.com@evil.example/",
        "https://evil.example/sns.us-east-1.amazonaws.com/",
        "https://s3.us-east-1.amazonaws.com/",
        "",
    ):
        with pytest.raises(UnknownShape):
            read(offer | {"SubscribeURL": foreign})
    assert read(offer | {"Type": "UnsubscribeConfirmation", "SubscribeURL": url}).told is None


def test_events_that_a_rule_has_wrapped_or_a_step_of_ones_own_has_put_there() -> None:
    own_step = {"id": "1", "source": "films.publish", "detail-type": "Published", "detail": TRIMMED}

    assert completed({"rule": "done", "event": COMPLETE}).guid == GUID
    assert completed(own_step).hls_url == f"{CDN}/{GUID}/hls/testvid.m3u8"


@pytest.mark.parametrize(
    "message",
    [
        [],
        {"Records": []},
        changed(PUBLISHED, name="a/b"),
        changed(PUBLISHED, output=json.dumps({"guid": GUID})),
        changed(aws("s3_object_created"), bucket={}),
        {"workflowStatus": "Complete", "guid": "../etc", "hlsUrl": "https://a/b.m3u8"},
        {"workflowStatus": "Complete", "hlsUrl": "https://a/b.m3u8"},
        record("{"),
        record([]),
        {"messageId": "a b", "body": "{}"},
        notification({"some": "thing"}),
        mediaconvert("COMPLETE", userMetadata={"guid": "a b"}),
        mediaconvert("COMPLETE", userMetadata={"guid": GUID}, outputGroupDetails="none"),
    ],
)
def test_what_lacks_what_it_needs_is_no_known_shape(message: object) -> None:
    with pytest.raises(UnknownShape):
        read(message)


def test_what_is_nested_very_deeply_is_no_known_shape() -> None:
    deep: object = 1
    for _ in range(900):
        deep = [deep]

    told = read({**OBJECT, "sodDeep": deep})

    assert isinstance(told.told, VideoCompleted)
