"""Any stream is played and looked into; what is wrong with it is said in words."""

from urllib.parse import quote
from uuid import uuid4

import pytest
from playwright.sync_api import Route, expect

from browser.axe import faults_of
from browser.cinema import LONG_FILM, Cinema
from browser.colleagues import PHONE, Workplace
from browser.spectator import wait_until_past

pytestmark = pytest.mark.browser


def test_a_good_stream_plays_and_is_measured(workplace: Workplace, cinema: Cinema) -> None:
    desk = workplace("Mia", "reviewer")
    desk.goto(f"/admin/tester?show={cinema.shows[LONG_FILM]}")
    expect(desk.get_by_text("It plays", exact=True)).to_be_visible()
    wait_until_past(desk, 0.1)

    desk.get_by_role("region", name="Renditions").get_by_role("radio").last.check()
    expect(desk.get_by_role("region", name="Switches")).to_contain_text("By hand")
    desk.get_by_role("button", name="Show as a table").click()
    expect(desk.get_by_role("table", name="While it plays")).to_contain_text("kbit/s")
    desk.set_viewport_size(PHONE)

    assert faults_of(desk) == []
    assert desk.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]


def test_a_broken_stream_says_what_is_wrong_with_it(workplace: Workplace, cinema: Cinema) -> None:
    address = f"{cinema.url}/media/videos/{uuid4()}/1/master.m3u8"
    desk = workplace("Edgar", "editor")
    desk.goto("/admin/tester")
    desk.get_by_label("Address of a stream").fill(address)

    desk.get_by_role("button", name="Test", exact=True).click()

    expect(desk.get_by_text("It does not play", exact=True)).to_be_visible()
    expect(desk.get_by_role("listitem").filter(has_text="A file is missing")).to_contain_text("What to do")
    expect(desk.get_by_text("no grant to play it with")).to_have_count(1)
    assert faults_of(desk) == []


def test_a_report_says_what_it_leaves_out(workplace: Workplace, cinema: Cinema) -> None:
    def with_more(route: Route) -> None:
        answer = route.fetch()
        report = answer.json()
        assert report["leftOut"] == []
        route.fulfill(response=answer, json=report | {"leftOut": [{"code": "gap", "count": 1234}]})

    desk = workplace("Edgar", "editor")
    desk.route("**/stream-tests", with_more)

    desk.goto(f"/admin/tester?url={quote(f'{cinema.url}/media/nothing.m3u8', safe='')}")

    faults = desk.get_by_role("region", name="Faults")
    expect(faults).to_contain_text("1,234 more faults left out: A hole in the media")


def test_an_address_of_our_own_media_plays_with_the_grant_of_its_show(
    workplace: Workplace, cinema: Cinema
) -> None:
    film = cinema.admin.get(f"/shows/{cinema.shows[LONG_FILM]}").json()
    desk = workplace("Mia", "reviewer")
    desk.goto("/admin/tester")
    desk.get_by_label("Address of a stream").fill(film["dashSrcVideoURL"])

    desk.get_by_role("button", name="Test", exact=True).click()

    expect(desk.get_by_text(f"The stream of “{LONG_FILM}”")).to_be_visible()
    wait_until_past(desk, 0.1)


def test_a_host_that_lets_no_page_read_is_told_from_one_without_the_file(
    workplace: Workplace, cinema: Cinema
) -> None:
    desk = workplace("Edgar", "editor")
    desk.set_viewport_size(PHONE)

    desk.goto(f"/admin/tester?url={quote(f'{cinema.url}/media/nothing.m3u8', safe='')}")
    expect(desk.get_by_text("answered with an error")).to_be_visible()
    desk.goto(f"/admin/tester?url={quote('http://away.example.test:9/film.m3u8', safe='')}")
    expect(desk.get_by_text("Access-Control-Allow-Origin (CORS)")).to_be_visible()

    player = desk.get_by_role("region", name="away.example.test").bounding_box()
    again = desk.get_by_role("alert").get_by_role("button", name="Try again").bounding_box()
    assert player
    assert again
    assert again["y"] + again["height"] <= player["y"] + player["height"]  # not cut off


def test_no_other_page_runs_under_the_testers_policy(workplace: Workplace, cinema: Cinema) -> None:
    desk = workplace("Mia", "reviewer")
    loaded = "() => new URL(performance.getEntriesByType('navigation')[0].name).pathname"
    desk.goto("/admin/reviews")

    desk.get_by_role("link", name="Stream tester").click()
    expect(desk.get_by_role("heading", level=1, name="Stream tester")).to_be_visible()
    in_the_tester = desk.evaluate(loaded)
    desk.get_by_role("link", name="Review", exact=True).click()
    expect(desk.get_by_role("heading", level=1, name="Review")).to_be_visible()

    assert (in_the_tester, desk.evaluate(loaded)) == ("/admin/tester", "/admin/reviews")
