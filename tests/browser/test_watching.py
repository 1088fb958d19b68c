import json
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.cinema import FILM_WITH_CAPTIONS, LONG_FILM, SECOND_EPISODE, Cinema
from browser.spectator import (
    arrive_signed_in,
    frames_shown,
    position,
    show_controls,
    sign_in,
    wait_for_lines,
    wait_until_past,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("manifest_type", ["hls", "dash"])
def test_a_show_plays_as_hls_and_as_dash(page: Page, cinema: Cinema, manifest_type: str) -> None:
    manifests: list[str] = []
    page.on("request", lambda asked: manifests.append(asked.url) if _is_manifest(asked.url) else None)
    arrive_signed_in(page)

    page.goto(f"/watch/{cinema.shows[LONG_FILM]}?format={manifest_type}")

    wait_until_past(page, 2)
    assert frames_shown(page) > 20
    assert manifests[0].endswith({"hls": "master.m3u8", "dash": "manifest.mpd"}[manifest_type])


def test_a_visitor_signs_in_on_the_way_and_the_show_begins(page: Page, cinema: Cinema) -> None:
    page.goto(f"/title/{cinema.shows[LONG_FILM]}")
    page.get_by_role("link", name="Sign in to watch").click()
    expect(page).to_have_url(re.compile("/login"))

    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("E-mail").fill("mia@example.org")
    page.get_by_label("Password", exact=True).fill("correct horse battery staple")
    page.get_by_role("button", name="Create an account").click()

    expect(page).to_have_url(re.compile(f"/watch/{cinema.shows[LONG_FILM]}"))
    wait_until_past(page, 1)


def test_a_show_goes_on_where_it_was_left_on_another_device(
    page: Page, cinema: Cinema, chromium: Browser
) -> None:
    email = arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 1)
    with page.expect_response(re.compile("/users/me/progress/")):
        page.evaluate("() => { document.querySelector('video').currentTime = 20 }")
    wait_until_past(page, 21)
    with page.expect_response(re.compile("/users/me/progress/")):
        page.keyboard.press("k")

    with chromium.new_context(base_url=cinema.url) as elsewhere:
        other = elsewhere.new_page()
        sign_in(other, email)
        other.goto(f"/watch/{cinema.shows[LONG_FILM]}")
        wait_until_past(other, 20)
        expect(other.get_by_text("Resumed at 0:2")).to_be_visible()

        other.get_by_role("button", name="Start over").click()

        other.wait_for_function("() => document.querySelector('video').currentTime < 5")


def test_the_seek_bar_shows_pictures_of_the_film(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)
    show_controls(page)
    bar = page.locator(".shaka-seek-bar").bounding_box()
    assert bar is not None

    with page.expect_response(re.compile(r"\.jpg$")):
        page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)

    expect(page.locator(".shaka-player-ui-thumbnail-image, #shaka-player-ui-thumbnail-image")).to_be_visible()


def test_captions_are_shown_when_they_are_asked_for(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto("/account")
    page.get_by_label("Show captions").select_option("en")

    page.goto(f"/watch/{cinema.shows[FILM_WITH_CAPTIONS]}")

    wait_until_past(page, 0.5)
    expect(page.locator(".shaka-text-container")).not_to_be_empty()


def test_the_picture_gets_smaller_on_a_slow_line(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_for_lines(page, "==", 480)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")

    slow = {"offline": False, "latency": 40, "downloadThroughput": 250_000 / 8, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    page.reload()

    wait_for_lines(page, "<", 480)


def test_the_grant_is_renewed_while_the_film_plays(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    grants: set[str] = set()
    page.on("request", lambda asked: grants.update(re.findall(r"/media/([^/]{40,})/.*\.m4s", asked.url)))
    page.route("**/playback", _grant_that_ends_soon)

    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 6)
    page.evaluate("() => { document.querySelector('video').currentTime = 36 }")

    wait_until_past(page, 36.5)
    assert len(grants) > 1
    expect(page.get_by_role("alert")).to_have_count(0)


def test_after_an_episode_comes_the_next(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[FILM_WITH_CAPTIONS]}")
    wait_until_past(page, 0.5)

    page.evaluate("() => { const v = document.querySelector('video'); v.currentTime = v.duration - 0.5 }")
    expect(page.get_by_text("Up next")).to_be_visible()
    page.get_by_role("button", name="Play now").click()

    expect(page).to_have_url(re.compile(cinema.shows[SECOND_EPISODE]))
    expect(page).to_have_title(re.compile(SECOND_EPISODE))
    wait_until_past(page, 0.5)


def test_an_intro_is_skipped_by_its_button_or_its_key(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    parts = [
        {"kind": "recap", "startSeconds": 0, "endSeconds": 12},
        {"kind": "intro", "startSeconds": 12, "endSeconds": 25},
    ]
    cinema.change(LONG_FILM, markers=parts)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")

    page.get_by_role("button", name="Skip recap").click()
    expect(page.get_by_role("button", name="Skip intro")).to_be_visible()
    page.keyboard.press("s")

    wait_until_past(page, 25)
    expect(page.get_by_role("button", name="Skip intro")).to_be_hidden()
    cinema.change(LONG_FILM, markers=None)


def test_over_the_credits_the_next_episode_is_counted_down_to_unless_somebody_wants_them(
    page: Page, cinema: Cinema
) -> None:
    arrive_signed_in(page)
    cinema.change(FILM_WITH_CAPTIONS, markers=[{"kind": "credits", "startSeconds": 0, "endSeconds": 4}])
    page.goto(f"/watch/{cinema.shows[FILM_WITH_CAPTIONS]}")

    expect(page.get_by_text(re.compile(r"Starts in [89] seconds"))).to_be_visible()
    page.get_by_role("button", name="Watch the credits").click()

    expect(page.get_by_text("Up next")).to_be_hidden()
    expect(page).to_have_url(re.compile(cinema.shows[FILM_WITH_CAPTIONS]))
    cinema.change(FILM_WITH_CAPTIONS, markers=None)


def test_the_keys_of_the_player_do_what_the_sheet_says(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)

    page.keyboard.press("k")
    before = position(page)
    page.keyboard.press("l")
    page.wait_for_function("t => document.querySelector('video').currentTime > t + 9", arg=before)
    page.keyboard.press("?")

    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    show_controls(page)
    page.get_by_role("button", name="More settings").click()
    page.locator(
        ".shaka-overflow-menu .shaka-resolution-button"
    ).click()  # its button goes, and with it the focus
    page.keyboard.press("Escape")
    expect(page.locator(".shaka-settings-menu:visible, .shaka-overflow-menu:visible")).to_have_count(0)
    expect(page).to_have_url(re.compile("/watch/"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/title/"))


def _is_manifest(url: str) -> bool:
    return url.endswith(("master.m3u8", "manifest.mpd"))


def _grant_that_ends_soon(route: Route) -> None:
    """Tells the client that the grant lives for four seconds."""
    answer = route.fetch()
    soon = route.request.frame.evaluate("() => new Date(Date.now() + 4000).toISOString()")
    route.fulfill(response=answer, body=json.dumps({**answer.json(), "expiresAt": soon}))
