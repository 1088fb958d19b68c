"""Playing from a delivery network: cookies open the folder of one show, for an hour, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.signers import CloudFrontSigner
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import HttpUrl

from conftest import WEBHOOK_KEY
from edge import Edge
from people import People
from showsondemand.adapters.delivery.cloudfront import CloudFront
from showsondemand.config import MediaSettings
from showsondemand.shows import playback
from showsondemand.wiring import Wiring
from studio import Json, Studio

CDN = "https://cdn.example.org"
KEY_PAIR_ID = "K2JCJMDEHXQW5F"
FIXTURES = Path(__file__).parents[1] / "fixtures" / "aws"


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, 2048)


@pytest.fixture
def network(rsa_key: rsa.RSAPrivateKey) -> CloudFront:
    return CloudFront(CDN, "", "example.org", KEY_PAIR_ID, rsa_key)


@pytest.fixture
def wiring(wiring: Wiring, network: CloudFront) -> Wiring:
    """The app's parts with a network over what the studio stores."""
    media = MediaSettings(cdn_base_url=HttpUrl(CDN))
    return replace(wiring, delivery=network, settings=wiring.settings.model_copy(update={"media": media}))


@pytest.fixture
def edge(wiring: Wiring, network: CloudFront) -> Edge:
    folder = wiring.settings.data_folder / "media"

    def stored(key: str) -> bytes | None:
        return (folder / key).read_bytes() if (folder / key).is_file() else None

    return Edge(CDN, {KEY_PAIR_ID: network.key.public_key()}, stored, wiring.settings.base_url)


@pytest.fixture
def at_edge(client: TestClient, edge: Edge) -> Callable[[str], Response]:
    """Asks the network as the viewer's browser does, with the cookies that it has by then."""
    return lambda url: TestClient(edge, base_url=CDN, cookies=client.cookies).get(url)


def play(client: TestClient, people: People, show: Json) -> Json:
    viewer = people.viewer()
    answer = client.post(f"/shows/{show['id']}/playback", headers=viewer.headers)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def paths_opened(client: TestClient) -> set[str]:
    return {cookie.path for cookie in client.cookies.jar if cookie.name == "CloudFront-Policy"}


def test_a_show_plays_from_the_network_with_the_cookies_that_came(
    client: TestClient, people: People, studio: Studio, media_set: Path, at_edge: Callable[[str], Response]
) -> None:
    show = studio.playable(media_set)
    other = studio.playable(media_set)

    playing = play(client, people, show)

    fetched = [at_edge(playing[name]) for name in ("hlsURL", "dashURL", "storyboardURL")]
    assert [answer.status_code for answer in fetched] == [200, 200, 200]
    assert fetched[0].text.startswith("#EXTM3U")
    assert playing["cookieOrigin"] == CDN
    folder = playing["hlsURL"].rpartition("/")[0]
    others = f"{CDN}/{other['hlsSrcVideoURL'].partition('/media/')[2]}"
    assert at_edge(f"{folder}/{segment_of(media_set)}").status_code == 200
    assert at_edge(others).status_code == 403
    assert at_edge(f"{CDN}/sources/{uuid4()}").status_code == 403


def segment_of(media_set: Path) -> str:
    return next(path.relative_to(media_set).as_posix() for path in media_set.rglob("*.m4s"))


def test_the_cookies_are_for_siblings_over_https_and_out_of_reach_of_scripts(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    show = studio.playable(media_set)
    viewer = people.viewer()

    answer = client.post(f"/shows/{show['id']}/playback", headers=viewer.headers)

    set_cookies = [SimpleCookie(line) for line in answer.headers.get_list("set-cookie")]
    morsels = [morsel for cookie in set_cookies for morsel in cookie.values()]
    folder = show["hlsSrcVideoURL"].partition("/media")[2].rpartition("/")[0] + "/"
    assert sorted(morsel.key for morsel in morsels) == [
        "CloudFront-Key-Pair-Id",
        "CloudFront-Policy",
        "CloudFront-Signature",
    ]
    for morsel in morsels:
        assert (morsel["domain"], morsel["path"]) == ("example.org", folder)
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == (True, True, "strict")
        assert 3590 <= int(morsel["max-age"]) <= 3600


def test_the_addresses_end_with_the_cookies_and_with_the_window(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    closes = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=10)
    long_show = studio.playable(media_set)
    closing = studio.playable(media_set, availableUntil=closes.isoformat())

    ends = [datetime.fromisoformat(play(client, people, show)["expiresAt"]) for show in (long_show, closing)]

    assert abs(ends[0] - datetime.now(UTC) - timedelta(hours=1)) < timedelta(seconds=10)
    assert ends[1] == closes


def test_asked_again_the_cookies_are_renewed_under_the_same_addresses(
    client: TestClient,
    people: People,
    studio: Studio,
    media_set: Path,
    at_edge: Callable[[str], Response],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    show = studio.playable(media_set)
    monkeypatch.setattr(playback, "PASS_LIFETIME", timedelta(seconds=-1))
    over = play(client, people, show)
    refused = at_edge(over["hlsURL"])
    monkeypatch.undo()

    renewed = play(client, people, show)

    assert refused.status_code == 403
    assert renewed["hlsURL"] == over["hlsURL"]
    assert at_edge(renewed["hlsURL"]).status_code == 200


@pytest.mark.parametrize(
    "tampering",
    [
        {"CloudFront-Policy": None},
        {"CloudFront-Signature": None},
        {"CloudFront-Key-Pair-Id": None},
        {"CloudFront-Key-Pair-Id": "K3STRANGEKEYID"},
        {"CloudFront-Signature": "AAAA"},
        {"CloudFront-Policy": "eyJTdGF0ZW1lbnQiOltdfQ__"},
    ],
)
def test_a_pass_with_anything_changed_opens_nothing(
    network: CloudFront, edge: Edge, tampering: dict[str, str | None], media_set: Path
) -> None:
    cookies = {**pass_of(network, "/videos/a/1/", timedelta(hours=1)), **tampering}

    at = TestClient(edge, base_url=CDN, cookies={name: value for name, value in cookies.items() if value})
    answer = at.get("/videos/a/1/master.m3u8")

    assert answer.status_code == 403
    assert edge.served == []


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_either_kind_of_key_signs_what_the_edge_can_verify(kind: str, rsa_key: rsa.RSAPrivateKey) -> None:
    key = rsa_key if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    network = CloudFront(CDN, "", "example.org", KEY_PAIR_ID, key)
    edge = Edge(CDN, {KEY_PAIR_ID: key.public_key()}, lambda _key: b"film", "https://shows.example.org")

    at = TestClient(edge, base_url=CDN, cookies=pass_of(network, "/a/1/", timedelta(hours=1)))
    statuses = [at.get(path).status_code for path in ("/a/1/x/y.m4s", "/a/1/", "/a/10/y.m4s", "/a/1", "/b")]

    assert statuses == [200, 200, 403, 403, 403]


def test_the_policy_is_the_one_that_the_makers_of_the_network_write(network: CloudFront) -> None:
    ends_at = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
    reference = CloudFrontSigner(KEY_PAIR_ID, lambda message: message)

    cookies = {cookie.name: cookie.value for cookie in network.passes("/videos/a/1/", ends_at)}

    signed = reference.generate_presigned_url(
        f"{CDN}/x", policy=reference.build_policy(f"{CDN}/videos/a/1/*", ends_at)
    )
    assert f"Policy={cookies['CloudFront-Policy']}&" in signed


def test_a_video_that_an_event_told_of_opens_the_folder_named_after_it(
    client: TestClient, people: People, studio: Studio
) -> None:
    event = json.loads((FIXTURES / "mediaconvert_complete_hls_dash.json").read_text(encoding="utf-8"))
    guid = event["detail"]["userMetadata"]["guid"]
    told = client.post("/internal/vod/events", json=event, headers={"X-Webhook-Key": WEBHOOK_KEY})
    show = studio.judged({"id": told.json()["showId"]}, "approve")

    playing = play(client, people, show)

    assert paths_opened(client) == {f"/{guid}/"}
    assert playing["hlsURL"].startswith(f"{CDN}/{guid}/hls/")
    assert playing["dashURL"].startswith(f"{CDN}/{guid}/dash/")


def test_where_nothing_says_whose_the_folder_above_is_each_stream_opens_its_own(
    client: TestClient, people: People, studio: Studio
) -> None:
    show = studio.available(
        hlsSrcVideoURL=f"{CDN}/output/hls/my%20film.m3u8", dashSrcVideoURL=f"{CDN}/output/dash/my%20film.mpd"
    )

    playing = play(client, people, show)

    assert paths_opened(client) == {"/output/hls/", "/output/dash/"}
    assert playing["hlsURL"] == show["hlsSrcVideoURL"]


@pytest.mark.parametrize(
    "path", ["/film.m3u8", "/videos/film.m3u8", "//film.m3u8", "/a/../film.m3u8", "/a/film.m3u8?x=1"]
)
def test_no_address_opens_more_than_a_folder_of_its_own(
    client: TestClient, people: People, studio: Studio, path: str
) -> None:
    show = studio.available(hlsSrcVideoURL=f"{CDN}{path}")

    playing = play(client, people, show)

    assert paths_opened(client) == set()
    assert playing["cookieOrigin"] is None


@pytest.mark.parametrize("odd", ["/a*b/film.m3u8", "/a%zz/film.m3u8", "/a;b/film.m3u8", "/a?b/film.m3u8"])
def test_no_character_of_an_address_becomes_a_wildcard(
    client: TestClient, people: People, studio: Studio, odd: str
) -> None:
    show = studio.available(hlsSrcVideoURL=f"{CDN}{odd}")

    play(client, people, show)

    assert all("*" not in path and ";" not in path for path in paths_opened(client))


def test_media_elsewhere_and_of_this_machine_need_no_cookies(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    foreign = studio.available(hlsSrcVideoURL=f"{wiring.settings.base_url}/elsewhere/film.m3u8")

    playing = play(client, people, foreign)

    assert paths_opened(client) == set()
    assert playing["cookieOrigin"] is None


def test_posters_stay_open_to_everybody(client: TestClient, studio: Studio, media_set: Path) -> None:
    show = studio.playable(media_set)

    assert show["posterURL"].startswith("https://shows.example.org/media/videos/")
    assert client.get(show["posterURL"]).status_code == 200


def test_pages_may_ask_the_network(client: TestClient) -> None:
    policy = client.get("/", headers={"Accept": "text/html"}).headers["Content-Security-Policy"]

    for directive in ("connect-src", "media-src", "img-src"):
        (rule,) = [part for part in policy.split("; ") if part.startswith(directive)]
        assert CDN in rule.split()


def pass_of(network: CloudFront, folder: str, lifetime: timedelta) -> dict[str, str]:
    return {cookie.name: cookie.value for cookie in network.passes(folder, datetime.now(UTC) + lifetime)}
