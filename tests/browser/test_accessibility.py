from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from browser.axe import faults_of
from browser.cinema import FILM_WITH_CAPTIONS, LONG_FILM, Cinema
from browser.spectator import arrive_signed_in, show_controls, wait_until_past

pytestmark = pytest.mark.browser

OPEN_PAGES = [
    "/",
    "/browse",
    "/browse?q=zzzzzz",
    "/login",
    "/register",
    "/forgot",
    "/reset?token=x",
    "/nowhere",
]
OWN_PAGES = ["/list", "/history", "/account"]
SMALL: ViewportSize = {"width": 320, "height": 640}


@pytest.fixture
def faults(page: Page) -> Callable[[], list[Any]]:
    return lambda: faults_of(page)


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_for_everybody_has_no_accessibility_fault(
    page: Page, faults: Callable[[], list[Any]], path: str
) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert faults() == []


@pytest.mark.parametrize("path", OWN_PAGES)
def test_a_page_of_ones_own_has_no_accessibility_fault(
    page: Page, faults: Callable[[], list[Any]], path: str
) -> None:
    arrive_signed_in(page)
    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert faults() == []


def test_a_show_and_its_dialogs_have_no_accessibility_fault(
    page: Page, cinema: Cinema, faults: Callable[[], list[Any]]
) -> None:
    arrive_signed_in(page)
    page.goto(f"/title/{cinema.shows[FILM_WITH_CAPTIONS]}")
    page.wait_for_load_state("networkidle")
    on_the_page = faults()
    page.get_by_role("button", name="Your account").click()

    assert (on_the_page, faults()) == ([], [])


def test_a_list_with_something_on_it_has_no_accessibility_fault_and_keeps_the_focus_when_it_goes(
    page: Page, cinema: Cinema, faults: Callable[[], list[Any]]
) -> None:
    arrive_signed_in(page)
    page.goto(f"/title/{cinema.shows[LONG_FILM]}")
    with page.expect_response(lambda answer: "/watchlist/" in answer.url):
        page.get_by_role("button", name="My list").click()
    page.goto("/list")
    remove = page.get_by_role("button", name=f"Remove “{LONG_FILM}” from your list")
    remove.focus()
    with_a_show = faults()

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Your list is empty")).to_be_visible()
    expect(page.get_by_role("heading", name="My list", exact=True)).to_be_focused()
    assert with_a_show == []


def test_the_player_has_no_accessibility_fault(
    page: Page, cinema: Cinema, faults: Callable[[], list[Any]]
) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)
    show_controls(page)
    while_playing = faults()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()

    assert (while_playing, faults()) == ([], [])


@pytest.mark.parametrize("path", ["/", "/browse", "/login", "/account"])
def test_a_page_fits_a_window_that_is_zoomed_to_four_times(page: Page, path: str) -> None:
    arrive_signed_in(page)
    page.set_viewport_size(SMALL)  # 1280 pixels at 400 %: WCAG 2.2, 1.4.10

    page.goto(path)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("() => document.documentElement.scrollWidth") <= SMALL["width"]


def test_going_to_another_page_moves_the_focus_to_its_heading(page: Page) -> None:
    page.goto("/")

    page.get_by_role("link", name="Browse").first.click()

    expect(page.get_by_role("heading", level=1, name="Browse")).to_be_focused()


def test_the_position_in_the_film_is_said_in_words(page: Page, cinema: Cinema) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 1)

    expect(page.locator(".shaka-seek-bar")).to_have_attribute("aria-valuetext", "0:01 of 0:40")
