"""A player's walk: from the two addresses of a grant, by relative URLs alone, to each segment and picture."""

import re
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import m3u8
import pytest
from fastapi.testclient import TestClient

from people import People
from studio import Json, Studio

MPD = {"mpd": "urn:mpeg:dash:schema:mpd:2011"}


@pytest.fixture
def playback(client: TestClient, people: People, studio: Studio, media_set: Path) -> Json:
    show = studio.playable(media_set)
    answer: Json = client.post(f"/shows/{show['id']}/playback", headers=people.viewer().headers).json()
    return answer


def fetched(client: TestClient, urls: set[str]) -> dict[str, int]:
    """The sizes of what lies at ``urls``; each of them must be there."""
    answers = {url: client.get(url) for url in urls}
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(urls, 200)
    return {url: len(answer.content) for url, answer in answers.items()}


def names(urls: set[str]) -> set[str]:
    return {url.rpartition("/")[2] for url in urls}


def urls_of_hls(client: TestClient, master_url: str) -> set[str]:
    master = m3u8.loads(client.get(master_url).text, uri=master_url)
    playlists = {urljoin(master_url, each.uri) for each in [*master.playlists, *master.media] if each.uri}
    urls = set(playlists)
    for url in playlists:
        playlist = m3u8.loads(client.get(url).text, uri=url)
        assert playlist.is_endlist
        urls |= {urljoin(url, each.uri) for each in [*playlist.segments, *playlist.segment_map]}
    return urls


def urls_of_dash(client: TestClient, mpd_url: str) -> set[str]:
    urls = set()
    mpd = ET.fromstring(client.get(mpd_url).text)
    assert mpd.get("type") == "static"
    for adaptation in mpd.iterfind(".//mpd:AdaptationSet", MPD):
        for representation in adaptation.iterfind("mpd:Representation", MPD):
            template = representation.find("mpd:SegmentTemplate", MPD)
            template = adaptation.find("mpd:SegmentTemplate", MPD) if template is None else template
            if template is None:
                continue
            identity = representation.get("id") or ""
            repeats = [int(each.get("r", "0")) for each in template.iterfind(".//mpd:S", MPD)]
            first = int(template.get("startNumber", "1"))
            numbers = range(first, first + len(repeats) + sum(repeats))
            pattern = template.get("initialization")
            if pattern:
                urls.add(urljoin(mpd_url, pattern.replace("$RepresentationID$", identity)))
            urls |= {urljoin(mpd_url, _numbered(template.get("media") or "", identity, n)) for n in numbers}
    return urls


def _numbered(pattern: str, identity: str, number: int) -> str:
    named = pattern.replace("$RepresentationID$", identity)
    return re.sub(r"\$Number(?:%0(\d)d)?\$", lambda found: str(number).zfill(int(found[1] or 0)), named)


def test_hls_leads_to_every_segment(client: TestClient, playback: Json, media_set: Path) -> None:
    urls = urls_of_hls(client, playback["hlsURL"])

    sizes = fetched(client, urls)

    segments = {path.name for path in media_set.iterdir() if path.suffix in (".m4s", ".mp4", ".m3u8")}
    assert names(urls) == segments - {"master.m3u8"}
    assert min(sizes.values()) > 0


def test_dash_leads_to_the_same_segments(client: TestClient, playback: Json, media_set: Path) -> None:
    urls = urls_of_dash(client, playback["dashURL"])

    sizes = fetched(client, urls)

    segments = {path.name for path in media_set.iterdir() if path.suffix in (".m4s", ".mp4")}
    assert segments <= names(urls)
    assert min(sizes.values()) > 0


def test_the_storyboard_leads_to_its_pictures(client: TestClient, playback: Json) -> None:
    url = playback["storyboardURL"]
    pictures = {
        urljoin(url, found) for found in re.findall(r"^(\S+\.jpg)#xywh=", client.get(url).text, re.MULTILINE)
    }

    sizes = fetched(client, pictures)

    assert min(sizes.values()) > 0


def test_nothing_is_absolute_in_a_manifest(client: TestClient, playback: Json) -> None:
    texts = [client.get(playback[name]).text for name in ("hlsURL", "dashURL", "storyboardURL")]

    assert [re.findall(r"https?://shows|\"/", text) for text in texts] == [[], [], []]
