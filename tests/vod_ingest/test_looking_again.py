"""Any film is looked at again when somebody of the staff asks, and once at a time."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.adapters.analyser.port import Finding, Report
from showsondemand.admin.errors import NobodyLooksAtFilms
from showsondemand.vod_ingest.looking_again import look_again
from showsondemand.wiring import Wiring
from vod_ingest import told
from vod_ingest.conftest import MEDIA_HOST, Ingest
from vod_ingest.ingested import in_the_app
from vod_ingest.screening import Screening, Scripted


def test_a_film_is_looked_at_again_when_somebody_asks_and_once_at_a_time(
    screening: Screening, media_set: Path, people: People
) -> None:
    show = screening.shown(media_set)
    under_way = screening.look_again(show, people.editor().headers)
    assert (under_way.status_code, under_way.json()["id"]) == (202, str(screening.newest(show)))
    screening.look(show, Scripted())
    screening.approve(show)

    asked = [screening.look_again(show, who.headers) for who in (people.reviewer(), people.admin())]
    screening.look(show, Scripted([Report((Finding("black", 1.0),), "Black.")]))

    assert {each.json()["id"] for each in asked} == {screening.analyses(show)[0]["id"]}
    assert [each["state"] for each in screening.analyses(show)] == ["completed", "completed"]
    assert [each["verdict"] for each in screening.reviews(show)] == ["refer", "approve", "approve"]
    assert screening.state(show) == "available"  # what is published is advised about, not taken back


def test_a_film_that_was_sent_here_is_looked_at_again_beside_what_was_sent(
    screening: Screening, ingest: Ingest, film: Path
) -> None:
    job = ingest.sent(film)
    show = {"id": ingest.work(job)["showId"]}
    screening.look(show, Scripted())
    again = Scripted()

    screening.look_again(show).raise_for_status()
    screening.look(show, again)

    assert again.sources == [f"sources/{job['id']}/film"]


def test_there_may_be_nobody_to_look_or_nothing_to_look_at(
    client: TestClient, screening: Screening, ingest: Ingest, wiring: Wiring
) -> None:
    event = told.completed(hlsUrl=None, dashUrl=f"https://{MEDIA_HOST}/a/film.mpd")
    without_hls = {"id": ingest.event(event).json()["showId"]}

    refused = screening.look_again(without_hls)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/nothing-to-look-at")
    with pytest.raises(NobodyLooksAtFilms):
        in_the_app(client, look_again, replace(wiring, analyser=None), UUID(without_hls["id"]))
