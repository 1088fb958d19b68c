"""What is served out of the storage, and to whom."""

import base64
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message

from people import People
from showsondemand.shows.media import Media
from showsondemand.wiring import Wiring
from studio import Json, Studio

ESCAPES = [
    "%2e%2e/1/master.m3u8",
    "..%2f1%2fmaster.m3u8",
    "/master.m3u8",
    "%2fetc%2fpasswd",
    "..%5c..%5csecret.key",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/secret.key",
    "master.m3u8%00.jpg",
    "master.m3u8%0a",
    "master.m3u8/",
    "master.m3u8/x",
    ".trash",
    "",
    "nothing.m4s",
    "%F0%9F%90%87",
    "x" * 5_000,
]


@pytest.fixture
def show(studio: Studio, media_set: Path) -> Json:
    return studio.playable(media_set)


@pytest.fixture
def folder(client: TestClient, people: People, show: Json) -> str:
    """The path, grant and all, that the show's media lie below."""
    viewer = people.viewer()
    url = str(client.post(f"/shows/{show['id']}/playback", headers=viewer.headers).json()["hlsURL"])
    return url.removeprefix("https://shows.example.org").rpartition("/")[0]


def parts(folder: str) -> tuple[str, str]:
    """The grant and the key of the media set in ``/media/GRANT/KEY``."""
    grant, _, key = folder.removeprefix("/media/").partition("/")
    return grant, key


def test_media_without_a_grant_are_refused_and_posters_are_not(
    client: TestClient, folder: str, media_set: Path
) -> None:
    _, key = parts(folder)

    statuses = {
        path.name: client.get(f"/media/{key}/{path.name}").status_code for path in media_set.iterdir()
    }

    assert statuses.pop("poster.jpg") == 200
    assert statuses == dict.fromkeys(statuses, 401)


def test_a_stranger_cannot_tell_which_media_are_there(client: TestClient, folder: str) -> None:
    _, key = parts(folder)

    there = client.get(f"/media/{key}/master.m3u8")
    nowhere = client.get(f"/media/videos/{uuid4()}/1/master.m3u8")

    assert there.json() | {"instance": ""} == nowhere.json() | {"instance": ""}
    assert there.headers["WWW-Authenticate"] == "Bearer"


def test_a_grant_with_any_byte_changed_is_refused(client: TestClient, folder: str) -> None:
    grant, key = parts(folder)
    raw = base64.urlsafe_b64decode(grant + "=" * (-len(grant) % 4))
    forged = [
        bytes([*raw[:place], raw[place] ^ bit, *raw[place + 1 :]])
        for place in range(len(raw))
        for bit in (0x01, 0x80)
    ]

    statuses = {
        client.get(
            f"/media/{base64.urlsafe_b64encode(each).rstrip(b'=').decode()}/{key}/master.m3u8"
        ).status_code
        for each in forged
    }

    assert statuses == {403}
    assert client.get(f"{folder}/master.m3u8").status_code == 200


def test_a_grant_has_one_spelling(client: TestClient, folder: str) -> None:
    grant, key = parts(folder)
    spellings = [
        f"{grant}=",
        f"{grant}==",
        f" {grant}",
        grant[:-1],
        f"{grant}A",
        grant.swapcase(),
        "A",
        "%C3%A9",
    ]

    statuses = {each: client.get(f"/media/{each}/{key}/master.m3u8").status_code for each in spellings}

    assert statuses == dict.fromkeys(spellings, 403)


def test_a_grant_is_good_for_its_own_media_set_only(
    client: TestClient, studio: Studio, folder: str, media_set: Path
) -> None:
    other = studio.playable(media_set)["hlsSrcVideoURL"].partition("/media/")[2]
    grant, key = parts(folder)
    next_attempt = key.rpartition("/")[0] + "/2"

    statuses = [
        client.get(f"/media/{grant}/{path}").status_code
        for path in (other, f"{next_attempt}/master.m3u8", "videos", "videos/", key.rpartition("/")[0])
    ]

    assert statuses == [403] * 5


def test_no_path_leads_out_of_the_media_set(client: TestClient, folder: str) -> None:
    answers = {escape[:40]: client.get(f"{folder}/{escape}") for escape in ESCAPES}

    statuses = {escape: answer.status_code for escape, answer in answers.items()}
    assert {escape: status for escape, status in statuses.items() if status not in (403, 404)} == {}
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"application/problem+json"}


async def _status(app: ASGIApp, path: str) -> int:
    """What ``app`` answers for a path as it stands: clients make ``a/../b`` into ``b`` before they send it."""
    statuses = []

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    await app({"type": "http", "method": "GET", "path": path, "headers": []}, receive, send)
    return int(statuses[0])


def test_dots_in_a_path_are_not_followed(client: TestClient, wiring: Wiring, folder: str) -> None:
    grant, key = parts(folder)
    paths = [
        f"/{grant}/{key}/../1/master.m3u8",
        f"/{grant}/{key}/./master.m3u8",
        f"/{key}/../1/poster.jpg",
        f"/{grant}/{key}",
    ]

    assert client.portal
    statuses = [client.portal.call(_status, Media(wiring), path) for path in paths]

    assert statuses == [404, 404, 404, 404]


def test_an_encoded_slash_is_a_slash(client: TestClient, folder: str) -> None:
    grant, key = parts(folder)

    answer = client.get(f"/media/{grant}/{key.replace('/', '%2F')}%2Fmaster.m3u8")

    assert answer.status_code == 200


def test_sources_and_secrets_are_never_served(
    client: TestClient, people: People, wiring: Wiring, folder: str
) -> None:
    grant, _ = parts(folder)
    source = wiring.settings.data_folder / "media" / "sources" / str(uuid4()) / "film"
    source.parent.mkdir(parents=True)
    source.write_bytes(b"the master copy")
    key = f"sources/{source.parent.name}/film"
    admin = people.admin().headers

    paths = [f"/media/{key}", f"/media/{grant}/{key}", f"/media/videos/../{key}", "/media/../secret.key"]
    statuses = [client.get(path, headers=headers).status_code for path in paths for headers in ({}, admin)]

    assert set(statuses) <= {401, 403, 404}


def test_parts_of_a_file_can_be_asked_for(client: TestClient, folder: str, media_set: Path) -> None:
    whole = (media_set / "segment-0-00001.m4s").read_bytes()
    path = f"{folder}/segment-0-00001.m4s"
    ranges = {
        "bytes=0-99": whole[:100],
        "bytes=100-": whole[100:],
        "bytes=-7": whole[-7:],
        f"bytes=0-{len(whole) * 2}": whole,
    }

    answers = {each: client.get(path, headers={"Range": each}) for each in ranges}

    assert {each: answer.content for each, answer in answers.items()} == ranges
    assert {answer.status_code for answer in answers.values()} == {206}
    assert answers["bytes=0-99"].headers["Content-Range"] == f"bytes 0-99/{len(whole)}"


def test_a_range_beyond_the_end_is_refused_and_says_how_long_the_file_is(
    client: TestClient, folder: str, media_set: Path
) -> None:
    size = (media_set / "segment-0-00001.m4s").stat().st_size

    answer = client.get(f"{folder}/segment-0-00001.m4s", headers={"Range": f"bytes={size}-"})

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{size}"


def test_many_ranges_at_once_cost_no_more_than_the_file(
    client: TestClient, folder: str, media_set: Path
) -> None:
    many = "bytes=" + ",".join("0-" for _ in range(1_000))

    answer = client.get(f"{folder}/segment-0-00001.m4s", headers={"Range": many})

    assert len(answer.content) <= (media_set / "segment-0-00001.m4s").stat().st_size


def test_asking_for_the_head_gives_no_body(client: TestClient, folder: str, media_set: Path) -> None:
    answer = client.head(f"{folder}/segment-0-00001.m4s")

    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["Content-Length"]) == (media_set / "segment-0-00001.m4s").stat().st_size
    assert answer.headers["Accept-Ranges"] == "bytes"


def test_who_has_a_file_already_gets_no_body(client: TestClient, folder: str, show: Json) -> None:
    for url in (f"{folder}/master.m3u8", show["posterURL"]):
        tag = client.get(url).headers["ETag"]

        same = client.get(url, headers={"If-None-Match": tag})
        other = client.get(url, headers={"If-None-Match": '"x"'})

        assert (same.status_code, same.content) == (304, b"")
        assert other.status_code == 200


def test_media_take_no_other_method(client: TestClient, folder: str) -> None:
    answers = [
        client.request(method, f"{folder}/master.m3u8")
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")
    ]

    assert [answer.status_code for answer in answers] == [405] * 6
    assert {answer.headers["Allow"] for answer in answers} == {"GET, HEAD"}
    assert {answer.headers["Content-Type"] for answer in answers} == {"application/problem+json"}


def test_media_are_kept_by_the_browser_of_who_may_see_them_only(
    client: TestClient, folder: str, show: Json
) -> None:
    granted = client.get(f"{folder}/segment-0-00001.m4s").headers["Cache-Control"]
    poster = client.get(show["posterURL"]).headers["Cache-Control"]

    assert granted.startswith("private")
    assert poster.startswith("public")
