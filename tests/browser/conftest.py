"""A cinema and a browser for the tests of this folder; what the console complains of fails the test."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.cinema import Cinema, furnish
from browser.colleagues import Workplace, device_of, hire
from server_fixtures import new_server
from showsondemand.web_client import built_client_folder

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--lang=en-US",
    "--host-resolver-rules=MAP *.example.test 127.0.0.1",
]
_PATIENCE_MILLISECONDS = 15_000


@pytest.fixture(scope="package")
def cinema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cinema]:
    if not (built_client_folder() / "index.html").exists():
        _missing("the web client has not been built")
    folder = tmp_path_factory.mktemp("cinema")
    server = new_server(folder)
    server.start()
    try:
        with closing(server.admin()) as admin:
            yield furnish(server, admin, folder)
    finally:
        server.stop()


# Not for the session: Playwright's loop would stand in the way of the asynchronous tests that come after.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        _missing(f"there is no browser at {CHROMIUM}")
    expect.set_options(timeout=_PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def device(chromium: Browser, cinema: Cinema) -> Iterator[BrowserContext]:
    """A browser that was never here before."""
    context = chromium.new_context(
        base_url=cinema.url,
        viewport={"width": 1280, "height": 800},
        locale="en-US",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def complaints(device: BrowserContext, cinema: Cinema) -> list[str]:
    """What went wrong behind the pages of the device: script errors, policy reports, requests to strangers."""
    heard: list[str] = []
    own = (cinema.url, "data:", "blob:")
    device.on("weberror", lambda error: heard.append(f"script: {error.error}"))
    device.on(
        "console", lambda said: heard.append(f"console: {said.text}") if _is_policy(said.text) else None
    )
    device.on("request", lambda asked: None if asked.url.startswith(own) else heard.append(asked.url))
    return heard


@pytest.fixture
def page(device: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    yield device.new_page()
    assert complaints == []


@pytest.fixture
def workplace(chromium: Browser, cinema: Cinema) -> Iterator[Workplace]:
    """Hires somebody by name and role, and gives them a page; what goes wrong behind it fails the test."""
    devices: list[BrowserContext] = []
    heard: list[str] = []

    def sit_down(name: str, role: str) -> Page:
        device = device_of(chromium, cinema, hire(cinema, name, role))
        devices.append(device)
        device.on("weberror", lambda error: heard.append(f"{name}: {error.error}"))
        device.on("console", lambda said: heard.append(said.text) if _is_policy(said.text) else None)
        return device.new_page()

    yield sit_down
    for device in devices:
        device.close()
    assert heard == []


def _is_policy(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text


def _missing(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
