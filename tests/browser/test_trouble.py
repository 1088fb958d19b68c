import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from browser.cinema import LONG_FILM, Cinema
from browser.spectator import arrive_signed_in, position, wait_until_past

pytestmark = pytest.mark.browser

# Further from the beginning than the player fetches ahead: going there asks the server.
FAR_SECONDS = 37


def test_a_lost_connection_is_said_and_the_film_goes_on_by_itself(
    page: Page, device: BrowserContext, cinema: Cinema
) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)

    device.set_offline(True)
    _go_to(page, FAR_SECONDS)
    expect(page.get_by_text("Connection lost")).to_be_visible()
    device.set_offline(False)

    wait_until_past(page, FAR_SECONDS + 1)
    expect(page.get_by_text("Connection lost")).to_be_hidden()


def test_the_film_goes_on_after_the_server_was_restarted(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)

    cinema.server.stop()
    try:
        _go_to(page, FAR_SECONDS)
        expect(page.get_by_text("Connection lost")).to_be_visible()
    finally:
        cinema.server.start()

    expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=30_000)
    wait_until_past(page, FAR_SECONDS + 1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_show_taken_down_while_it_is_watched_says_so(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.route("**/playback", _grant_that_ends_soon)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)

    cinema.change(LONG_FILM, state="withdrawn")
    try:
        expect(page.get_by_role("alert")).to_contain_text("no longer available", timeout=20_000)
        expect(page.get_by_role("button", name="Try again")).to_be_visible()
    finally:
        cinema.change(LONG_FILM, state="available")


def test_trying_again_goes_on_at_the_same_place(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.route("**/playback", _grant_that_ends_soon)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}?t=20")
    wait_until_past(page, 21)
    cinema.change(LONG_FILM, state="withdrawn")
    expect(page.get_by_role("alert")).to_be_visible(timeout=20_000)
    cinema.change(LONG_FILM, state="available")

    page.get_by_role("button", name="Try again").click()

    wait_until_past(page, 21)
    assert position(page) < 35


def test_an_address_that_leads_nowhere_offers_the_way_home(page: Page) -> None:
    page.goto("/nowhere/at/all")

    expect(page.get_by_role("heading", level=1)).to_contain_text("does not exist")
    page.get_by_role("main").get_by_role("link", name="To the home page").click()
    expect(page).to_have_url(re.compile("/$"))


@pytest.mark.parametrize("path", ["title", "watch"])
def test_a_show_that_is_not_there_is_told_apart_from_a_fault(page: Page, path: str) -> None:
    arrive_signed_in(page)
    page.goto(f"/{path}/01900000-0000-7000-8000-000000000000")

    expect(page.get_by_role("heading")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_contain_text("not available")


def test_being_offline_is_said_and_taken_back(page: Page, device: BrowserContext) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="New")).to_be_visible()

    device.set_offline(True)
    expect(page.get_by_text("You are offline")).to_be_visible()
    device.set_offline(False)

    expect(page.get_by_text("You are offline")).to_be_hidden()


def _go_to(page: Page, seconds: float) -> None:
    page.evaluate("seconds => { document.querySelector('video').currentTime = seconds }", seconds)


def _grant_that_ends_soon(route: Route) -> None:
    """Tells the client that the grant lives for four seconds."""
    answer = route.fetch()
    if not answer.ok:
        route.fulfill(response=answer)
        return
    soon = route.request.frame.evaluate("() => new Date(Date.now() + 4000).toISOString()")
    route.fulfill(response=answer, body=json.dumps({**answer.json(), "expiresAt": soon}))
