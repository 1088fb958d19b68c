"""What somebody does in front of the viewers' client, and what can be seen of the player."""

import secrets

from playwright.sync_api import Page, expect

PASSWORD = "correct horse battery staple"
_PLAYING_MILLISECONDS = 20_000


def register(page: Page, *, path: str = "/register") -> str:
    """Makes an account and is signed in; its e-mail address."""
    email = f"{secrets.token_hex(6)}@example.org"
    page.goto(path)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("button", name="Create an account")).to_be_hidden()
    return email


def arrive_signed_in(page: Page) -> str:
    """Has an account and a session, as somebody who was here before: no page is opened yet. The e-mail address."""
    email = f"{secrets.token_hex(6)}@example.org"
    answer = page.context.request.post("/auth/register", data={"email": email, "password": PASSWORD})
    assert answer.ok, answer.text()
    return email


def sign_in(page: Page, email: str, *, path: str = "/login") -> None:
    page.goto(path)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_hidden()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()


def wait_until_past(page: Page, seconds: float) -> None:
    """Until the picture has moved past this second."""
    page.wait_for_function(
        "seconds => (document.querySelector('video')?.currentTime ?? 0) > seconds",
        arg=seconds,
        timeout=_PLAYING_MILLISECONDS,
    )


def position(page: Page) -> float:
    seconds: float = page.evaluate("() => document.querySelector('video').currentTime")
    return seconds


def frames_shown(page: Page) -> int:
    frames: int = page.evaluate(
        "() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"
    )
    return frames


def wait_for_lines(page: Page, comparison: str, lines: int) -> None:
    """Until the picture's height compares so (``==``, ``<``) with ``lines``."""
    page.wait_for_function(
        f"lines => document.querySelector('video')?.videoHeight {comparison} lines",
        arg=lines,
        timeout=60_000,
    )


def show_controls(page: Page) -> None:
    """Moves the mouse: the controls fade in."""
    page.mouse.move(600, 300)
    page.mouse.move(640, 340)
