"""Films on their way, and what the completion hook was told."""

import json
import re

import pytest
from playwright.sync_api import expect

from browser.axe import faults_of
from browser.cinema import Cinema
from browser.colleagues import PHONE, Workplace
from server_fixtures import WEBHOOK_KEY
from showsondemand.cli.demo_library import CLIPS

# A fast machine makes a show of a few seconds before anybody has pressed Cancel twice.
LONG_FILM = CLIPS / "big-buck-bunny-trailer.mp4"

pytestmark = pytest.mark.browser


def test_a_film_is_found_stopped_and_tried_again(workplace: Workplace, cinema: Cinema) -> None:
    desk = workplace("Edgar", "editor")
    desk.goto("/admin/ingest?q=midway")
    expect(desk.get_by_role("link", name="Stopped Midway")).to_have_count(0)
    expect(desk.get_by_role("main").get_by_role("heading", level=2)).to_be_visible()
    with LONG_FILM.open("rb") as film:
        sent = cinema.admin.post(
            "/ingest/videos", data={"title": "Stopped Midway"}, files={"file": (LONG_FILM.name, film)}
        )
    desk.get_by_role("link", name="Stopped Midway").click()

    desk.get_by_role("button", name="Cancel").click()
    asked = faults_of(desk)
    desk.get_by_role("dialog").get_by_role("button", name="Stop it").click()
    expect(desk.get_by_text("Cancelled", exact=True)).to_be_visible()
    expect(desk.get_by_role("region", name="Log")).to_contain_text("No attempt has failed.")
    desk.get_by_role("button", name="Try again").click()

    expect(desk.get_by_role("button", name="Cancel")).to_be_visible()
    cinema.admin.post(f"/ingest/jobs/{sent.json()['id']}/cancel")
    expect(desk.get_by_text("Cancelled", exact=True)).to_be_visible()  # told by the server's events

    desk.get_by_role("link", name="All films").click()
    desk.get_by_role("searchbox").fill("midway")
    desk.get_by_label("Select Stopped Midway").check()
    desk.get_by_role("button", name="Try again").click()
    expect(desk.get_by_text("1 film is tried again")).to_be_visible()
    desk.get_by_label("Select Stopped Midway").check()
    desk.get_by_role("button", name="Cancel").click()
    asked += faults_of(desk)
    desk.get_by_role("dialog").get_by_role("button", name="Cancel transcoding").click()
    expect(desk.get_by_text("1 film cancelled")).to_be_visible()
    assert cinema.admin.get(f"/ingest/jobs/{sent.json()['id']}").json()["state"] == "cancelled"
    assert asked == []


def test_what_the_hook_was_told_is_read_and_read_again(workplace: Workplace, cinema: Cinema) -> None:
    told = cinema.admin.post(
        "/internal/vod/events",
        content=json.dumps({"greeting": "a shape that nobody knows"}),
        headers={"X-Webhook-Key": WEBHOOK_KEY},
    )
    desk = workplace("Ada", "admin")
    desk.set_viewport_size(PHONE)
    desk.goto("/admin")
    desk.get_by_role("link", name="not understood").click()

    desk.get_by_role("button", name="Look at").first.click()
    expect(desk.get_by_role("dialog")).to_contain_text("a shape that nobody knows")
    expect(desk.get_by_role("dialog")).to_contain_text("Not as expected: id, source")
    shown = faults_of(desk)
    desk.get_by_role("button", name="Read it again").click()

    expect(desk.get_by_text("Read again: Not understood")).to_be_visible()
    assert (told.status_code, shown) == (422, [])
    assert desk.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]


def test_an_event_of_a_finished_film_leads_to_its_show(workplace: Workplace, cinema: Cinema) -> None:
    desk = workplace("Ada", "admin")
    desk.goto("/admin/hook?status=accepted")

    desk.get_by_role("link", name="To the show").first.click()

    expect(desk.get_by_role("heading", level=1)).to_have_text(re.compile("Rabbit|Sleep"))
