"""What the staff do in front of the administrators' client."""

import secrets
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from server_fixtures import ADMIN_EMAIL, ADMIN_PASSWORD

MEGABYTE = 1_000_000
PART_BYTES = 8 * 1024 * 1024


def sit_down(page: Page, path: str = "", *, email: str = ADMIN_EMAIL) -> None:
    """Signs in at the door and is at ``path`` below /admin."""
    page.goto(f"/admin{path}")
    sign_in(page, email=email)


def sign_in(page: Page, *, email: str = ADMIN_EMAIL) -> None:
    """Signs in at the door, and waits for what lies behind it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Back to work")


def padded_film(clip: Path, made: Path, *, parts: int) -> Path:
    """The clip as a film of so many parts: what follows the last box of an MP4 is nobody's business."""
    free = (parts - 1) * PART_BYTES
    made.write_bytes(clip.read_bytes() + (free + 8).to_bytes(4, "big") + b"free" + secrets.token_bytes(free))
    return made


def bring(page: Page, *films: Path) -> None:
    """Chooses films at the upload page."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose films").click()
    chooser.value.set_files([str(film) for film in films])


def slow_down(page: Page, megabytes_a_second: float) -> None:
    """Makes the way to the server as slow as a real one."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 5,
            "downloadThroughput": -1,
            "uploadThroughput": megabytes_a_second * MEGABYTE,
        },
    )


def film_row(page: Page, name: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("progressbar")).filter(has_text=name)
