"""What a browser is told about the web clients: policies, caching, encodings, and which paths open a page."""

import gzip
import re
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from showsondemand.web_client import HEAD_PLACE, NONCE_PLACE, WebClient

SCRIPT = "console.log('a script')" * 100
PAGE = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>{}</title>'
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / ".vite").mkdir()
    (tmp_path / "index.html").write_text(PAGE.format("Viewer"))
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets/main-1a2b.js").write_text(SCRIPT)
    (tmp_path / "assets/main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (tmp_path / ".vite/viewer.json").write_text("{}")
    return tmp_path


def browser(dist: Path, media_origins: Sequence[str] = ()) -> httpx.AsyncClient:
    app = Starlette(routes=[Mount("/", WebClient(dist, media_origins=media_origins))])
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://test", headers={"Accept-Encoding": "identity"}
    )


@pytest.mark.parametrize("path", ["/", "/browse", "/title/018f-4c", "/watch/018f-4c"])
async def test_every_page_of_the_client_opens_by_its_address(dist: Path, path: str) -> None:
    answer = await browser(dist).get(path, headers=BROWSER)

    assert answer.status_code == 200
    assert "<title>Viewer</title>" in answer.text
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_page_carries_the_nonce_that_its_policy_names_and_never_the_same_twice(dist: Path) -> None:
    client = browser(dist)

    answers = [await client.get("/", headers=BROWSER) for _ in range(2)]

    written = [re.findall(r'nonce="([^"]+)"', answer.text)[0] for answer in answers]
    for nonce, answer in zip(written, answers, strict=True):
        assert f"script-src 'self' 'nonce-{nonce}'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert written[0] != written[1]


async def test_a_delivery_network_is_allowed_for_media_and_nothing_else(dist: Path) -> None:
    client = browser(dist, media_origins=["https://cdn.example"])

    policy = (await client.get("/", headers=BROWSER)).headers["content-security-policy"]

    allowed = {part.split()[0] for part in policy.split("; ") if "https://cdn.example" in part}
    assert allowed == {"img-src", "media-src", "connect-src"}


async def test_only_the_stream_tester_may_ask_any_host(dist: Path) -> None:
    (dist / "admin").mkdir()
    (dist / "admin/index.html").write_text(PAGE.format("Desk"))
    client = browser(dist)
    paths = ["/admin/tester", "/admin", "/admin/tester/x", "/admin/testers", "/tester", "/"]

    policies = {
        path: (await client.get(path, headers=BROWSER)).headers["content-security-policy"] for path in paths
    }

    assert [path for path, policy in policies.items() if "http:" in policy] == ["/admin/tester"]
    opened = {part.split()[0] for part in policies["/admin/tester"].split("; ") if "http:" in part}
    assert opened == {"img-src", "media-src", "connect-src"}


async def test_the_front_door_opens_whatever_the_caller_accepts(dist: Path) -> None:
    answer = await browser(dist).get("/", headers={"Accept": "*/*"})

    assert "<title>Viewer</title>" in answer.text


async def test_the_index_of_the_nearest_folder_is_the_page_below_it(dist: Path) -> None:
    (dist / "admin").mkdir()
    (dist / "admin/index.html").write_text(PAGE.format("Desk"))
    client = browser(dist)

    pages = [
        await client.get(path, headers=BROWSER) for path in ("/admin", "/admin/shows/1", "/administrator")
    ]

    assert [re.findall("<title>(.*)</title>", page.text) for page in pages] == [
        ["Desk"],
        ["Desk"],
        ["Viewer"],
    ]


@pytest.mark.parametrize(
    "path", ["/assets/main-0000.js", "/assets/gone", "/robots.txt", "/.vite/viewer.json"]
)
async def test_a_file_that_is_not_there_is_never_answered_with_a_page(dist: Path, path: str) -> None:
    answer = await browser(dist).get(path, headers=BROWSER)

    assert answer.status_code == 404


async def test_a_script_that_asks_for_an_unknown_path_gets_no_page(dist: Path) -> None:
    answer = await browser(dist).get("/shows/unknown/thing", headers={"Accept": "application/json"})

    assert answer.status_code == 404


async def test_a_hashed_asset_is_kept_for_ever_and_another_file_for_an_hour(dist: Path) -> None:
    client = browser(dist)

    asset = await client.get("/assets/main-1a2b.js")
    icon = await client.get("/favicon.svg")

    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert icon.headers["cache-control"] == "public, max-age=3600"
    assert asset.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, br", "gzip"),
        ("br;q=1.0, gzip;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("gzip; q=0.000", None),
        ("", None),
    ],
)
async def test_a_browser_gets_the_compressed_form_that_it_accepts(
    dist: Path, accepted: str, coding: str | None
) -> None:
    answer = await browser(dist).get("/assets/main-1a2b.js", headers={"Accept-Encoding": accepted})

    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.text == SCRIPT


async def test_a_copy_that_is_still_right_is_not_sent_again(dist: Path) -> None:
    client = browser(dist)
    etag = (await client.get("/assets/main-1a2b.js")).headers["etag"]

    again = await client.get("/assets/main-1a2b.js", headers={"If-None-Match": f'"other", W/{etag}'})
    compressed = await client.get(
        "/assets/main-1a2b.js", headers={"If-None-Match": etag, "Accept-Encoding": "gzip"}
    )

    assert (again.status_code, again.content) == (304, b"")
    assert compressed.status_code == 200


async def test_nothing_can_be_sent_to_a_page(dist: Path) -> None:
    answer = await browser(dist).post("/", headers=BROWSER)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


async def test_without_a_build_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    answer = await browser(tmp_path / "nowhere").get("/", headers=BROWSER)

    assert answer.status_code == 503
    assert "has not been built" in answer.text


async def test_a_page_is_compressed_for_whoever_takes_it(dist: Path) -> None:
    client = browser(dist)

    plain, packed = [
        await client.get("/", headers={**BROWSER, "Accept-Encoding": coding})
        for coding in ("identity", "gzip")
    ]

    assert (plain.headers.get("content-encoding"), packed.headers.get("content-encoding")) == (None, "gzip")
    assert {answer.headers["vary"] for answer in (plain, packed)} == {"Accept-Encoding"}
    assert "<title>Viewer</title>" in packed.text


async def test_what_is_found_for_the_head_of_a_page_is_written_as_it_is(dist: Path) -> None:
    (dist / "index.html").write_text(PAGE.format("Viewer") + HEAD_PLACE)
    found = f"<i>{NONCE_PLACE} {HEAD_PLACE}</i>"

    async def head_of(_: Request) -> str:
        return found

    app = Starlette(routes=[Mount("/", WebClient(dist, head_of=head_of))])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        page = (await client.get("/", headers=BROWSER)).text

    assert page.endswith(found)
