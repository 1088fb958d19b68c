"""The staff, each in front of a browser of their own, and shows that wait for them."""

import secrets
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from browser.cinema import LONG_FILM, Cinema
from browser.spectator import PASSWORD

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
Workplace = Callable[[str, str], Page]
_PATIENCE_MILLISECONDS = 15_000


def hire(cinema: Cinema, name: str, role: str = "viewer") -> str:
    """Makes an account of that role; its e-mail address."""
    email = f"{name.lower()}-{secrets.token_hex(4)}@example.org"
    account = {"email": email, "password": PASSWORD, "name": name}
    made = cinema.admin.post("/users", json=account)
    assert made.status_code == 201, made.text
    if role != "viewer":
        given = cinema.admin.put(f"/admins/{made.json()['id']}", json={"role": role})
        assert given.status_code == 200, given.text
    return email


def device_of(chromium: Browser, cinema: Cinema, email: str) -> BrowserContext:
    """A browser in which somebody is signed in already."""
    device = chromium.new_context(
        base_url=cinema.url, viewport=DESK, locale="en-US", timezone_id="UTC", reduced_motion="reduce"
    )
    device.set_default_timeout(_PATIENCE_MILLISECONDS)
    signed_in = device.request.post("/auth/login", data={"email": email, "password": PASSWORD})
    assert signed_in.ok, signed_in.text()
    return device


def bring_to_review(cinema: Cinema, title: str, **fields: Any) -> str:
    """A show that waits for a verdict, with another one's stream; its id."""
    film = cinema.admin.get(f"/shows/{cinema.shows[LONG_FILM]}").json()
    streams = {
        name: film[name] for name in ("hlsSrcVideoURL", "dashSrcVideoURL", "storyboardURL", "posterURL")
    }
    made = cinema.admin.post("/shows", json={"title": title, **streams, **fields})
    assert made.status_code == 201, made.text
    show_id: str = made.json()["id"]
    return show_id
