"""Captions are looked at before viewers see them: over the film, and as text where there is none yet."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from browser.axe import faults_of
from browser.cinema import FILM_WITH_CAPTIONS, Cinema
from browser.desk import sit_down
from browser.spectator import arrive_signed_in, wait_until_past

pytestmark = pytest.mark.browser

_WEBVTT = "WEBVTT\n\n00:02.000 --> 00:04.000\nA rabbit sleeps.\n\n00:05.000 --> 00:07.000\n<i>It</i> wakes.\n"
_SUBRIP = "1\n00:00:02,000 --> 00:00:04,000\nA rabbit sleeps.\n\n2\n00:00:05,000 --> 00:00:07,000\n<i>It</i> wakes.\n"


@pytest.mark.parametrize(("name", "written"), [("words.vtt", _WEBVTT), ("words.srt", _SUBRIP)])
def test_captions_are_seen_over_the_film_before_they_are_sent_and_afterwards(
    page: Page, cinema: Cinema, tmp_path: Path, name: str, written: str
) -> None:
    file = tmp_path / name
    file.write_text(written)
    address = f"/shows/{cinema.shows[FILM_WITH_CAPTIONS]}"
    before = cinema.admin.get(address).json()["captions"]
    wishes = quote(json.dumps({"captionLanguage": "en"}))  # which the stream itself has
    page.context.add_cookies([{"name": "sod_preferences", "value": wishes, "url": cinema.url}])
    sit_down(page, address)

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a WebVTT").click()
    chooser.value.set_files(file)
    page.get_by_role("combobox", name="Language tag").fill("en")
    page.get_by_role("button", name="Look at it over the film").press("Enter")
    _see_over_the_film(page, name)

    assert faults_of(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="0:02 A rabbit sleeps.")).to_be_in_viewport()
    assert faults_of(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Look at it over the film")).to_be_focused()
    assert cinema.admin.get(address).json()["captions"] == before

    page.get_by_role("combobox", name="Language tag").fill("sv")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Look at captions: Svenska").click()
    _see_over_the_film(page, "Svenska")
    cinema.admin.delete(f"{address}/captions/sv")


def test_viewers_see_the_captions_that_an_editor_corrected_not_those_the_film_came_with(
    page: Page, cinema: Cinema
) -> None:
    address = f"/shows/{cinema.shows[FILM_WITH_CAPTIONS]}"
    original = next(
        caption
        for caption in cinema.admin.post(f"{address}/playback").json()["captions"]
        if caption["language"] == "en"
    )
    written = cinema.admin.get(original["url"]).text
    corrected = "WEBVTT\n\n00:00.000 --> 00:08.000\nCorrected.\n"
    _send(cinema, f"{address}/captions/en", corrected)
    arrive_signed_in(page)
    page.goto("/account")
    page.get_by_label("Show captions").select_option("en")

    page.goto(f"/watch/{cinema.shows[FILM_WITH_CAPTIONS]}")

    wait_until_past(page, 0.5)
    expect(page.locator(".shaka-text-container")).to_have_text("Corrected.")
    _send(cinema, f"{address}/captions/en", written)


def _send(cinema: Cinema, address: str, written: str) -> None:
    assert cinema.admin.put(address, content=written, params={"label": "English"}).is_success


def _see_over_the_film(page: Page, name: str) -> None:
    """Goes to a line by the keyboard, once the film plays, and on to the next."""
    dialog = page.get_by_role("dialog", name=f"Captions: {name}")
    drawn = dialog.locator(".shaka-text-container")
    wait_until_past(page, 0.1)
    page.evaluate("() => document.querySelector('video').pause()")
    for line, words in (("0:05 It wakes.", "It wakes."), ("0:02 A rabbit sleeps.", "A rabbit sleeps.")):
        dialog.get_by_role("button", name=line).press("Enter")
        expect(drawn).to_have_text(words)
        expect(dialog.locator("[aria-current]")).to_have_text(line)


def test_captions_of_a_draft_without_a_film_are_read_as_text(
    page: Page, cinema: Cinema, tmp_path: Path
) -> None:
    file = tmp_path / "old.srt"
    file.write_bytes("1\n00:00:00,000 --> 00:00:01,000\nGrüße\n".encode("latin-1"))
    draft = cinema.admin.post("/shows", json={"title": "Only planned"}).json()
    sit_down(page, f"/shows/{draft['id']}")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a WebVTT").click()
    chooser.value.set_files(file)
    page.get_by_role("button", name="Read all of it").click()

    dialog = page.get_by_role("dialog", name="Captions: old.srt")
    expect(dialog.get_by_role("listitem")).to_have_text("0:00 Grüße")
    for words in ("There is no film yet", "Special letters may be wrong here"):
        expect(dialog.get_by_text(words)).to_be_visible()
    expect(dialog.locator("video")).to_have_count(0)
    assert faults_of(page) == []
    cinema.admin.delete(f"/shows/{draft['id']}")
