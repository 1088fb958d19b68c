"""Accounts, keys, what is told to whom, and what was done."""

import re
import secrets

import httpx
import pytest
from playwright.sync_api import Page, expect

from browser.axe import faults_of
from browser.cinema import Cinema
from browser.colleagues import PHONE, Workplace, hire
from browser.desk import sign_in
from browser.spectator import PASSWORD
from server_fixtures import eventually

pytestmark = pytest.mark.browser


def test_whoever_is_suspended_is_out_at_once_and_their_sessions_are_seen_before(
    workplace: Workplace, cinema: Cinema
) -> None:
    theirs, desk = workplace("Vera", "viewer"), workplace("Ada", "admin")
    theirs.goto("/account")
    expect(theirs.get_by_role("heading", level=1)).to_be_visible()
    desk.goto("/admin/users?q=vera-")
    desk.get_by_role("link", name="Vera").first.click()
    expect(desk.get_by_role("button", name="Sign out on")).to_have_count(1)
    page = faults_of(desk)

    desk.get_by_role("button", name="Suspend").click()
    dialog = faults_of(desk)
    desk.get_by_role("dialog").get_by_role("button", name="Suspend").click()

    expect(desk.get_by_text("Suspended", exact=True)).to_be_visible()
    expect(desk.get_by_text("They are not signed in anywhere.")).to_be_visible()
    theirs.goto("/account")
    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()
    assert (page, dialog) == ([], [])
    desk.get_by_role("link", name="What was done to them").click()
    expect(desk.get_by_role("row").filter(has_text="Account suspended")).to_contain_text("Account Vera")


def test_many_accounts_are_suspended_and_what_could_not_be_is_told(
    workplace: Workplace, cinema: Cinema
) -> None:
    desk, name = workplace("Ada", "admin"), f"Zoe{secrets.token_hex(3)}"
    staying, leaving = hire(cinema, name), hire(cinema, name)
    desk.goto(f"/admin/users?q={name}")
    desk.get_by_label(f"Select {staying}").check()
    desk.get_by_label(f"Select {leaving}").check()
    (gone,) = cinema.admin.get("/users", params={"q": leaving}).json()["items"]
    cinema.admin.delete(f"/users/{gone['id']}")

    desk.get_by_role("button", name="Suspend").click()
    asked = faults_of(desk)
    desk.get_by_role("dialog", name="Suspend 2 accounts?").get_by_role("button", name="Suspend").click()

    expect(desk.get_by_role("alert")).to_contain_text(f"Left as they were: {leaving}.")
    expect(desk.get_by_text("1 account suspended")).to_be_visible()
    expect(desk.get_by_role("row").filter(has_text=staying)).to_contain_text("Suspended")
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("row").filter(has_text=staying)).not_to_contain_text("Suspended")
    assert asked == []


def test_a_role_holds_at_once_and_the_audit_says_who_gave_it(workplace: Workplace, cinema: Cinema) -> None:
    noah, desk = workplace("Noah", "viewer"), workplace("Ada", "admin")
    desk.goto("/admin/users?q=noah-")
    desk.get_by_role("link", name="Noah").first.click()
    expect(
        desk.get_by_role("heading", level=1, name="Noah")
    ).to_be_visible()  # the list has a field "Role" as well

    desk.get_by_label("Role").select_option("admin")
    desk.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(desk.get_by_label("Role")).to_have_value("viewer")
    desk.get_by_label("Role").select_option("reviewer")
    asked = faults_of(desk)
    desk.get_by_role("dialog").get_by_role("button", name="Change the role").click()

    expect(desk.get_by_text("The role is changed")).to_be_visible()
    noah.goto("/admin/reviews")
    expect(noah.get_by_role("heading", level=1, name="Review")).to_be_visible()
    desk.get_by_role("link", name="Audit").click()
    changed = desk.get_by_role("row").filter(has_text="Role changed").first
    expect(changed).to_contain_text("Ada")
    expect(changed).to_contain_text("Noah")
    assert (asked, faults_of(desk)) == ([], [])


def test_somebody_is_invited_chooses_a_password_and_is_at_work(
    workplace: Workplace, cinema: Cinema, page: Page
) -> None:
    desk, email = workplace("Ada", "admin"), f"nora-{secrets.token_hex(4)}@example.org"
    desk.goto("/admin/users")
    desk.get_by_role("button", name="Invite somebody").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill(email)
    dialog.get_by_label("Name").fill("Nora")
    dialog.get_by_label("Role").select_option("reviewer")
    form = faults_of(desk)
    dialog.get_by_role("button", name="Invite somebody").click()
    expect(desk.get_by_role("row").filter(has_text=email)).to_contain_text("Reviewer")

    page.goto(_mailed_link(cinema, email))
    expect(page.get_by_role("heading", name="Welcome, choose a password")).to_be_visible()
    expect(page.get_by_text("At least 15 characters")).to_be_visible()
    page.get_by_label("Password", exact=True).fill("twelve chars")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("At least 15 characters.", exact=True)).to_be_visible()
    expect(page.get_by_text("12")).to_have_count(0)
    assert faults_of(page) == []
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The password is yours.")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(page, email=email)
    expect(page.get_by_role("button", name="Your account")).to_be_visible()
    page.goto("/account")
    expect(page.get_by_text("At least 15 characters")).to_be_visible()
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("link", name="Administration").click()
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Review")).to_be_visible()
    assert form == []


def test_the_trail_is_narrowed_to_one_of_the_staff_and_calls_things_by_their_names(
    workplace: Workplace, cinema: Cinema
) -> None:
    desk, name = workplace("Ada", "admin"), f"Edda{secrets.token_hex(3)}"
    _caption_a_show(cinema, hire(cinema, name, "editor"), "Written by Edda")
    desk.goto("/admin/audit")

    desk.get_by_role("combobox", name="Who").select_option(name)

    desk.get_by_label("To", exact=True).fill("2020-01-31")
    expect(desk.get_by_text("Nothing found")).to_be_visible()
    desk.get_by_label("To", exact=True).fill("")

    told = desk.get_by_role("row").filter(has_text="Captions changed")
    expect(told).to_contain_text("Show Written by Edda")
    expect(told).to_contain_text("Language: sv")
    expect(desk.get_by_role("row").filter(has_not_text=name)).to_have_count(1)  # the head
    told.get_by_role("link", name="Show Written by Edda").click()
    expect(desk.get_by_role("heading", level=1, name="Written by Edda")).to_be_visible()


def test_a_key_is_shown_once_and_opens_nothing_once_it_is_revoked(
    workplace: Workplace, cinema: Cinema
) -> None:
    desk = workplace("Ada", "admin")
    desk.goto("/admin/keys")
    desk.get_by_role("button", name="Make a key").click()
    desk.get_by_label("Name").fill("Black frame finder")
    desk.get_by_label("Read shows").check()
    form = faults_of(desk)
    desk.get_by_role("dialog").get_by_role("button", name="Make a key").dblclick()  # makes one, not two
    key = desk.get_by_role("dialog").locator("code").inner_text()
    shown = faults_of(desk)
    desk.keyboard.press("Escape")  # not lost by a slip
    desk.get_by_role("button", name="I have it").click()

    used = _status_with(key, cinema)
    desk.reload()
    expect(desk.get_by_text("Black frame finder", exact=True)).to_have_count(1)
    assert key.startswith("sod_")
    assert key not in desk.content()
    desk.get_by_role("button", name="Revoke Black frame finder").click()
    desk.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(desk.get_by_text("opens nothing any more")).to_be_visible()
    assert (used, _status_with(key, cinema)) == (403, 401)  # it may read shows, and then nothing any more
    assert (form, shown) == ([], [])


def test_a_subscription_is_tried_and_the_log_says_what_became_of_it(
    workplace: Workplace, cinema: Cinema
) -> None:
    desk = workplace("Ada", "admin")
    desk.set_viewport_size(PHONE)
    desk.goto("/admin/notifications")
    _subscribe(desk, "desk@example.org")

    desk.get_by_role("button", name="Send a test to desk@example.org").click()

    row = desk.get_by_role("table", name="Notifications: What was told").get_by_role("row").nth(1)
    expect(row).to_contain_text("A test")
    expect(row).to_contain_text("Delivered", timeout=20_000)
    row.get_by_role("button", name="Send again to desk@example.org").click()
    expect(desk.get_by_text("It is sent again")).to_be_visible()
    assert faults_of(desk) == []
    assert desk.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]


def _caption_a_show(cinema: Cinema, email: str, title: str) -> None:
    """As that person: makes a show and sends Swedish captions for it."""
    with cinema.server.client() as theirs:
        signed_in = theirs.post("/auth/login", json={"email": email, "password": PASSWORD}).json()
        theirs.headers["Authorization"] = f"Bearer {signed_in['accessToken']}"
        made = theirs.post("/shows", json={"title": title}).json()
        captions = "WEBVTT\n\n00:00.000 --> 00:01.000\nHej\n"
        assert theirs.put(f"/shows/{made['id']}/captions/sv", content=captions).is_success


def _mailed_link(cinema: Cinema, email: str) -> str:
    """The way in a mail to that address: without a mail server they are lines of the log."""
    found: list[str] = []

    def has_come() -> bool:
        mails = [line for line in cinema.server.log.read_text().splitlines() if email in line]
        found.extend(
            link for line in mails for link in re.findall(r"/(?:reset|invitation)\?token=[\w-]+", line)
        )
        return found != []

    eventually(has_come, seconds=20)
    return found[-1]


def _status_with(key: str, cinema: Cinema) -> int:
    """Of asking for jobs with the key."""
    return httpx.get(
        f"{cinema.url}/ingest/jobs", headers={"Authorization": f"Bearer {key}"}, timeout=30
    ).status_code


def _subscribe(desk: Page, address: str) -> None:
    """After a slip: what is no address is said of its field, and the right one is taken."""
    desk.get_by_role("button", name="Tell somebody").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("textbox", name="To").fill("desk@example")
    dialog.get_by_label("A show was rejected").check()
    dialog.get_by_role("button", name="Tell somebody").click()
    expect(dialog.get_by_text("That is no e-mail address.")).to_be_visible()
    dialog.get_by_role("textbox", name="To").fill(address)
    dialog.get_by_role("button", name="Tell somebody").click()
    expect(dialog).to_be_hidden()
