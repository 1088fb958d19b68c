"""How long it takes from a click on Play to the first frame: our watch page beside a bare page with Shaka.

``python bench/first_frame.py [--pairs N]``: a real clip, transcoded and published here, in Debian's Chromium. Ours: the
page of the show, opened long enough ago that the player's file is there; the click changes the page, asks for a grant,
makes the player and its controls. Bare: a button and a picture, Shaka running already, the stream's address known. Each
time in a browser context of its own, with nothing kept; they take turns, ratios are of one pair.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from record import headline
from showsondemand.cli.demo_library import LIBRARY
from starting import EMAIL, PASSWORD, running

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--mute-audio", "--autoplay-policy=no-user-gesture-required"]
SHAKA = (
    Path(__file__).parents[1] / "web" / "node_modules" / "shaka-player" / "dist" / "shaka-player.ui-es2021.js"
)
CLIP = LIBRARY[-1].clip
# From the click to when the browser hands the first decoded frame to be composed; milliseconds, one clock.
STOPWATCH = """
addEventListener('click', (click) => { window.clickedAt ??= click.timeStamp; }, true);
new MutationObserver(() => {
  const video = document.querySelector('video');
  if (!video || video.isWatched) return;
  video.isWatched = true;
  video.requestVideoFrameCallback((_now, frame) => { window.firstFrameAt ??= frame.presentationTime; });
}).observe(document, { childList: true, subtree: true });
"""
BARE_PAGE = """
(address) => {
  document.body.innerHTML = '<button>Play</button><video style="width: 100%"></video>';
  document.querySelector('button').onclick = async () => {
    const player = new shaka.Player();
    await player.attach(document.querySelector('video'));
    await player.load(address);
    await document.querySelector('video').play();
  };
}
"""


def published_show(client: httpx.Client) -> str:
    """Sends the clip in, waits until it is a show, publishes it; the show's id."""
    answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
    headers = {"Authorization": f"Bearer {answer.json()['accessToken']}"}
    with CLIP.open("rb") as film:
        sent = client.post("/ingest/videos", files={"file": (CLIP.name, film)}, headers=headers)
    job = sent.raise_for_status().json()
    while job["state"] in {"queued", "running"}:
        time.sleep(0.5)
        job = client.get(f"/ingest/jobs/{job['id']}", headers=headers).raise_for_status().json()
    verdict = client.post(f"/shows/{job['showId']}/reviews", json={"verdict": "approve"}, headers=headers)
    verdict.raise_for_status()
    return str(job["showId"])


@contextmanager
def viewer(browser: Browser, address: str) -> Iterator[tuple[BrowserContext, str]]:
    """A browser that was never here before, of somebody who is signed in, and their access token."""
    # The bare page's script is put into a page of ours, which its policy would refuse.
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800}, bypass_csp=True)
    context.add_init_script(STOPWATCH)
    answer = context.request.post("/auth/login", data={"email": EMAIL, "password": PASSWORD})
    yield context, answer.json()["accessToken"]
    context.close()


def time_of_click(page: Page) -> float:
    """Clicks on Play; seconds until the first frame."""
    page.get_by_text("Play", exact=True).click()
    page.wait_for_function("window.firstFrameAt !== undefined")
    milliseconds: float = page.evaluate("window.firstFrameAt - window.clickedAt")
    return milliseconds / 1000


def ours(browser: Browser, address: str, show: str) -> float:
    with viewer(browser, address) as (context, _):
        page = context.new_page()
        page.goto(f"/title/{show}")
        # The player's file is fetched, but not run, once the page has been there for three seconds.
        page.wait_for_selector("link[rel=prefetch][as=script]", state="attached")
        page.wait_for_load_state("networkidle")
        return time_of_click(page)


def bare(browser: Browser, address: str, show: str) -> float:
    with viewer(browser, address) as (context, token):
        authorization = {"Authorization": f"Bearer {token}"}
        stream = context.request.post(f"/shows/{show}/playback", headers=authorization).json()["hlsURL"]
        page = context.new_page()
        page.goto("/robots.txt")  # ours, and nothing else in it
        page.add_script_tag(path=SHAKA)
        page.evaluate(BARE_PAGE, stream)
        return time_of_click(page)


def measure(address: str, show: str, pairs: int) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for way in (ours, bare):
            way(browser, address, show)  # what the service and the disk keep from now on is not measured
        rounds = [(ours(browser, address, show), bare(browser, address, show)) for _ in range(pairs)]
        browser.close()
    print(f"| page, median of {pairs} | first frame after, s | from | to |\n|---|---|---|---|")
    for name, times in zip(("ours", "bare Shaka"), zip(*rounds, strict=True), strict=True):
        print(f"| {name} | {median(times):.2f} | {min(times):.2f} | {max(times):.2f} |")
    ratio = median(mine / theirs for mine, theirs in rounds)
    print(f"\nThe ratio is {ratio:.2f}.")
    shown = f"{median(mine for mine, _ in rounds):.2f} s; {ratio:.2f}"
    headline("from a click on Play to the first frame; to a bare page with Shaka", shown, bar="1 s")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=7)
    asked = arguments.parse_args()
    for needed in (CHROMIUM, SHAKA):
        if not needed.exists():
            print(f"not measured: there is no {needed}")
            return
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    folder.chmod(0o711)
    environment = {"DATA_DIR": str(folder / "data"), "ADMIN_EMAIL": EMAIL, "ADMIN_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "showsondemand.cli.main", "serve"]
    try:
        with running(command, environment, folder / "log") as (_, client):
            measure(str(client.base_url).rstrip("/"), published_show(client), asked.pairs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
