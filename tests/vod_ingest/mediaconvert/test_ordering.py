"""Films that MediaConvert encodes: each ordered once, whatever dies on the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.transcoder.closed_captions import film_with_captions
from mediaconvert_double import Job, MediaConvertDouble
from showsondemand.adapters.transcoder.remote.port import EncodingOrder
from showsondemand.vod_ingest import service
from vod_ingest.conftest import Ingest, Json, Ledger
from vod_ingest.mediaconvert.scene import Dies, DyingBefore, Elsewhere

ROLE = "arn:aws:iam::123456789012:role/films"


@pytest.mark.parametrize("line", ["before", "after"])
def test_a_worker_that_dies_over_an_order_leaves_one_encoding(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, film: Path, line: str
) -> None:
    job = ingest.sent(film)
    with pytest.raises(Dies):
        elsewhere.order(job, DyingBefore(elsewhere.remote, asked_first=line == "after"))  # type: ignore[arg-type]  # by __getattr__
    mediaconvert.forget_tokens()

    ordered = elsewhere.order(job)
    again = elsewhere.order(job)

    assert len(mediaconvert.jobs) == 1
    assert [each["attempts"] for each in (ordered, again)] == [1, 1]
    [encoding] = mediaconvert.jobs.values()
    mediaconvert.finish(encoding)
    ingest.event(mediaconvert.event(encoding, seconds=10))
    assert ingest.read(job)["state"] == "completed"


def test_an_order_whose_answer_was_lost_is_found_among_many(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, film: Path
) -> None:
    mediaconvert.dies_after_creating = True
    job = elsewhere.order(ingest.sent(film))
    [lost] = mediaconvert.jobs.values()
    for number in range(45):
        other = replace(
            lost,
            id=f"other-{number}",
            created_at=lost.created_at + number,
            request={**lost.request, "UserMetadata": {}},
        )
        mediaconvert.jobs[other.id] = other
    mediaconvert.dies_after_creating = False
    mediaconvert.forget_tokens()

    ordered = elsewhere.order(job)

    assert job["state"] == "queued"
    assert (ordered["state"], ordered["attempts"]) == ("running", 1)
    assert len(mediaconvert.jobs) == 46


def test_an_encoder_that_is_away_is_asked_later_and_one_that_refuses_is_not(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, film: Path
) -> None:
    mediaconvert.refusal = (429, "TooManyRequestsException", "Slow down")
    away = elsewhere.order(ingest.sent(film))
    mediaconvert.refusal = (400, "BadRequestException", "/settings: is not allowed")
    refused = elsewhere.order(away)
    mediaconvert.refusal = None
    ingest.asked(refused, "retry")
    ordered = elsewhere.order(refused)

    assert (away["state"], away["error"]) == ("queued", None)
    assert (refused["state"], refused["error"]["code"]) == ("failed", "order_refused")
    assert "/settings: is not allowed" in refused["error"]["detail"]
    assert ordered["state"] == "running"


def test_cancelling_a_job_ends_its_encoding_and_trying_again_begins_another(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, job: Json, encoding: Job
) -> None:
    mediaconvert.begin(encoding)
    elsewhere.cancel(job)
    told = ingest.event(mediaconvert.event(encoding, seconds=20)).json()
    ingest.asked(job, "retry")
    again = elsewhere.order(job)

    assert (encoding.status, told["status"]) == ("CANCELED", "ignored")
    assert (again["state"], again["attempts"]) == ("running", 2)
    assert len(mediaconvert.jobs) == 2


def test_a_job_that_is_cancelled_while_it_is_ordered_leaves_nothing_running(
    ingest: Ingest, elsewhere: Elsewhere, mediaconvert: MediaConvertDouble, film: Path
) -> None:
    job = ingest.sent(film)

    class Slow(DyingBefore):
        async def order(self, order: EncodingOrder) -> str:
            encoding_id = await self.inner.order(order)
            async with elsewhere.wiring.database.transaction() as session:
                await service.cancel_job(session, order.job_id)
            return encoding_id

    elsewhere.order(job, Slow(elsewhere.remote, asked_first=True))  # type: ignore[arg-type]  # by __getattr__

    assert [each.status for each in mediaconvert.jobs.values()] == ["CANCELED"]
    assert ingest.read(job)["state"] == "cancelled"


def test_subtitles_of_a_film_go_along_and_what_its_frames_say(
    ingest: Ingest,
    elsewhere: Elsewhere,
    mediaconvert: MediaConvertDouble,
    ledger: Ledger,
    make_film: object,
    tmp_path: Path,
) -> None:
    text = tmp_path / "a.srt"
    text.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    spoken = film_with_captions(tmp_path / "spoken.mp4", "HELLO")
    told = make_film(  # type: ignore[operator]  # the fixture is a function
        "with_text.mp4",
        "-i",
        str(spoken),
        "-i",
        str(text),
        "-map",
        "0",
        "-map",
        "1",
        "-c",
        "copy",
        "-c:s",
        "mov_text",
        "-metadata:s:s:0",
        "language=eng",
    )

    job = elsewhere.order(ingest.sent(told))

    [encoding] = mediaconvert.jobs.values()
    selectors = encoding.request["Settings"]["Inputs"][0]["CaptionSelectors"].values()
    assert [each["SourceSettings"]["SourceType"] for each in selectors] == ["WEBVTT", "EMBEDDED"]
    mediaconvert.finish(encoding)
    ingest.event(mediaconvert.event(encoding, seconds=10))
    [show] = ingest.shows()
    assert [(each["language"], each["label"]) for each in show["captions"]] == [("en", "English")]
    assert ingest.read(job)["state"] == "completed"
