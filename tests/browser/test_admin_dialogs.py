"""Whoever works without a mouse goes on where they were when a dialog is gone."""

import pytest
from playwright.sync_api import expect

from browser.colleagues import Workplace

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "opener"),
    [("/users", "Invite somebody"), ("/keys", "Make a key"), ("/notifications", "Tell somebody")],
)
def test_a_dialog_that_is_left_gives_the_focus_back_to_what_opened_it(
    workplace: Workplace, path: str, opener: str
) -> None:
    page = workplace("Kei", "admin")
    page.goto(f"/admin{path}")
    button = page.get_by_role("button", name=opener, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()
