import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.cinema import LONG_FILM, MEDIA, Cinema
from browser.desk import bring, film_row, padded_film, sign_in, sit_down, slow_down
from showsondemand.cli.demo_library import CLIPS

pytestmark = pytest.mark.browser
CLIP = MEDIA / "portrait_uneven_frames.mp4"
# A fast machine makes a show of a few seconds while a page is loaded again.
LONG_CLIP = CLIPS / "big-buck-bunny-trailer.mp4"
TRANSCODING_MILLISECONDS = 90_000


@pytest.fixture
def long_film(tmp_path: Path, cinema: Cinema) -> Iterator[Path]:
    """Three parts of content that no other film has. What it has become by the end need not be finished."""
    yield padded_film(LONG_CLIP, tmp_path / "A long walk.mp4", parts=3)
    for job in cinema.admin.get("/ingest/jobs", params={"mine": True, "q": "A long walk"}).json()["items"]:
        if job["state"] in {"queued", "running"}:
            cinema.admin.post(f"/ingest/jobs/{job['id']}/cancel")


def test_a_film_that_is_dropped_on_any_page_is_described_on_its_way_and_ready_for_review(
    page: Page, cinema: Cinema
) -> None:
    sit_down(page)
    film = page.evaluate_handle(
        """async ([name, bytes]) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], name, {type: 'video/mp4'}));
            data.items.add(new File(['no film'], 'notes.txt', {type: 'text/plain'}));
            return data;
        }""",
        ["A dropped film.mp4", list(CLIP.read_bytes())],
    )
    page.dispatch_event("main", "drop", {"dataTransfer": film})
    expect(page.get_by_role("alert").filter(has_text="1 file is no film")).to_be_visible()

    row = film_row(page, "A dropped film")
    row.get_by_role("button", name="Describe").click()
    expect(page.get_by_role("dialog").get_by_label("Title", exact=True)).to_be_focused()
    page.get_by_role("dialog").get_by_label("Title", exact=True).fill("Dropped and found")
    page.get_by_role("dialog").get_by_label("Synopsis").fill("Somebody lets go of it.")
    page.get_by_role("button", name="Save").click()

    found = film_row(page, "Dropped and found")
    expect(found).to_contain_text("Ready for review", timeout=TRANSCODING_MILLISECONDS)
    found.get_by_role("link", name="To the show").click()
    expect(page).to_have_url(re.compile("/admin/shows/"))
    made = page.url.rpartition("/")[2]
    cinema.admin.post(f"/shows/{made}/reviews", json={"verdict": "approve"})  # by somebody else
    expect(found).to_contain_text("Published", timeout=30_000)
    expect(found).not_to_contain_text("Ready for review")
    cinema.admin.delete(f"/shows/{made}")
    expect(found).to_contain_text("The show was deleted", timeout=30_000)


def test_after_a_reload_the_same_file_goes_on_without_sending_anything_twice_and_its_transcoding_is_cancelled(
    page: Page, cinema: Cinema, long_film: Path
) -> None:
    sit_down(page, "/uploads")
    page.route("**/parts/3?*", lambda route: route.abort())  # the line breaks before the last part
    with page.expect_response("**/parts/1?*"), page.expect_response("**/parts/2?*"):
        bring(page, long_film)
    expect(film_row(page, "A long walk")).to_contain_text("be reached")
    page.unroute_all()

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_role("region", name="Not finished")).to_contain_text("A long walk.mp4")
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "PUT" else None)
    bring(page, long_film)

    expect(film_row(page, "A long walk")).to_contain_text(
        re.compile("transcoded|Transcoding|Ready"), timeout=40_000
    )
    assert [re.findall(r"/parts/(\d+)", url) for url in sent] == [["3"]]

    with long_film.open("rb") as film:  # and one that has come another way than in parts
        cinema.admin.post("/ingest/videos", data={"title": "Came whole"}, files={"file": film})
    strange: list[str] = []
    page.on("response", lambda answer: strange.append(answer.url) if answer.status == 404 else None)
    page.reload()  # it is whole at the server, and being made: the tray says so again
    expect(film_row(page, "Came whole")).to_be_visible()
    row = film_row(page, "A long walk")
    row.get_by_role("button", name="Cancel A long walk.mp4").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel transcoding").click()
    expect(row).to_contain_text("Transcoding was cancelled")
    row.get_by_role("button", name="Take A long walk.mp4 off the list").click()
    expect(row).to_have_count(0)
    assert strange == []


@pytest.mark.parametrize("fetched", [True, False], ids=["a page fetched ahead", "a page not fetched yet"])
def test_an_upload_goes_on_by_itself_after_the_server_was_killed_whatever_page_is_gone_to(
    page: Page, cinema: Cinema, long_film: Path, *, fetched: bool
) -> None:
    if not fetched:
        page.route("**/assets/LibraryPage*", lambda route: route.abort())
    with page.expect_request("**/assets/LibraryPage*.js"):
        sit_down(page, "/uploads")
    slow_down(page, 3)
    bring(page, long_film)
    row = film_row(page, "A long walk")
    expect(row).to_contain_text("left")

    cinema.server.kill()  # SIGKILL: nobody says goodbye
    expect(row).to_contain_text("be reached", timeout=30_000)
    page.get_by_role("link", name="Library").click()
    heading = "Library" if fetched else "This page could not be fetched"
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    cinema.server.start()
    page.unroute_all()
    if not fetched:
        page.get_by_role("button", name="Try again").click()

    expect(row).to_contain_text("/s ·", timeout=30_000)  # said while it is sent, not afterwards
    expect(page.get_by_role("row", name=LONG_FILM)).to_be_visible(timeout=30_000)
    expect(row).to_contain_text(re.compile("transcoded|Transcoding|Ready"), timeout=40_000)


def test_what_is_done_at_the_foot_of_a_page_is_not_under_the_uploads(
    page: Page, cinema: Cinema, long_film: Path
) -> None:
    sit_down(page, "/uploads")
    slow_down(page, 0.4)
    bring(page, long_film)
    row = film_row(page, "A long walk")
    expect(row).to_contain_text("left")
    page.get_by_role("link", name="Library").click()
    page.get_by_label(f"Select {LONG_FILM}").check()
    covered = _covered(page, "Delete")
    page.get_by_role("button", name="Clear selection").click()
    page.get_by_role("link", name=LONG_FILM).click()
    page.get_by_label("Synopsis").fill("Something else")

    assert covered + _covered(page, "Save") == []

    page.get_by_role("button", name="Discard changes").click()
    row.get_by_role("button", name="Cancel A long walk.mp4").click()


def _covered(page: Page, name: str) -> list[tuple[str, int]]:
    """The widths at which the button is out of sight, or under something else, where the page stands."""
    button = page.get_by_role("button", name=name, exact=True)
    found = []
    for width in (1280, 1150, 1000, 800, 390):
        page.set_viewport_size({"width": width, "height": 800})
        on_top = """button => {
            const {x, y, width, height} = button.getBoundingClientRect();
            const within = (left, top) => button.contains(document.elementFromPoint(left, top));
            return within(x + 3, y + height / 2) && within(x + width - 3, y + height / 2);
        }"""
        page.wait_for_timeout(100)  # the tray tells its size once it has been drawn
        if not button.evaluate(on_top):
            found.append((name, width))
    page.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_a_film_is_described_after_a_reload_and_once_more_when_it_has_become_a_show(
    page: Page, cinema: Cinema, tmp_path: Path
) -> None:
    sit_down(page, "/uploads")
    bring(page, padded_film(LONG_CLIP, tmp_path / "Long story.mp4", parts=1))
    page.get_by_role("link", name="Library").click()
    expect(film_row(page, "Long story")).to_have_attribute("data-stage", "transcoding")
    page.reload()

    _describe(page, "Long story", "Told after a reload")
    row = film_row(page, "Told after a reload")
    row.get_by_role("button", name="Describe").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title", exact=True).fill("Told too late")
    # The list behind the dialog knows of the show by itself: that is when it is ready.
    expect(page.get_by_role("row", name="Told after a reload", include_hidden=True)).to_have_count(
        1, timeout=TRANSCODING_MILLISECONDS
    )
    page.mouse.click(5, 5)  # beside the dialog: nothing of it is lost
    dialog.get_by_role("button", name="Save").click()

    expect(page.get_by_role("row", name="Told too late")).to_be_visible()
    (made,) = cinema.admin.get("/shows", params={"state": "in_review", "q": "Told too late"}).json()["items"]
    cinema.admin.delete(f"/shows/{made['id']}")


def test_a_description_that_was_typed_when_the_session_ended_is_there_again_after_signing_in(
    page: Page, cinema: Cinema, long_film: Path
) -> None:
    sit_down(page, "/uploads")
    slow_down(page, 1)
    bring(page, long_film)
    expect(film_row(page, "A long walk")).to_contain_text("left")
    page.get_by_role("button", name="Pause A long walk.mp4").click()
    film_row(page, "A long walk").get_by_role("button", name="Describe").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Synopsis").fill("Somebody walks for a long time.")
    assert cinema.admin.delete("/auth/sessions").is_success

    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_have_text("Your session has ended. Sign in to go on where you were.")
    sign_in(page)

    expect(dialog.get_by_label("Synopsis")).to_have_value("Somebody walks for a long time.")
    dialog.get_by_role("button", name="Cancel").click()
    film_row(page, "A long walk").get_by_role("button", name="Describe").click()
    expect(dialog.get_by_label("Synopsis")).to_have_value("")
    dialog.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Cancel A long walk.mp4").click()
    page.get_by_role("button", name="Cancel upload").click()


def test_an_upload_is_paused_gone_on_with_and_cancelled(page: Page, cinema: Cinema, long_film: Path) -> None:
    sit_down(page, "/uploads")
    slow_down(page, 3)
    bring(page, long_film)
    row = film_row(page, "A long walk")
    expect(row).to_contain_text("left")

    row.get_by_role("button", name="Pause A long walk.mp4").click()
    expect(row).to_contain_text("Paused")
    row.get_by_role("button", name="Go on with A long walk.mp4").click()
    expect(row).to_contain_text("left")
    row.get_by_role("button", name="Cancel A long walk.mp4").click()
    page.get_by_role("button", name="Cancel upload").click()

    expect(row).to_have_count(0)
    expect(page.get_by_role("heading", name="Nothing is on its way")).to_be_visible()
    assert cinema.admin.get("/ingest/uploads").json()["items"] == []


def test_what_is_no_film_is_refused_with_the_reason(page: Page, tmp_path: Path) -> None:
    no_film = tmp_path / "Not a film.mp4"
    no_film.write_bytes(b"words, words, words")
    nothing = tmp_path / "Nothing.mp4"
    nothing.touch()
    sit_down(page, "/uploads")

    bring(page, no_film, nothing)

    expect(film_row(page, "Not a film")).to_contain_text("The file is no film")
    expect(film_row(page, "Nothing")).to_contain_text("The file is empty")
    expect(page.get_by_role("button", name="Try Not a film.mp4 again")).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("region", name="Uploads")).to_contain_text("2 films not taken")


def _describe(page: Page, name: str, title: str) -> None:
    film_row(page, name).get_by_role("button", name="Describe").click()
    page.get_by_role("dialog").get_by_label("Title", exact=True).fill(title)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
