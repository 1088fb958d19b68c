"""What MediaConvert is asked for, held against its own model."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

import botocore.session
import pytest

from adapters.transcoder.sources import a_film, a_picture, a_sound
from mediaconvert_rules import Refused, checked_request, to_wire
from showsondemand.adapters.transcoder.plan import plan_for
from showsondemand.adapters.transcoder.port import SourceProbe, Transfer
from showsondemand.adapters.transcoder.remote.mediaconvert_pictures import storyboard_vtt
from showsondemand.adapters.transcoder.remote.mediaconvert_request import Payer, job_request
from showsondemand.adapters.transcoder.remote.port import EncodingOrder, TextTrack
from showsondemand.transcoder_settings import LadderKind

JOB = UUID("0193a1b2-0000-7000-8000-000000000001")
STORAGE = "s3://films/prefix/"
PAYER = Payer("arn:aws:iam::123456789012:role/films", "films")


def request(probe: SourceProbe, *texts: TextTrack, ladder: LadderKind = LadderKind.OURS) -> dict[str, Any]:
    """The request, as MediaConvert reads it."""
    order = EncodingOrder(
        job_id=JOB,
        attempt=2,
        source_key=f"sources/{JOB}/film",
        media_key=f"videos/{JOB}/2",
        title="A film",
        probe=probe,
        texts=texts,
        ordered_at=datetime.now(UTC),
        is_repeated=False,
    )
    shape = (
        botocore.session.get_session()
        .get_service_model("mediaconvert")
        .operation_model("CreateJob")
        .input_shape
    )
    return checked_request(shape, to_wire(shape, job_request(order, STORAGE, PAYER, ladder)))


def outputs(asked: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [output for output in asked["Settings"]["OutputGroups"][0]["Outputs"] if kind in output]


def test_one_set_of_segments_with_both_manifests_in_the_folder_of_this_attempt() -> None:
    asked = request(a_film(a_picture(), (a_sound(),)))

    cmaf = asked["Settings"]["OutputGroups"][0]["OutputGroupSettings"]["CmafGroupSettings"]
    assert cmaf["Destination"] == f"{STORAGE}videos/{JOB}/2/stream"
    assert (cmaf["WriteHlsManifest"], cmaf["WriteDashManifest"]) == ("ENABLED", "ENABLED")
    assert asked["Settings"]["Inputs"][0]["FileInput"] == f"{STORAGE}sources/{JOB}/film"
    assert asked["Settings"]["Inputs"][0]["VideoSelector"] == {"Rotate": "AUTO"}
    assert asked["UserMetadata"] == {"guid": str(JOB), "sodAttempt": "2", "workflow": "showsondemand"}
    assert (asked["Role"], asked["Queue"]) == (PAYER.role, PAYER.queue)


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 1080), (1080, 1920), (426, 240), (720, 576), (853, 481)]
)
def test_the_ladder_is_ours_in_every_shape(width: int, height: int) -> None:
    probe = a_film(a_picture(width=width, height=height))

    asked = [output["VideoDescription"] for output in outputs(request(probe), "VideoDescription")]

    rungs = plan_for(probe).rungs
    assert [(video["Width"], video["Height"]) for video in asked] == [
        (rung.width, rung.height) for rung in rungs
    ]
    limits = [video["CodecSettings"]["H264Settings"]["MaxBitrate"] for video in asked]
    assert limits == [rung.most_kilobits * 1000 for rung in rungs]


def test_captions_that_frames_carry_are_asked_for_as_one_more_text_where_they_are_and_can_be_read() -> None:
    spoken = a_film(a_picture(closed_captions=True))
    text = TextTrack("de", "Deutsch", f"videos/{JOB}/2/subtitles-0.vtt")

    for container in ("mov,mp4,m4a,3gp,3g2,mj2", "mpegts"):
        asked = request(replace(spoken, format=container), text)
        selectors = asked["Settings"]["Inputs"][0]["CaptionSelectors"]
        [_, captions] = outputs(asked, "CaptionDescriptions")
        [told] = captions["CaptionDescriptions"]
        assert [each["SourceSettings"]["SourceType"] for each in selectors.values()] == ["WEBVTT", "EMBEDDED"]
        channel = selectors[told["CaptionSelectorName"]]["SourceSettings"]["EmbeddedSourceSettings"]
        assert channel["Source608ChannelNumber"] == 1
        assert told["DestinationSettings"]["DestinationType"] == "WEBVTT"
    for film in (a_film(a_picture()), replace(spoken, format="matroska,webm")):
        asked = request(film)
        assert "CaptionSelectors" not in asked["Settings"]["Inputs"][0]
        assert outputs(asked, "CaptionDescriptions") == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (50, 50)])
def test_mediaconvert_may_choose_the_ladder_within_the_bounds_of_ours(width: int, height: int) -> None:
    probe = a_film(a_picture(width=width, height=height), (a_sound(),))

    asked = request(probe, TextTrack("en", "English", "a.vtt"), ladder=LadderKind.AUTOMATED)

    limits = [rung.most_kilobits * 1000 for rung in plan_for(probe).rungs]
    group = asked["Settings"]["OutputGroups"][0]
    chosen = group["AutomatedEncodingSettings"]["AbrSettings"]
    assert (chosen["MaxAbrBitrate"], chosen["MinAbrBitrate"]) == (max(limits), max(min(limits), 100_000))
    assert chosen["MaxRenditions"] == max(3, len(limits))
    [base] = [output["VideoDescription"] for output in outputs(asked, "VideoDescription")]
    assert not base.keys() & {"Width", "Height"}
    assert len(group["Outputs"]) == 3  # picture, sound and text, each by itself


def test_each_sound_track_has_its_selector_and_its_language() -> None:
    sounds = (a_sound(index=1, language="en"), a_sound(index=2, language="de", channels=6, default=True))

    asked = request(a_film(a_picture(), sounds))

    audio = outputs(asked, "AudioDescriptions")
    selectors = asked["Settings"]["Inputs"][0]["AudioSelectors"]
    tracks = [selectors[output["AudioDescriptions"][0]["AudioSourceName"]]["Tracks"] for output in audio]
    languages = [output["AudioDescriptions"][0]["CustomLanguageCode"] for output in audio]
    groups = [output["ContainerSettings"]["CmfcSettings"]["AudioGroupId"] for output in audio]
    assert (tracks, languages) == ([[2], [1], [2]], ["de", "en", "de"])
    assert groups == ["stereo", "stereo", "surround"]
    video = outputs(asked, "VideoDescription")[0]
    assert video["ContainerSettings"]["CmfcSettings"]["AudioRenditionSets"] == "stereo,surround"


def test_a_silent_film_and_one_with_text() -> None:
    silent = request(a_film(a_picture()))
    told = request(
        a_film(a_picture()),
        TextTrack("en", "English", "videos/x/subtitles-0.vtt"),
        TextTrack("und", "?", "b"),
    )

    assert "AudioSelectors" not in silent["Settings"]["Inputs"][0]
    source = told["Settings"]["Inputs"][0]["CaptionSelectors"]["Captions Selector 1"]["SourceSettings"]
    assert source["FileSourceSettings"] == {"SourceFile": f"{STORAGE}videos/x/subtitles-0.vtt"}
    [english, nameless] = [
        output["CaptionDescriptions"][0] for output in outputs(told, "CaptionDescriptions")
    ]
    assert (english["CustomLanguageCode"], english["LanguageDescription"]) == ("en", "English")
    assert "CustomLanguageCode" not in nameless


def test_what_screens_cannot_show_is_made_so_that_they_can() -> None:
    plain = outputs(request(a_film(a_picture())), "VideoDescription")[0]["VideoDescription"]
    odd = a_picture(interlaced=True, transfer=Transfer.PQ, steady=False, frame_rate=Fraction(27))

    asked = outputs(request(a_film(odd)), "VideoDescription")[0]["VideoDescription"]

    assert "VideoPreprocessors" not in plain
    assert asked["VideoPreprocessors"].keys() == {"Deinterlacer", "ColorCorrector"}
    h264 = asked["CodecSettings"]["H264Settings"]
    assert (h264["FramerateNumerator"], h264["FramerateDenominator"]) == (30_000, 1001)


def test_pictures_are_named_as_the_storyboard_says() -> None:
    probe = a_film(a_picture())

    board = storyboard_vtt(plan_for(probe))

    small, large = request(probe)["Settings"]["OutputGroups"][1]["Outputs"]
    assert board.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nframe_small.0000000.jpg")
    assert board.count(".jpg") == 60
    capture = small["VideoDescription"]["CodecSettings"]["FrameCaptureSettings"]
    assert capture["FramerateDenominator"] == 1
    assert large["VideoDescription"]["CodecSettings"]["FrameCaptureSettings"]["FramerateDenominator"] == 6


@pytest.mark.parametrize(
    "change",
    [
        {"Role": 5},
        {"Settings": {}},
        {"NoSuchKey": 1},
        {"StatusUpdateInterval": "SECONDS_11"},
        {"Priority": 51},
    ],
)
def test_the_double_refuses_what_the_model_forbids(change: dict[str, Any]) -> None:
    shape = (
        botocore.session.get_session()
        .get_service_model("mediaconvert")
        .operation_model("CreateJob")
        .input_shape
    )
    good = to_wire(shape, request(a_film(a_picture())))
    names = {
        "Role": "role",
        "Settings": "settings",
        "StatusUpdateInterval": "statusUpdateInterval",
        "Priority": "priority",
    }

    with pytest.raises(Refused):
        checked_request(shape, good | {names.get(key, key): value for key, value in change.items()})
