import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from browser.cinema import LONG_FILM, Cinema
from browser.spectator import PASSWORD, arrive_signed_in, register, sign_in, sign_out, wait_until_past

pytestmark = pytest.mark.browser


def test_a_reload_keeps_somebody_signed_in_though_no_token_is_kept_where_scripts_can_read(page: Page) -> None:
    register(page)

    page.reload()

    expect(page.get_by_role("button", name="Your account")).to_be_visible()
    kept = page.evaluate("() => [localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_signing_out_counts_in_every_tab_at_once(page: Page, device: BrowserContext) -> None:
    register(page)
    other = device.new_page()
    other.goto("/account")
    expect(other.get_by_role("heading", name="Account", exact=True)).to_be_visible()

    sign_out(page)

    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    expect(other).to_have_url(re.compile("/login"))


def test_a_link_without_its_token_and_one_that_was_used_say_so_at_once(page: Page) -> None:
    for path in ("/invitation", "/reset?token="):
        page.goto(path)
        expect(page.get_by_role("alert")).to_contain_text("This link is incomplete")
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        expect(page.get_by_role("link", name="Forgot the password?")).to_be_visible()

    page.goto("/reset?token=made-up")
    expect(page.get_by_role("alert")).to_contain_text("has been used or is too old")


def test_a_session_that_ended_is_told_of_at_the_door_of_every_tab(
    page: Page, device: BrowserContext, cinema: Cinema
) -> None:
    email = register(page)
    tabs = [page, device.new_page()]
    for tab in tabs:
        tab.goto("/account")
        expect(tab.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    with cinema.server.client() as elsewhere:
        own = elsewhere.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        bearer = {"Authorization": f"Bearer {own['accessToken']}"}
        assert elsewhere.delete("/auth/sessions", headers=bearer).is_success

    page.get_by_label("Name").fill("Mia")
    page.get_by_role("button", name="Save").click()

    for tab in tabs:
        expect(tab.get_by_role("alert")).to_contain_text("Your session has ended")


def test_tabs_that_open_together_do_not_end_the_session(page: Page, device: BrowserContext) -> None:
    email = register(page)
    tabs = [device.new_page() for _ in range(4)]

    for tab in tabs:
        tab.goto("/account", wait_until="commit")

    for tab in tabs:
        expect(tab.get_by_label("E-mail")).to_have_value(email)


def test_a_wrong_password_is_said_without_losing_what_was_typed(page: Page) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("not the right one")

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_contain_text("E-mail or password is wrong")
    expect(page.get_by_label("E-mail")).to_have_value("nobody@example.org")


def test_nobody_is_led_to_another_site_after_signing_in(page: Page, cinema: Cinema) -> None:
    email = register(page)
    sign_out(page)

    sign_in(page, email, path="/login?next=//evil.example/")

    expect(page).to_have_url(f"{cinema.url}/")


def test_an_access_token_that_ran_out_in_mid_play_is_renewed_without_a_word(
    page: Page, cinema: Cinema
) -> None:
    arrive_signed_in(page)
    page.goto(f"/watch/{cinema.shows[LONG_FILM]}")
    wait_until_past(page, 0.5)
    page.route("**/users/me/progress/*", _refuse_once())

    with page.expect_request(lambda asked: asked.url.endswith("/auth/refresh")):
        page.keyboard.press("k")

    page.keyboard.press("k")
    wait_until_past(page, 1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_the_journey_from_register_to_sign_out_needs_no_mouse(page: Page) -> None:
    page.goto("/register")
    _tab_to(page, "E-mail")
    page.keyboard.type(f"keys{time.monotonic_ns()}@example.org")
    _tab_to(page, "Password")
    page.keyboard.type("correct horse battery staple")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Your account")).to_be_visible()

    _tab_to(page, "Title, person or genre")
    page.keyboard.type("sleep")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 show", exact=True)).to_be_visible()
    _tab_to(page, LONG_FILM)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=LONG_FILM)).to_be_focused()
    _tab_to(page, "Play")
    page.keyboard.press("Enter")
    wait_until_past(page, 1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1, name=LONG_FILM)).to_be_visible()

    _tab_to(page, "Your account")
    page.keyboard.press("Enter")
    _tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def _refuse_once() -> Callable[[Route], None]:
    """Answers the first call as if its token had run out, and lets the others through."""
    refused: list[str] = []

    def handle(route: Route) -> None:
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=401, content_type="application/problem+json", body='{"status": 401}')

    return handle


def _tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Presses Tab until what has the focus begins with ``name``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => {
                const at = document.activeElement;
                const label = at.labels?.[0]?.textContent;
                return (at.getAttribute('aria-label') ?? label ?? at.textContent).trim();
            }"""
        )
        if focused.startswith(name):
            return
    pytest.fail(f"{name} can't be reached by Tab")
