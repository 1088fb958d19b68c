"""From a film on a disk to a picture on a screen, with S3, the events of an encoder and CloudFront between."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from playwright.sync_api import Browser, BrowserContext, Page, expect

from aws.template import PARAMETERS, Stack, bucket_cors
from browser.cinema import MEDIA
from browser.desk import bring, film_row, padded_film, sit_down
from browser.spectator import register, wait_until_past
from edge import Edge
from mediaconvert_double import MediaConvertDouble
from s3_fixtures import S3Server
from server_fixtures import WEBHOOK_KEY, Server, eventually, free_port, new_server
from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg
from showsondemand.shows.playback import PASS_LIFETIME
from tls_front import ReverseProxy, tls_front

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Json = dict[str, Any]
SITE, NETWORK = "shows.example.test", "cdn.example.test"  # the browser finds them on this machine
PREFIX = "shows/"
KEY_PAIR_ID = "K2JCJMDEHXQW5F"
_ORDERING_SECONDS = 60
_LIFE = timedelta(seconds=8)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass
class Account:
    """What somebody has on AWS, on this machine."""

    url: str
    server: Server
    bucket: str
    edge: Edge
    mediaconvert: MediaConvertDouble

    def tell(self, *events: Json) -> None:
        """As EventBridge does: each in its own time, and at least once."""
        for event in events:
            answer = httpx.post(
                f"{self.server.url}/internal/vod/events", json=event, headers={"X-Webhook-Key": WEBHOOK_KEY}
            )
            assert answer.status_code == 202, answer.text


@pytest.fixture
def account(tmp_path: Path, s3_server: S3Server, mediaconvert: MediaConvertDouble) -> Iterator[Account]:
    port = free_port()
    site, network = f"https://{SITE}:{port}", f"https://{NETWORK}:{port}"
    key = rsa.generate_private_key(65_537, 2048)
    bucket = s3_server.new_bucket()
    s3_server.client().put_bucket_cors(
        Bucket=bucket, CORSConfiguration={"CORSRules": bucket_cors(Stack(PARAMETERS | {"AppUrl": site}))}
    )

    def stored(key: str) -> bytes | None:
        try:
            content: bytes = s3_server.client().get_object(Bucket=bucket, Key=key)["Body"].read()
        except ClientError:
            return None
        return content

    edge = Edge(network, {KEY_PAIR_ID: key.public_key()}, stored, site)
    server = new_server(
        tmp_path,
        **s3_server.environment(bucket, PREFIX),
        PUBLIC_BASE_URL=site,
        TRANSCODER="mediaconvert",
        MEDIACONVERT_ROLE="arn:aws:iam::123456789012:role/films",
        AWS_ENDPOINT_URL_MEDIACONVERT=mediaconvert.url,
        CDN_BASE_URL=network,
        CLOUDFRONT_KEY_PAIR_ID=KEY_PAIR_ID,
        CLOUDFRONT_PRIVATE_KEY=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
    )
    server.start()
    with tls_front({SITE: ReverseProxy(server.url), NETWORK: edge}, port, tmp_path):
        yield Account(site, server, bucket, edge, mediaconvert)
    server.stop()


@pytest.fixture
def visitor(chromium: Browser, account: Account) -> Iterator[BrowserContext]:
    """A browser that was never here before."""
    context = chromium.new_context(base_url=account.url, ignore_https_errors=True, reduced_motion="reduce")
    yield context
    context.close()


def test_a_film_goes_up_from_a_browser_and_plays_in_another_with_cookies_of_its_own(
    visitor: BrowserContext, chromium: Browser, account: Account, s3_server: S3Server, tmp_path: Path
) -> None:
    film = padded_film(MEDIA / "bunny_5s.mp4", tmp_path / "A rabbit.mp4", parts=2)
    desk = visitor.new_page()
    sent: list[str] = []
    desk.on("request", lambda asked: sent.append(asked.url) if asked.method == "PUT" else None)
    complaints = complaints_of(visitor)

    sit_down(desk, "/uploads")
    bring(desk, film)
    eventually(lambda: len(account.mediaconvert.jobs) > 0, seconds=_ORDERING_SECONDS)
    encode(account)
    expect(film_row(desk, "A rabbit")).to_contain_text("Ready for review")

    sources = f"{s3_server.url}/{account.bucket}/{PREFIX}sources/"
    assert len(sent) == 2
    assert all(url.startswith(sources) for url in sent)
    show_id = approve_the_only_show(account)
    for manifest_type, manifest in (("hls", ".m3u8"), ("dash", ".mpd")):
        account.edge.served.clear()
        watch(chromium, account, show_id, manifest_type)
        assert any(path.endswith(manifest) for path in account.edge.served)
        assert len([path for path in account.edge.served if path.endswith((".m4s", ".mp4"))]) > 2
    assert complaints == []


def test_a_film_plays_on_past_the_end_of_its_first_cookies_which_open_nothing_any_more(
    chromium: Browser, account: Account, s3_server: S3Server, tmp_path: Path
) -> None:
    show_id = long_film_of_somebody_else(account, s3_server, tmp_path)
    # To all but the service it is nearly an hour later: cookies that are good for an hour end in seconds.
    ahead = PASS_LIFETIME - _LIFE
    account.edge.clock_ahead = ahead
    context = chromium.new_context(base_url=account.url, ignore_https_errors=True, reduced_motion="reduce")
    context.add_init_script(f"{{const now = Date.now; Date.now = () => now() + {ahead / _MILLISECOND}}}")
    page = context.new_page()
    register(page)
    page.goto(f"/watch/{show_id}")
    wait_until_past(page, 0.5)
    first = [cookie for cookie in context.cookies() if cookie.get("name", "").startswith("CloudFront-")]
    account.edge.served.clear()

    page.wait_for_timeout(_LIFE / _MILLISECOND)
    page.evaluate("() => { document.querySelector('video').currentTime = 60; }")
    wait_until_past(page, 60.5)

    segments = [path for path in account.edge.served if path.endswith(".m4s")]
    assert any(path.endswith("15.m4s") for path in segments)
    assert account.edge.refused == []
    context.clear_cookies()
    context.add_cookies([cast("Any", cookie) for cookie in first])
    assert status_of(page, f"{account.edge.base_url}{segments[-1]}") == 403
    assert account.edge.refused[-1].endswith("Expired")
    context.close()


def long_film_of_somebody_else(account: Account, s3_server: S3Server, folder: Path) -> str:
    """More seconds than a player fetches ahead, in segments of four."""
    guid = str(uuid4())
    picture = "-f lavfi -i testsrc=size=160x90:rate=10:duration=80 -c:v libx264 -preset ultrafast -g 40"
    cut = "-f hls -hls_time 4 -hls_list_size 0 -hls_segment_type fmp4 -v error -nostdin"
    words = [*picture.split(), *cut.split(), str(folder / "film.m3u8")]
    subprocess.run([str(find_ffmpeg()), *words], check=True)
    for path in (folder / "film.m3u8", folder / "init.mp4", *folder.glob("film*.m4s")):
        s3_server.client().upload_file(str(path), account.bucket, f"{guid}/hls/{path.name}")
    account.tell(
        {
            "guid": guid,
            "workflowStatus": "Complete",
            "hlsUrl": f"{account.edge.base_url}/{guid}/hls/film.m3u8",
        }
    )
    return approve_the_only_show(account)


def encode(account: Account) -> None:
    """MediaConvert does its work; what it says of it comes twice, and its progress after its end."""
    (job,) = account.mediaconvert.jobs.values()
    account.mediaconvert.begin(job)
    progress = account.mediaconvert.event(job, "STATUS_UPDATE", seconds=1)
    account.mediaconvert.finish(job)
    done = account.mediaconvert.event(job, seconds=9)
    account.tell(done, progress, done)


def watch(chromium: Browser, account: Account, show_id: str, manifest_type: str) -> None:
    """Somebody with an account sees it move, and can neither see what lies beside it nor pass it on."""
    context = chromium.new_context(base_url=account.url, ignore_https_errors=True, reduced_motion="reduce")
    complaints = complaints_of(context)
    through_us: list[str] = []
    context.on("request", lambda asked: through_us.append(asked.url) if "/media/" in asked.url else None)
    page = context.new_page()
    register(page)
    page.goto(f"/watch/{show_id}?format={manifest_type}")

    wait_until_past(page, 1.5)

    assert account.edge.refused == []
    segment = next(path for path in account.edge.served if path.endswith((".m4s", ".mp4")))
    another = segment.replace("/videos/", "/videos/00000000-", 1)
    statuses = [status_of(page, f"{account.edge.base_url}{path}") for path in (segment, another)]
    assert statuses == [200, 403]
    assert [url for url in through_us if "poster" not in url] == []
    assert {cookie["httpOnly"] and cookie["secure"] for cookie in context.cookies()} == {True}
    context.clear_cookies()
    assert status_of(page, f"{account.edge.base_url}{segment}") == 403
    account.edge.refused.clear()
    assert complaints == []
    context.close()


def status_of(page: Page, url: str) -> int:
    """What a page of the service is answered, its cookies included."""
    status: int = page.evaluate(
        "async url => (await fetch(url, {credentials: 'include', cache: 'no-store'})).status", url
    )
    return status


def approve_the_only_show(account: Account) -> str:
    with closing(account.server.admin()) as admin:
        (show,) = admin.get("/shows", params={"state": "in_review"}).json()["items"]
        verdict = admin.post(f"/shows/{show['id']}/reviews", json={"verdict": "approve"})
        assert verdict.status_code == 201, verdict.text
    return str(show["id"])


def complaints_of(context: BrowserContext) -> list[str]:
    """Script errors, and what the pages' own policy or that of others forbids."""
    heard: list[str] = []
    context.on("weberror", lambda error: heard.append(f"script: {error.error}"))
    forbidden = ("Content Security Policy", "Refused to", "CORS policy", "Mixed Content")
    context.on(
        "console",
        lambda said: heard.append(said.text) if any(word in said.text for word in forbidden) else None,
    )
    return heard
