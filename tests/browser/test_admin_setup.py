import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.axe import faults_of
from server_fixtures import Server, new_server

pytestmark = pytest.mark.browser
LINK = re.compile(r"/admin/setup\?code=[\w~.%-]+")


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[Server]:
    """A service that nobody administers yet."""
    server = new_server(tmp_path, ADMIN_EMAIL="", ADMIN_PASSWORD="")
    server.start()
    yield server
    server.stop()


def test_the_link_in_the_log_makes_the_first_administrator_and_leads_to_the_first_upload(
    chromium: Browser, new_house: Server
) -> None:
    link = LINK.search(new_house.log.read_text())
    assert link
    with chromium.new_context(base_url=new_house.url, locale="en-US") as device:
        page = device.new_page()
        page.goto("/admin/setup?code=not-the-one")
        page.get_by_label("E-mail").fill("first@example.org")
        page.get_by_label("Password", exact=True).fill("too short by 1")
        page.get_by_role("button", name="Make the administrator").click()
        expect(page.get_by_text("At least 15 characters.", exact=True)).to_be_visible()
        page.get_by_label("E-mail").fill("first@example.org")
        page.get_by_label("Password", exact=True).fill("a long walk in the rain")
        page.get_by_role("button", name="Make the administrator").click()
        expect(page.get_by_role("alert")).to_contain_text("does not count any more")

        page.goto(link.group())
        page.get_by_label("E-mail").fill("first@example.org")
        page.get_by_label("Password", exact=True).fill("a long walk in the rain")
        page.get_by_role("button", name="Make the administrator").click()

        expect(page.get_by_role("heading", level=1, name="Upload")).to_be_visible()
        expect(page.get_by_role("button", name="Choose films")).to_be_visible()


def test_without_an_administrator_the_first_page_says_how_to_become_one(
    chromium: Browser, new_house: Server
) -> None:
    with chromium.new_context(base_url=new_house.url, locale="en-US") as device:
        page = device.new_page()
        page.goto("/admin")

        expect(page.get_by_role("heading", level=1)).to_have_text("Nobody manages this service yet")
        expect(page.get_by_text("wrote a link into its log")).to_be_visible()
        expect(page.get_by_text("showsondemand create-admin")).to_be_visible()
        assert LINK.search(page.content()) is None
        assert faults_of(page) == []
