"""Films looked at by programs: kept as reviews, decisive only where the policy says so, and never in a person's way."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from people import People
from rekognition_fixtures import FakeRekognition, detected
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, Finding, Report
from showsondemand.adapters.analyser.rekognition import RekognitionAnalyser
from showsondemand.admin.analyses.analysing import analyse_film
from showsondemand.review_settings import ReviewPolicy
from showsondemand.wiring import Wiring
from vod_ingest.conftest import Ingest
from vod_ingest.ingested import in_the_app
from vod_ingest.screening import Screening, Scripted


def test_a_transcoded_film_is_looked_at_and_what_was_found_is_a_review_by_that_program(
    screening: Screening, ingest: Ingest, film: Path
) -> None:
    show = {"id": ingest.work(ingest.sent(film))["showId"]}
    assert [each["state"] for each in screening.analyses(show)] == ["waiting"]

    screening.look(show)

    [review] = screening.reviews(show)
    assert review["reviewer"] == {"id": None, "name": "technical", "kind": "agent"}
    assert (review["verdict"], review["decided"], review["round"]) == ("refer", False, 1)
    [finding] = review["findings"]
    assert (finding["label"], finding["frameURL"]) == ("loudness", None)
    [analysis] = screening.analyses(show)
    assert (analysis["state"], analysis["reviewId"], analysis["failure"]) == ("completed", review["id"], None)
    assert screening.state(show) == "in_review"
    assert screening.approve(show) == 201


def test_the_worker_is_asked_for_the_look_once(
    client: TestClient, wiring: Wiring, screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)

    async def queued() -> list[str]:
        statement = text("SELECT payload FROM pgqueuer WHERE entrypoint = 'analyse_film_here'")
        async with wiring.database.transaction() as session:
            return [payload.decode() for payload in await session.scalars(statement)]

    assert in_the_app(client, queued) == [str(screening.newest(show))]


@pytest.mark.parametrize(
    ("policy", "score", "state"),
    [
        (ReviewPolicy.HUMAN, 0.0, "in_review"),
        (ReviewPolicy.ANALYSER, 0.5, "available"),
        (ReviewPolicy.ANALYSER, 0.51, "in_review"),
    ],
)
def test_a_clean_verdict_publishes_only_where_the_policy_says_so_and_above_the_threshold(
    screening: Screening, media_set: Path, policy: ReviewPolicy, score: float, state: str
) -> None:
    show = screening.shown(media_set)
    seen = Report((Finding("black", score, 1.0, 2.0),), "Seen.")

    screening.look(show, Scripted([seen]), policy=policy)

    [review] = screening.reviews(show)
    assert (screening.state(show), review["decided"]) == (state, state == "available")
    assert review["verdict"] == ("approve" if score <= 0.5 else "refer")


def test_a_published_show_is_on_the_list_at_once(
    client: TestClient, screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)
    assert client.get("/shows").json()["items"] == []

    screening.look(show, Scripted(), policy=ReviewPolicy.ANALYSER)

    assert [each["id"] for each in client.get("/shows").json()["items"]] == [show["id"]]


def test_a_job_that_comes_twice_or_two_at_once_makes_one_review(
    screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)

    screening.look_twice_at_once(show, Scripted())
    screening.look(show, Scripted())

    assert len(screening.reviews(show)) == 1


def test_a_look_that_died_is_taken_up_again_under_the_same_token(
    screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)
    analyser = Scripted([RuntimeError("The worker is gone.")])  # what a worker's end feels like
    with pytest.raises(RuntimeError):
        screening.look(show, analyser)
    assert screening.analyses(show)[0]["state"] == "running"

    screening.look(show, analyser)

    assert len(screening.reviews(show)) == 1
    assert len(analyser.tokens) == 2
    assert len(set(analyser.tokens)) == 1


def test_a_film_that_takes_its_worker_down_each_time_is_given_up(
    screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)
    for _ in range(6):
        with pytest.raises(RuntimeError):
            screening.look(show, Scripted([RuntimeError("The worker is gone.")]))

    screening.look(show, Scripted())

    [analysis] = screening.analyses(show)
    assert (analysis["state"], analysis["failure"]) == (
        "failed",
        "The worker died each time it looked at this film.",
    )
    assert screening.approve(show) == 201


def test_an_analyser_that_is_away_is_asked_again_and_in_the_end_given_up(
    screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)
    analyser = Scripted([AnalyserAway("It sleeps.") for _ in range(5)])

    states = []
    for _ in range(5):
        screening.look(show, analyser)
        states.append(screening.analyses(show)[0]["state"])

    assert states == ["waiting"] * 4 + ["failed"]
    assert screening.analyses(show)[0]["failure"] == "It sleeps."
    assert len(set(analyser.tokens)) == 5
    assert screening.reviews(show) == []
    assert screening.approve(show) == 201


def test_a_film_that_cannot_be_looked_at_is_not_tried_again(screening: Screening, media_set: Path) -> None:
    show = screening.shown(media_set)

    screening.look(show, Scripted([CannotAnalyse("Not a film to me.")]))

    assert screening.analyses(show)[0]["state"] == "failed"
    assert screening.state(show) == "in_review"


def test_what_a_person_decided_meanwhile_stands(
    client: TestClient, screening: Screening, people: People, media_set: Path
) -> None:
    show = screening.shown(media_set)
    headers = people.reviewer().headers

    async def reject() -> None:
        verdict = {"verdict": "reject", "notes": "No."}
        await asyncio.to_thread(client.post, f"/shows/{show['id']}/reviews", json=verdict, headers=headers)

    screening.look(show, Scripted(meanwhile=reject), policy=ReviewPolicy.ANALYSER)

    assert screening.state(show) == "rejected"
    assert [(each["verdict"], each["decided"]) for each in screening.reviews(show)] == [
        ("approve", False),
        ("reject", True),
    ]


def test_a_person_who_watches_the_show_is_not_overtaken(
    client: TestClient, screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)
    client.post(f"/shows/{show['id']}/claim", headers=screening.reviewer.headers).raise_for_status()

    screening.look(show, Scripted(), policy=ReviewPolicy.ANALYSER)

    assert screening.state(show) == "in_review"
    assert [each["decided"] for each in screening.reviews(show)] == [False]


@pytest.mark.parametrize("change", ["deleted", "another film", "another round"])
def test_a_look_at_what_the_show_is_no_more_decides_nothing(
    client: TestClient, screening: Screening, people: People, media_set: Path, change: str
) -> None:
    show = screening.shown(media_set)
    address, headers = f"/shows/{show['id']}", people.admin().headers

    def alter() -> None:
        if change == "deleted":
            client.delete(address, headers=headers).raise_for_status()
        elif change == "another film":
            other = f"https://shows.example.org/media/videos/{show['id']}/1/master.m3u8"
            client.patch(address, json={"hlsSrcVideoURL": other}, headers=headers).raise_for_status()
        else:
            verdict = {"verdict": "reject", "notes": "No."}
            client.post(f"{address}/reviews", json=verdict, headers=headers).raise_for_status()
            client.patch(address, json={"state": "in_review"}, headers=headers).raise_for_status()

    async def meanwhile() -> None:
        await asyncio.to_thread(alter)

    screening.look(show, Scripted(meanwhile=meanwhile), policy=ReviewPolicy.ANALYSER)

    if change == "deleted":
        client.post(f"{address}/restore", headers=headers).raise_for_status()
    assert screening.state(show) == "in_review"
    expected = "completed" if change == "another round" else "superseded"
    assert screening.analyses(show)[0]["state"] == expected


def test_amazon_is_asked_until_it_has_seen_the_film(
    screening: Screening, rekognition: FakeRekognition, media_set: Path
) -> None:
    show = screening.shown(media_set)
    analyser = RekognitionAnalyser("films", "", "eu-west-1", rekognition.url)
    rekognition.status = "IN_PROGRESS"
    rekognition.labels = [detected("Weapons", "Violence", 80.0, 1_000, 3_000)]
    for _ in range(2):
        screening.look(show, analyser)
        assert screening.analyses(show)[0]["state"] == "waiting"
    rekognition.status = "SUCCEEDED"

    screening.look(show, analyser)

    assert len(rekognition.begun()) == 1
    [review] = screening.reviews(show)
    assert (review["reviewer"]["name"], review["verdict"]) == ("rekognition", "refer")
    [finding] = review["findings"]
    assert (finding["label"], finding["score"]) == ("Weapons", 0.8)
    assert finding["frameURL"] == f"https://shows.example.org/shows/{show['id']}/frame?atSeconds=2.000"


def test_a_frame_is_a_picture_of_that_second_for_the_staff_only(
    client: TestClient, screening: Screening, people: People, media_set: Path
) -> None:
    address = f"/shows/{screening.shown(media_set)['id']}/frame"
    headers = screening.reviewer.headers

    def ask(at_seconds: str, who: dict[str, str]) -> tuple[int, bytes]:
        answer = client.get(address, params={"atSeconds": at_seconds}, headers=who)
        return answer.status_code, answer.content

    early, late = ask("0.5", headers), ask("4.5", headers)

    assert (early[0], late[0]) == (200, 200)
    assert early[1][:3] == late[1][:3] == b"\xff\xd8\xff"
    assert early[1] != late[1]
    refused = [ask(each, headers)[0] for each in ("-1", "600", "1e999", "nan", "")]
    assert refused == [422] * 5
    assert (ask("1", {})[0], ask("1", people.viewer().headers)[0]) == (401, 403)


def test_with_no_analyser_films_wait_for_people_alone(
    client: TestClient, wiring: Wiring, screening: Screening, media_set: Path
) -> None:
    show = screening.shown(media_set)

    in_the_app(client, analyse_film, replace(wiring, analyser=None), screening.newest(show))

    assert screening.analyses(show)[0]["state"] == "failed"
    assert screening.approve(show) == 201
