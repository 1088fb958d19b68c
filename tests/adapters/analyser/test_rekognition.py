"""Content moderation by AWS, against a fake that keeps to the service's own model."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.analyser.films import FilesAt
from rekognition_fixtures import FakeRekognition, detected
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, Film, Finding, Pending, Report
from showsondemand.adapters.analyser.rekognition import RekognitionAnalyser

FILM = Film("0193-token-0", "sources/0193/film", 0.4, FilesAt(Path("/nowhere"), None), Path("/nowhere"))


@pytest.fixture
def analyser(rekognition: FakeRekognition) -> RekognitionAnalyser:
    return RekognitionAnalyser("films", "house/", "eu-west-1", rekognition.url)


async def begun(analyser: RekognitionAnalyser) -> str:
    pending = await analyser.analyse(FILM, "")
    assert isinstance(pending, Pending)
    return pending.reference


async def report(analyser: RekognitionAnalyser) -> Report:
    told = await analyser.analyse(FILM, await begun(analyser))
    assert isinstance(told, Report)
    return told


async def test_aws_is_told_where_the_film_lies_and_how_sure_it_should_be(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    await begun(analyser)

    assert rekognition.begun() == [
        {
            "Video": {"S3Object": {"Bucket": "films", "Name": "house/sources/0193/film"}},
            "MinConfidence": 40.0,
            "ClientRequestToken": "0193-token-0",
        }
    ]


async def test_a_look_asked_for_twice_is_one(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    references = {await begun(analyser), await begun(analyser)}

    assert len(references) == len(rekognition.jobs) == 1


async def test_what_aws_saw_is_told_by_time_from_every_page(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    rekognition.page_size = 2
    rekognition.labels = [
        detected("Weapons", "Violence", 91.5, 8_000, 9_500),
        detected("Smoking", "Tobacco", 70.0, 1_000, 1_000),
        *(detected("Alcohol", "", 55.25, 10_000 + each, 11_000) for each in range(4)),
    ]

    told = await report(analyser)

    assert told.findings[:2] == (
        Finding("Smoking", 0.7, 1.0, 1.0, "A kind of: Tobacco."),
        Finding("Weapons", 0.915, 8.0, 9.5, "A kind of: Violence."),
    )
    assert len(told.findings) == 6
    assert "model 7.0" in told.summary
    assert sum(name == "GetContentModeration" for name, _ in rekognition.calls) == 3


async def test_a_film_without_anything_is_clean(analyser: RekognitionAnalyser) -> None:
    assert (await report(analyser)).findings == ()


async def test_while_aws_is_at_it_the_same_look_is_asked_for_again(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    reference = await begun(analyser)
    rekognition.status = "IN_PROGRESS"

    told = await analyser.analyse(FILM, reference)

    assert isinstance(told, Pending)
    assert told.reference == reference


async def test_a_film_that_aws_cannot_read_is_not_tried_again(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    reference = await begun(analyser)
    rekognition.status, rekognition.status_message = "FAILED", "UnsupportedCodec"

    with pytest.raises(CannotAnalyse, match="UnsupportedCodec"):
        await analyser.analyse(FILM, reference)


async def test_results_that_aws_has_forgotten_are_asked_for_anew(analyser: RekognitionAnalyser) -> None:
    told = await analyser.analyse(FILM, "f" * 64)

    assert isinstance(told, Pending)


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("ThrottlingException", AnalyserAway),
        ("AccessDeniedException", AnalyserAway),
        ("LimitExceededException", AnalyserAway),
        ("InvalidS3ObjectException", CannotAnalyse),
        ("VideoTooLargeException", CannotAnalyse),
    ],
)
async def test_a_refusal_says_whether_another_try_may_help(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition, code: str, raised: type[Exception]
) -> None:
    rekognition.refusals = [code, code]

    with pytest.raises(raised, match=code):
        await analyser.analyse(FILM, "")


async def test_a_service_that_is_not_there_is_away(analyser: RekognitionAnalyser) -> None:
    nobody = replace(analyser, endpoint_url="http://127.0.0.1:9")

    with pytest.raises(AnalyserAway):
        await nobody.analyse(FILM, "")


async def test_it_says_whether_it_would_answer(
    analyser: RekognitionAnalyser, rekognition: FakeRekognition
) -> None:
    await analyser.answers()
    rekognition.refusals = ["AccessDeniedException"]

    with pytest.raises(AnalyserAway, match="AccessDenied"):
        await analyser.answers()
