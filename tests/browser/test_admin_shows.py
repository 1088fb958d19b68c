import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from browser.axe import faults_of
from browser.cinema import LONG_FILM, SECOND_EPISODE, Cinema
from browser.colleagues import Workplace
from browser.desk import sign_in, sit_down

pytestmark = pytest.mark.browser


@pytest.fixture
def show(cinema: Cinema) -> dict[str, Any]:
    """A show of its own, to be changed at will; its stream is another film's."""
    film = cinema.admin.get(f"/shows/{cinema.shows[LONG_FILM]}").json()
    made: dict[str, Any] = cinema.admin.post(
        "/shows", json={"title": "To be changed", "hlsSrcVideoURL": film["hlsSrcVideoURL"]}
    ).json()
    return made


def test_two_people_who_change_one_show_choose_field_by_field(
    page: Page, cinema: Cinema, show: dict[str, Any]
) -> None:
    address = f"/shows/{show['id']}"
    sit_down(page, address)
    page.get_by_label("Title", exact=True).fill("My title")
    page.get_by_label("Synopsis").fill("My words")
    page.get_by_role("combobox", name="Age rating").fill("PG")
    cinema.admin.patch(address, json={"title": "Their title", "synopsis": "Their words", "tags": ["theirs"]})

    page.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog", name="Somebody else has changed this show")
    dialog.get_by_role("radiogroup", name="Title").get_by_label("Theirs: Their title").check()
    dialog.get_by_role("button", name="Save what is chosen").click()

    expect(page.get_by_role("heading", level=1, name="Their title")).to_be_visible()
    expect(page.get_by_text("Not saved yet")).to_have_count(0)
    now = cinema.admin.get(address).json()
    assert (now["title"], now["synopsis"], now["maturityRating"], now["tags"]) == (
        "Their title",
        "My words",
        "PG",
        ["theirs"],
    )


def test_what_is_not_saved_is_not_lost_without_asking_and_a_fault_stands_at_its_field(
    page: Page, show: dict[str, Any]
) -> None:
    sit_down(page, f"/shows/{show['id']}")
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Title", exact=True)).to_have_attribute("aria-invalid", "true")

    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Stay here").click()
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    page.get_by_role("link", name="Overview").click()
    page.get_by_role("button", name="Leave").click()

    expect(page.get_by_role("heading", level=1, name="Overview")).to_be_visible()


def test_what_was_typed_when_the_session_ended_is_there_again_after_signing_in(
    page: Page, cinema: Cinema, show: dict[str, Any]
) -> None:
    address = f"/shows/{show['id']}"
    sit_down(page, address)
    page.get_by_label("Synopsis").fill("Half an hour of words")
    page.get_by_label("Title", exact=True).fill("My title")
    cinema.admin.patch(address, json={"title": "Their title"})
    assert cinema.admin.delete("/auth/sessions").is_success

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("Your session has ended. Sign in to go on where you were.")
    sign_in(page)

    dialog = page.get_by_role("dialog", name="Somebody else has changed this show")
    dialog.get_by_role("radiogroup", name="Title").get_by_label("Theirs: Their title").check()
    dialog.get_by_role("button", name="Save what is chosen").click()
    expect(page.get_by_text("Not saved yet")).to_have_count(0)
    now = cinema.admin.get(address).json()
    assert (now["title"], now["synopsis"]) == ("Their title", "Half an hour of words")


def test_a_language_is_typed_by_its_name_and_what_is_none_is_said_where_it_can_be_read(
    page: Page, cinema: Cinema, show: dict[str, Any]
) -> None:
    sit_down(page, f"/shows/{show['id']}")
    field = page.get_by_role("combobox", name="Language", exact=True)

    field.fill("Engl")
    field.press("Enter")
    fault = page.get_by_text("A tag of a language is needed")
    expect(fault).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(0)  # that would lie over it
    field.fill("english")
    field.press("Enter")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    expect(field).to_have_value("en")
    field.fill("Icelandic")
    page.get_by_role("button", name="Save").click()

    expect(field).to_have_value("is")
    expect(page.get_by_text("Not saved yet")).to_have_count(0)
    assert cinema.admin.get(f"/shows/{show['id']}").json()["language"] == "is"


def test_a_refused_form_goes_to_the_first_fault_and_says_it_in_the_language_of_the_page(
    workplace: Workplace, show: dict[str, Any]
) -> None:
    desk = workplace("Edda", "editor")
    desk.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['de']})")
    desk.goto(f"/admin/shows/{show['id']}")
    desk.get_by_label("Titel", exact=True).fill("")
    desk.get_by_role("combobox", name="Sprache").fill("deutsch!")
    desk.get_by_label("DASH-Adresse").fill("nirgends")
    desk.get_by_label("DASH-Adresse").press("Enter")

    expect(desk.get_by_label("Titel", exact=True)).to_be_focused()
    expect(desk.get_by_label("Titel", exact=True)).to_be_in_viewport()
    for words in ("Das wird gebraucht.", "Gebraucht wird das Kürzel", "Gebraucht wird eine ganze Adresse"):
        expect(desk.get_by_text(words)).to_be_visible()


def test_a_day_is_typed_key_by_key_and_asks_for_its_time(
    page: Page, cinema: Cinema, show: dict[str, Any]
) -> None:
    sit_down(page, f"/shows/{show['id']}")
    until = page.get_by_label("Until", exact=True)
    until.click(position={"x": 15, "y": 15})
    page.keyboard.type("12242027")
    page.get_by_label("Synopsis").click()
    expect(page.get_by_text("The day and the time are both needed.")).to_be_visible()

    until.click(position={"x": 15, "y": 15})
    page.keyboard.type("122420270630PM")
    until.click(position={"x": 15, "y": 15})
    page.keyboard.type("12242028")  # the year once more, its time already there
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not saved yet")).to_have_count(0)

    assert cinema.admin.get(f"/shows/{show['id']}").json()["availableUntil"] == "2028-12-24T18:30:00.000Z"


def test_a_frame_of_the_film_becomes_the_poster_and_captions_are_looked_at_before_they_are_sent(
    page: Page, cinema: Cinema, tmp_path: Path
) -> None:
    words = tmp_path / "words.vtt"
    words.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nA rabbit sleeps.\n")
    address = f"/shows/{cinema.shows[LONG_FILM]}"
    before = cinema.admin.get(address).json()["posterURL"]
    sit_down(page, address)

    page.get_by_role("button", name="Use the frame at").nth(3).click()
    expect(page.get_by_text("The poster is changed")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a WebVTT").click()
    chooser.value.set_files(words)
    expect(page.get_by_text("A rabbit sleeps.")).to_be_visible()
    tag = page.get_by_role("combobox", name="Language tag")
    tag.fill("swedish!")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("A tag of a language is needed")).to_be_visible()
    tag.fill("swed")
    page.get_by_role("option", name="Swedish · Svenska (sv)").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("button", name="Remove captions: Svenska")).to_be_visible()

    now = cinema.admin.get(address).json()
    assert now["posterURL"] != before
    assert [caption["language"] for caption in now["captions"]] == ["sv"]
    cinema.admin.delete(f"{address}/captions/sv")


def test_many_shows_are_withdrawn_and_that_is_taken_back(page: Page, cinema: Cinema) -> None:
    sit_down(page, "/shows?sort=title")
    for title in (LONG_FILM, SECOND_EPISODE):
        page.get_by_label(f"Select {title}").check()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("2 shows withdrawn")).to_be_visible()
    # What is said of the one choice does not stand in the way of the next.
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label(f"Select {LONG_FILM}").check()
    page.get_by_role("button", name="Clear selection").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()

    states = {
        cinema.admin.get(f"/shows/{cinema.shows[each]}").json()["state"]
        for each in (LONG_FILM, SECOND_EPISODE)
    }
    assert states == {"available"}


def test_a_deleted_show_comes_back_from_the_bin(page: Page, cinema: Cinema, show: dict[str, Any]) -> None:
    sit_down(page, f"/shows/{show['id']}")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/admin/shows$"))

    page.get_by_role("link", name="Bin").click()
    page.get_by_role("row", name="To be changed").get_by_role("button", name="Restore").first.click()

    expect(page.get_by_text("“To be changed” is back")).to_be_visible()
    assert cinema.admin.get(f"/shows/{show['id']}").status_code == 200


def test_a_show_is_made_by_hand_with_the_people_that_others_have(page: Page, cinema: Cinema) -> None:
    stream = cinema.admin.get(f"/shows/{cinema.shows[LONG_FILM]}").json()["hlsSrcVideoURL"]
    sit_down(page, "/shows")
    page.get_by_role("link", name="New show").click()
    page.get_by_role("button", name="Make the show").click()
    expect(page.get_by_label("Title", exact=True)).to_have_attribute("aria-invalid", "true")

    page.get_by_label("Title", exact=True).fill("Made by hand")
    page.get_by_role("combobox", name="Cast").press_sequentially("bun")
    page.get_by_role("option", name="Bunny").click()
    page.get_by_label("HLS address").fill(stream)
    assert faults_of(page) == []
    page.get_by_role("button", name="Make the show").click()

    expect(page.get_by_role("heading", level=1, name="Made by hand")).to_be_visible()
    (made,) = cinema.admin.get("/shows", params={"state": "in_review", "q": "Made by hand"}).json()["items"]
    assert (made["cast"], made["hlsSrcVideoURL"]) == (["Bunny"], stream)
    cinema.admin.delete(f"/shows/{made['id']}")


@pytest.mark.parametrize("path", ["", "/shows", "/bin", "/uploads", "/nowhere"])
def test_a_page_of_the_admin_has_no_accessibility_fault_and_fits_a_phone(page: Page, path: str) -> None:
    sit_down(page, path)
    page.wait_for_load_state("networkidle")
    wide = faults_of(page)
    page.set_viewport_size({"width": 390, "height": 844})

    assert (wide, faults_of(page)) == ([], [])
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


def test_the_editor_has_no_accessibility_fault(page: Page, cinema: Cinema) -> None:
    sit_down(page, f"/shows/{cinema.shows[LONG_FILM]}")
    page.wait_for_load_state("networkidle")

    assert faults_of(page) == []
