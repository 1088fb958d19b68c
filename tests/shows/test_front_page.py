"""What a page about shows carries in its HTML, and that it is what a stranger may read and no more."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request

from showsondemand.database import Database
from showsondemand.rates import STRANGERS, Rates
from showsondemand.shows.front_page import FrontPage
from showsondemand.wiring import Wiring
from studio import Studio

ANSWERS = re.compile(r'<script type="application/json" id="answers">([^<]*)</script>')


def head(client: TestClient, wiring: Wiring, path: str) -> str:
    assert client.portal
    request = Request(
        {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": b"",
            "headers": [],
            "client": ("::1", 9),
        }
    )
    return client.portal.call(FrontPage(wiring), request)


def answers(client: TestClient, wiring: Wiring, path: str) -> Any:
    found = ANSWERS.search(head(client, wiring, path))
    assert found
    return json.loads(found[1])


def test_the_home_page_brings_the_lists_that_it_begins_with(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    studio.available(title="Seen by all", genres=["Drama"])
    studio.in_review(title="Not yet", genres=["Secret"])

    brought = answers(client, wiring, "/")

    assert brought["latest"] == client.get("/shows").json()
    assert brought["facets"] == client.get("/shows/facets").json()
    assert [show["title"] for show in brought["latest"]["items"]] == ["Seen by all"]


def test_the_home_page_opens_with_the_newest_picture_that_bears_being_shown_large(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    poster, other = (studio.stream_url().replace("master.m3u8", "poster.jpg") for _ in range(2))
    opened_with = []
    for title, told in (
        ("No picture", {}),
        ("Large", {"posterURL": poster, "height": 720}),
        ("Small", {"posterURL": other, "height": 480}),
        ("No picture yet", {}),
    ):
        studio.available(title=title, **told)
        opened_with.append(answers(client, wiring, "/")["latest"])

    titles = [
        {show["id"]: show["title"] for show in each["items"]}[each["featuredShowId"]] for each in opened_with
    ]
    assert titles == ["No picture", "Large", "Large", "Large"]
    assert f'href="{poster}"' in head(client, wiring, "/")


def test_the_page_of_a_show_brings_what_a_stranger_may_read_of_it(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    show = studio.available(title="</script><script>harm()</script>")

    brought = answers(client, wiring, f"/title/{show['id']}")

    assert brought["show"] == client.get(f"/shows/{show['id']}").json()


@pytest.mark.parametrize("state", ["draft", "in_review", "rejected", "withdrawn"])
def test_a_show_that_is_not_available_is_in_no_page(
    client: TestClient, studio: Studio, wiring: Wiring, state: str
) -> None:
    show = studio.in_state(state)

    assert head(client, wiring, f"/title/{show['id']}") == ""


@pytest.mark.parametrize(
    "path", ["/browse", "/title/none", "/list", "/watch/0192e4a0-0000-7000-8000-000000000000"]
)
def test_other_pages_bring_nothing(client: TestClient, studio: Studio, wiring: Wiring, path: str) -> None:
    studio.available()

    assert head(client, wiring, path) == ""


def test_a_page_opens_without_its_show_when_the_database_is_away_or_too_much_was_asked(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    path = f"/title/{studio.available()['id']}"
    away = replace(wiring, database=Database("postgresql+asyncpg://nobody@127.0.0.1:1/none", wiring.notices))
    spent = Rates()
    for _ in range(STRANGERS.burst):
        spent.count(STRANGERS, "::/64")

    pages = [head(client, each, path) for each in (away, wiring, replace(wiring, rates=spent))]

    assert [bool(page) for page in pages] == [False, True, False]
