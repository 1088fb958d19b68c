"""Films that somebody else has encoded are looked at too, and any film is looked at again when somebody asks."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People
from showsondemand.config import MediaSettings, Settings, StorageSettings
from showsondemand.review_settings import ReviewPolicy
from showsondemand.vod_ingest.events import receive_events
from showsondemand.wiring import Wiring
from stream_scenes import BASE, Folder
from vod_ingest import told
from vod_ingest.conftest import Ingest, Json
from vod_ingest.ingested import in_the_app
from vod_ingest.screening import Screening, Scripted

HOST = BASE.split("/")[2]
MASTER = f"{BASE}film.m3u8"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"media": MediaSettings(media_hosts=(HOST,))})


@pytest.fixture
def wiring(wiring: Wiring, elsewhere: Path) -> Wiring:
    return replace(wiring, fetcher=Folder(elsewhere))


@pytest.fixture
def shown(ingest: Ingest) -> Callable[..., Json]:
    """The show that an event makes of a film that nobody sent here."""

    def show(**detail: object) -> Json:
        receipt = ingest.event(told.completed(**{"hlsUrl": MASTER, "dashUrl": None, **detail})).json()
        return {"id": receipt["showId"]}

    return show


def test_a_film_that_came_by_an_event_alone_is_looked_at(
    screening: Screening, shown: Callable[..., Json]
) -> None:
    show = shown()
    assert [each["state"] for each in screening.analyses(show)] == ["waiting"]

    screening.look(show)

    [analysis] = screening.analyses(show)
    assert (analysis["state"], analysis["failure"]) == ("completed", None)
    [review] = screening.reviews(show)
    assert review["reviewer"]["name"] == "technical"
    # A tone of one pitch is not as loud as it should be, and nothing else is wrong.
    assert [each["label"] for each in review["findings"]] in ([], ["loudness"])
    assert "LUFS" in review["notes"]


def test_what_is_wrong_with_a_film_elsewhere_is_found_and_placed(
    screening: Screening, shown: Callable[..., Json], elsewhere: Path
) -> None:
    (elsewhere / "film_360p1.ts").unlink()
    show = shown()

    screening.look(show)

    [review] = screening.reviews(show)
    [broken] = [each for each in review["findings"] if each["label"] == "broken_segment"]
    assert (round(broken["startSeconds"]), round(broken["endSeconds"])) == (3, 6)
    assert "segment 2 cannot be decoded whole" in broken["note"]
    assert review["verdict"] == "refer"


def test_a_frame_of_a_film_elsewhere_is_a_picture_too(
    client: TestClient, screening: Screening, shown: Callable[..., Json]
) -> None:
    show = shown()

    def frame(at_seconds: float) -> Response:
        address = f"/shows/{show['id']}/frame"
        return client.get(address, params={"atSeconds": at_seconds}, headers=screening.reviewer.headers)

    early, late = frame(0.5), frame(7.5)

    assert (early.status_code, late.status_code) == (200, 200)
    assert early.content[:3] == late.content[:3] == b"\xff\xd8\xff"
    assert early.content != late.content
    assert (frame(60).status_code, frame(60).json()["type"]) == (422, "/problems/picture-refused")


@pytest.mark.parametrize(
    ("policy", "state"), [(ReviewPolicy.HUMAN, "in_review"), (ReviewPolicy.ANALYSER, "available")]
)
def test_the_policy_holds_for_it_as_for_any_other(
    screening: Screening, shown: Callable[..., Json], policy: ReviewPolicy, state: str
) -> None:
    show = shown()

    screening.look(show, Scripted(), policy=policy)

    assert screening.state(show) == state


def test_several_words_about_one_video_ask_for_one_look(
    screening: Screening, shown: Callable[..., Json]
) -> None:
    first = shown(guid="one-video", hlsUrl=None, dashUrl=f"{BASE}film.mpd")
    assert screening.analyses(first) == []  # nothing that a program could read, yet

    shown(guid="one-video")
    shown(guid="one-video")

    assert len(screening.analyses(first)) == 1


@pytest.mark.parametrize(
    ("harm", "state", "said"),
    [
        ("film.m3u8", "failed", "The stream cannot be read."),
        ("film_270p.m3u8", "failed", "The server answered 404."),
        ("encrypted", "failed", "encrypted"),
    ],
)
def test_a_stream_that_cannot_be_read_is_given_up_with_its_reason(
    screening: Screening, shown: Callable[..., Json], elsewhere: Path, harm: str, state: str, said: str
) -> None:
    if harm == "encrypted":
        for segment in elsewhere.glob("*.ts"):
            segment.write_bytes(bytes(byte ^ 0x5A for byte in segment.read_bytes()))
    else:
        (elsewhere / harm).unlink()
    show = shown()

    screening.look(show)

    [analysis] = screening.analyses(show)
    assert analysis["state"] == state
    assert said in analysis["failure"]
    assert screening.approve(show) == 201


def test_the_film_as_it_was_sent_is_known_where_it_lies_in_our_own_bucket(
    client: TestClient, wiring: Wiring, settings: Settings, people: People
) -> None:
    storage = StorageSettings.model_validate({"STORAGE_URL": "s3://films-source-7f3a9c21/films"})
    media = MediaSettings(media_hosts=("d1234abcdef8xy.cloudfront.net",))
    ours = replace(wiring, settings=settings.model_copy(update={"storage": storage, "media": media}))
    done = told.aws("vod_sqs_completion") | {"srcBucket": storage.bucket, "srcVideo": "films/a film.mp4"}
    receipt = in_the_app(client, receive_events, ours, json.dumps(done).encode())
    assert receipt is not None
    screening, analyser = Screening(client, ours, people), Scripted()

    screening.look({"id": str(receipt.show_id)}, analyser)

    assert analyser.sources == ["a film.mp4"]
