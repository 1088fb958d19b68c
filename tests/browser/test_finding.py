import re

import pytest
from playwright.sync_api import Page, expect

from browser.cinema import FILM_WITH_CAPTIONS, HOSTILE, LONG_FILM, SECOND_EPISODE, Cinema
from browser.spectator import arrive_signed_in

pytestmark = pytest.mark.browser


def test_the_home_page_opens_with_a_show_and_a_row_for_each_genre(page: Page) -> None:
    page.goto("/")

    expect(page.get_by_role("link", name="More info")).to_be_visible()
    expect(page.get_by_role("heading", name="New")).to_be_visible()
    expect(page.get_by_role("region", name="Animation").get_by_role("link")).to_have_count(3)


@pytest.mark.parametrize("title", [None, LONG_FILM])
def test_a_page_that_is_come_in_by_asks_for_no_show_and_for_its_large_picture_before_its_script(
    page: Page, cinema: Cinema, title: str | None
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    path = f"/title/{cinema.shows[title]}" if title else "/"

    page.goto(path)

    picture = page.locator("main img[fetchpriority=high]")
    expect(picture).to_have_attribute("data-there", "true")
    ahead = page.locator("head link[as=image]")
    assert ahead.get_attribute("imagesrcset") == picture.get_attribute("srcset")
    assert asked.count(str(picture.evaluate("img => img.currentSrc"))) == 1
    known = {
        f"{cinema.url}/shows",
        f"{cinema.url}/shows/facets",
        *(f"{cinema.url}/shows/{each}" for each in cinema.shows.values()),
    }
    assert known.isdisjoint(asked)


def test_a_card_takes_the_smallest_picture_that_will_do_out_of_its_blur(page: Page) -> None:
    page.goto("/")

    # Not the one that the page opens with: its large picture is there already, and the browser takes it for the card.
    card = page.get_by_role("region", name="New").get_by_role("link", name=LONG_FILM)
    picture = card.locator("img")
    card.scroll_into_view_if_needed()  # what is not near is not fetched
    expect(picture).to_have_attribute("data-there", "true")

    assert str(picture.evaluate("img => img.currentSrc")).endswith("/poster-320.jpg")
    assert 'url("data:image/png' in str(
        picture.evaluate("img => getComputedStyle(img.parentElement).backgroundImage")
    )


def test_typing_finds_shows_and_the_address_tells_what_was_typed(page: Page) -> None:
    page.goto("/browse")

    page.get_by_label("Title, person or genre").fill("sleep")

    expect(page).to_have_url(re.compile(r"q=sleep"))
    expect(page.get_by_text("1 show", exact=True)).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=LONG_FILM)).to_be_visible()


def test_a_find_that_was_sent_to_somebody_opens_as_it_was(page: Page) -> None:
    page.goto("/browse?genre=Comedy&sort=title")

    expect(page.get_by_label("Genre", exact=True)).to_have_value("Comedy")
    titles = page.get_by_role("main").get_by_role("listitem")
    expect(titles).to_have_count(2)
    expect(titles.nth(0)).to_contain_text(FILM_WITH_CAPTIONS)
    expect(titles.nth(1)).to_contain_text(SECOND_EPISODE)


def test_a_search_that_finds_nothing_offers_a_way_out(page: Page) -> None:
    page.goto("/browse?q=zzzzzz")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()

    page.get_by_role("button", name="Show everything").click()

    expect(page.get_by_role("main").get_by_role("link", name=LONG_FILM)).to_be_visible()


def test_a_show_of_a_series_lists_its_episodes_in_order(page: Page, cinema: Cinema) -> None:
    page.goto(f"/title/{cinema.shows[SECOND_EPISODE]}")

    episodes = page.get_by_role("region", name="Episodes").get_by_role("listitem")
    expect(episodes).to_have_count(2)
    expect(episodes.nth(0)).to_contain_text(FILM_WITH_CAPTIONS)


def test_markup_in_the_words_of_a_show_is_shown_as_text(page: Page, cinema: Cinema) -> None:
    for path in ("/", "/browse?sort=title", f"/title/{cinema.shows[HOSTILE]}"):
        page.goto(path)
        expect(page.get_by_text(HOSTILE).and_(page.locator("h1, a *")).first).to_be_visible()

    assert page.evaluate("() => window.harmed") is None


def test_the_client_speaks_the_language_that_is_chosen_and_remembers_it(page: Page) -> None:
    arrive_signed_in(page)
    page.goto("/account")

    page.get_by_label("Language", exact=True).select_option("de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Konto")
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("Konto")
    expect(page.locator("html")).to_have_attribute("lang", "de")
