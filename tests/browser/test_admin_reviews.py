"""From a film that waits to a show that plays, and what happens where two reviewers meet."""

import re
import subprocess
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from browser.axe import faults_of
from browser.cinema import Cinema
from browser.colleagues import PHONE, Workplace, bring_to_review
from browser.desk import sign_in, sit_down
from browser.spectator import position, register, wait_until_past
from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

pytestmark = pytest.mark.browser
_TRANSCODING_SECONDS = 60
# Playing on meanwhile, so a little after it too.
_AT = "(at => Math.abs(document.querySelector('video').currentTime - at - 0.5) < 0.6)"


def test_a_film_is_reviewed_and_plays_for_a_viewer(
    page: Page, workplace: Workplace, cinema: Cinema, tmp_path: Path
) -> None:
    show_id = _ingested(cinema, "Not Without Flaws", _flawed_film(tmp_path / "flawed.mp4"))
    desk = workplace("Mia", "reviewer")
    desk.goto("/admin/reviews")
    desk.get_by_role("link", name="Review Not Without Flaws").click()
    wait_until_past(desk, 0.1)
    look_again = desk.get_by_role("button", name="Look again")
    expect(look_again).to_be_visible()  # offered once the first look is over

    # What was found stands on the timeline, where it is in the film, and is gone to by a press, a link and keys.
    marks = desk.get_by_title(re.compile("go to 0:0[36]$"), exact=True)
    expect(marks).to_have_count(3)
    assert [_place(mark) for mark in marks.all()] == ["25%", "25%", "50%"]
    desk.evaluate("() => document.querySelector('video').pause()")  # a slow machine is no further than sent
    marks.last.click()
    _step_between_findings(desk)
    desk.get_by_role("button", name="Black picture, go to 0:03").click()
    desk.wait_for_function(f"() => {_AT}(3)")
    assert faults_of(desk) == []
    _see_findings_in_german(workplace, show_id)
    look_again.click()
    expect(desk.get_by_text("A program looks at the film again")).to_be_visible()
    assert len(cinema.admin.get(f"/shows/{show_id}/analyses").json()["items"]) == 2

    desk.keyboard.press("a")
    expect(desk.get_by_text("“Not Without Flaws” is published")).to_be_visible()
    expect(desk.get_by_role("heading", name="Not Without Flaws")).to_be_hidden()
    desk.keyboard.press("u")  # a slip
    expect(desk.get_by_role("heading", level=1, name="Not Without Flaws")).to_be_visible()
    assert cinema.admin.get(f"/shows/{show_id}").json()["state"] == "in_review"
    expect(desk.get_by_role("button", name="Approve and publish")).to_be_enabled()
    desk.keyboard.press("a")

    expect(desk.get_by_text("“Not Without Flaws” is published")).to_be_visible()
    expect(desk.get_by_role("heading", name="Not Without Flaws")).to_be_hidden()
    register(page)
    page.goto(f"/watch/{show_id}")
    wait_until_past(page, 0.1)


def test_the_film_is_stepped_through_by_frames_and_by_pictures(workplace: Workplace, cinema: Cinema) -> None:
    show_id = bring_to_review(cinema, "Step by Step")
    desk = workplace("Mia", "reviewer")
    desk.goto(f"/admin/reviews/{show_id}")
    wait_until_past(desk, 0.1)

    desk.keyboard.press("k")
    desk.wait_for_function("() => document.querySelector('video').paused")
    before = position(desk)
    desk.keyboard.press(".")
    desk.wait_for_function("before => document.querySelector('video').currentTime > before", arg=before)
    one_frame = position(desk) - before
    desk.keyboard.press(">")
    strip = desk.get_by_role("toolbar", name="The film in pictures").get_by_role("button")
    strip.last.click()

    assert 0.01 < one_frame < 0.1
    expect(desk.get_by_label("Speed", exact=True)).to_have_value("1.5")
    desk.wait_for_function("() => document.querySelector('video').currentTime > 20")


def test_a_rejection_says_why_and_the_next_film_opens_by_itself(workplace: Workplace, cinema: Cinema) -> None:
    first, second = (bring_to_review(cinema, title) for title in ("Out of Focus", "In Focus"))
    desk = workplace("Mia", "reviewer")
    desk.goto(f"/admin/reviews/{first}")
    expect(desk.get_by_role("button", name="Reject")).to_be_enabled()

    desk.keyboard.press("r")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("button", name="Reject")).to_be_focused()
    desk.keyboard.press("r")
    expect(desk.get_by_role("checkbox", name="Picture")).to_be_focused()
    asked = faults_of(desk)
    desk.keyboard.press("Space")
    desk.get_by_role("button", name="Reject", exact=True).click()
    expect(desk.get_by_text("Say in a sentence")).to_be_visible()
    desk.get_by_label("Notes").fill("The second half is out of focus.")
    desk.get_by_role("button", name="Reject", exact=True).click()

    expect(desk.get_by_role("heading", level=1, name="In Focus")).to_be_visible()
    (kept,) = cinema.admin.get(f"/shows/{first}/reviews").json()["items"]
    assert (kept["reasons"], kept["notes"]) == (["picture"], "The second half is out of focus.")
    assert asked == []
    cinema.admin.delete(f"/shows/{second}")


def test_a_rejection_that_is_begun_outlives_a_change_of_mind_another_film_and_the_end_of_the_session(
    page: Page, cinema: Cinema
) -> None:
    first, second = (bring_to_review(cinema, title) for title in ("Half Judged", "Not Judged"))
    sit_down(page, f"/reviews/{first}")
    notes = page.get_by_label("Notes")
    page.get_by_role("button", name="Reject").click()
    page.get_by_text("Sound", exact=True).click()
    notes.fill("There is a hum.")

    notes.press("Escape")
    expect(notes).to_have_count(0)
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_role("heading", level=1, name="Half Judged")).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="Reject").click()
    expect(notes).to_have_value("There is a hum.")
    expect(page.get_by_role("checkbox", name="Sound")).to_be_checked()
    notes.fill("There is a hum, and it grows.")
    assert cinema.admin.delete("/auth/sessions").is_success
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("Your session has ended. Sign in to go on where you were.")
    sign_in(page)
    expect(notes).to_have_value("There is a hum, and it grows.")
    page.get_by_role("button", name="Reject", exact=True).click()

    expect(page.get_by_role("heading", level=1, name="Half Judged")).to_have_count(0)
    (kept,) = cinema.admin.get(f"/shows/{first}/reviews").json()["items"]
    assert (kept["reasons"], kept["notes"]) == (["sound"], "There is a hum, and it grows.")
    cinema.admin.delete(f"/shows/{second}")


def test_two_reviewers_do_not_judge_the_same_film(workplace: Workplace, cinema: Cinema) -> None:
    show_id = bring_to_review(cinema, "Wanted by Two")
    mia, noah = workplace("Mia", "reviewer"), workplace("Noah", "reviewer")
    mia.goto(f"/admin/reviews/{show_id}")
    expect(mia.get_by_text("It is yours until")).to_be_visible()

    noah.goto(f"/admin/reviews/{show_id}")
    expect(noah.get_by_text("Mia is watching it")).to_be_visible()
    expect(noah.get_by_role("button", name="Approve")).to_have_count(0)
    taken = faults_of(noah)
    cinema.admin.delete(f"/shows/{show_id}/claim")
    cinema.admin.post(f"/shows/{show_id}/reviews", json={"verdict": "approve"})
    mia.get_by_role("button", name="Approve and publish").click()

    expect(mia.get_by_role("heading", name="There is a verdict already")).to_be_visible()
    expect(mia.get_by_text("has approved it")).to_be_visible()
    assert (taken, faults_of(mia)) == ([], [])


def test_what_was_taken_over_stays_with_who_took_it_whatever_the_first_does(
    workplace: Workplace, cinema: Cinema
) -> None:
    show_id = bring_to_review(cinema, "Taken Over")
    ada, bo = workplace("Ada", "admin"), workplace("Bo", "admin")
    ada.goto(f"/admin/reviews/{show_id}")
    expect(ada.get_by_text("It is yours until")).to_be_visible()
    bo.goto(f"/admin/reviews/{show_id}")
    bo.get_by_role("button", name="Take it over").click()
    asked = bo.get_by_role("dialog", name="Take it over from Ada?")
    asked.get_by_role("button", name="Cancel").click()
    expect(bo.get_by_text("Ada is watching it")).to_be_visible()
    bo.get_by_role("button", name="Take it over").click()
    asked.get_by_role("button", name="Take it over").click()
    expect(bo.get_by_text("It is yours until")).to_be_visible()

    ada.get_by_role("button", name="Approve and publish").click()
    expect(ada.get_by_text("Bo is watching it")).to_be_visible()
    expect(ada.get_by_role("button", name="Approve and publish")).to_have_count(0)
    with ada.expect_request(lambda request: request.method == "GET" and "reviews" in request.url):
        ada.get_by_role("link", name="To the queue").click()
    bo.get_by_role("button", name="Approve and publish").click()

    expect(bo.get_by_text("is published")).to_be_visible()


def test_the_queue_and_the_bench_are_for_everybody_on_a_phone_too(
    workplace: Workplace, cinema: Cinema
) -> None:
    show_id = bring_to_review(cinema, "On the Phone")
    desk = workplace("Edgar", "editor")
    desk.set_viewport_size(PHONE)
    desk.goto("/admin/reviews")
    expect(desk.get_by_role("link", name="Review On the Phone")).to_be_visible()
    queue = faults_of(desk)

    desk.goto(f"/admin/reviews/{show_id}")
    expect(desk.get_by_text("the verdict is a reviewer")).to_be_visible()
    wait_until_past(desk, 0.1)

    assert (queue, faults_of(desk)) == ([], [])
    assert desk.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]
    cinema.admin.delete(f"/shows/{show_id}")


def _step_between_findings(desk: Page) -> None:
    """From the second place to the first and back, also by keys that are faster than the page is drawn."""
    desk.wait_for_function(f"() => {_AT}(6)")
    desk.keyboard.press("[")
    desk.wait_for_function(f"() => {_AT}(3)")
    desk.evaluate("() => ']['.split('').forEach(key => dispatchEvent(new KeyboardEvent('keydown', { key })))")
    desk.wait_for_function(f"() => {_AT}(3)")
    desk.keyboard.press("]")
    desk.wait_for_function(f"() => {_AT}(6)")


def _see_findings_in_german(workplace: Workplace, show_id: str) -> None:
    german = workplace("Gerda", "reviewer")
    german.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['de']})")
    german.goto(f"/admin/reviews/{show_id}")
    expect(german.get_by_text("Das Bild ist 3,0 Sekunden lang schwarz.")).to_be_visible()
    expect(german.get_by_text("Der Ton (audio-0) ist 3,0 Sekunden lang stumm.")).to_be_visible()
    german.close()


def _place(mark: Locator) -> str:
    place: str = mark.evaluate("mark => Math.round(parseFloat(mark.style.insetInlineStart)) + '%'")
    return place


def _flawed_film(made: Path) -> Path:
    """Twelve seconds, three each of: a moving picture with a tone, black in silence, a still one, and moving again."""
    look = "s=160x90:r=25:d=3"
    inputs = [f"testsrc2={look}", f"color=black:{look}", f"color=red:{look}", f"testsrc2={look}"]
    inputs += ["sine=440:r=48000:d=3", "anullsrc=r=48000:cl=mono:d=3", "sine=440:r=48000:d=6"]
    graph = "[0][1][2][3]concat=n=4,format=yuv420p[v];[4][5][6]concat=n=3:v=0:a=1[a]"
    words = [word for each in inputs for word in ("-f", "lavfi", "-i", each)]
    words += ["-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-preset", "ultrafast"]
    subprocess.run([find_ffmpeg(), "-v", "error", "-nostdin", *words, str(made)], check=True)
    return made


def _ingested(cinema: Cinema, title: str, clip: Path) -> str:
    """The show in review that a film sent by somebody else than the reviewer has become."""
    with clip.open("rb") as film:
        sent = cinema.admin.post("/ingest/videos", data={"title": title}, files={"file": (clip.name, film)})
    job = sent.json()
    deadline = time.monotonic() + _TRANSCODING_SECONDS
    while job["state"] != "completed":
        assert time.monotonic() < deadline, job
        assert job["state"] in {"queued", "running"}, job
        time.sleep(0.2)
        job = cinema.admin.get(f"/ingest/jobs/{job['id']}").json()
    show_id: str = job["showId"]
    return show_id
