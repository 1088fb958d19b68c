"""Posters in the sizes that screens ask for, whoever gave the show its poster."""

import base64
from pathlib import Path
from uuid import UUID

import av
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from admin.test_posters import picture, upload
from showsondemand.admin.poster_copies import copy_poster, have_posters_copied
from showsondemand.shows import service as shows
from showsondemand.shows.models import Show
from showsondemand.wiring import Wiring
from studio import Json, Studio

PNG = "data:image/png;base64,"


def size_of(content: bytes, path: Path) -> tuple[int, int]:
    path.write_bytes(content)
    with av.open(path) as container:
        frame = next(container.decode(video=0))
    return frame.width, frame.height


def copy(client: TestClient, wiring: Wiring, show: Json) -> None:
    """What the worker does when it comes to the show."""
    assert client.portal
    client.portal.call(copy_poster, wiring, UUID(show["id"]))


def missed(client: TestClient, wiring: Wiring) -> int:
    assert client.portal
    return client.portal.call(have_posters_copied, wiring)


def test_a_poster_that_is_sent_is_there_in_every_size_at_once(
    client: TestClient, studio: Studio, tmp_path: Path
) -> None:
    show = studio.available()

    changed = upload(client, show, studio, picture(tmp_path, "sent.png", size="1600x900")).json()

    told = [(each["width"], each["height"]) for each in changed["posterPictures"]]
    assert told == [(320, 180), (640, 360), (960, 540), (1280, 720), (1600, 900)]
    assert changed["posterPictures"][-1]["url"] == changed["posterURL"]
    fetched = [client.get(each["url"]) for each in changed["posterPictures"]]
    assert {answer.headers["Content-Type"] for answer in fetched} == {"image/jpeg"}
    assert [size_of(answer.content, tmp_path / "copy.jpg") for answer in fetched] == told
    preview = base64.b64decode(changed["posterPreview"].removeprefix(PNG))
    assert size_of(preview, tmp_path / "preview.png") == (8, 5)
    assert len(preview) < 300


def test_the_poster_of_an_encoding_gets_its_sizes_without_becoming_another_version(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    show = studio.playable(media_set)
    before = client.get(f"/shows/{show['id']}")
    latest = client.get("/shows").json()["items"][0]

    copy(client, wiring, show)

    after = client.get(f"/shows/{show['id']}", headers={"If-None-Match": before.headers["ETag"]})
    assert (latest["posterPictures"], latest["posterPreview"]) == ([], None)
    assert [each["width"] for each in after.json()["posterPictures"]] == [320, 640]
    assert after.json()["posterPreview"].startswith(PNG)
    assert (after.json()["version"], after.json()["updatedAt"]) == (show["version"], show["updatedAt"])
    assert client.get("/shows").json()["items"][0] == after.json()


def test_a_show_that_was_missed_is_found_and_only_once(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    show = studio.playable(media_set)
    studio.available()  # has no poster

    found = missed(client, wiring)
    copy(client, wiring, show)

    assert (found, missed(client, wiring)) == (1, 0)


def test_a_poster_that_an_earlier_release_copied_gets_the_size_it_lacks(
    client: TestClient, studio: Studio, wiring: Wiring, tmp_path: Path
) -> None:
    show = studio.available()
    upload(client, show, studio, picture(tmp_path, "sent.png", size="1600x900"))
    assert client.portal
    client.portal.call(_forget_width, wiring, 960)

    found = missed(client, wiring)
    copy(client, wiring, show)

    assert (found, missed(client, wiring)) == (1, 0)
    assert [each["width"] for each in studio.read(show)["posterPictures"]] == [320, 640, 960, 1280, 1600]


def test_another_poster_is_never_shown_with_the_copies_of_the_one_before(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    show = studio.playable(media_set)
    copy(client, wiring, show)
    other = studio.playable(media_set)["posterURL"]

    changed = client.patch(
        f"/shows/{show['id']}", json={"posterURL": other}, headers=studio.editor.headers
    ).json()
    copy(client, wiring, show)

    assert (changed["posterPictures"], changed["posterPreview"]) == ([], None)
    assert studio.read(show)["posterPictures"][-1]["url"] == other


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0\x00\x10", b"GIF89a", None], ids=str)
def test_a_poster_that_cannot_be_copied_is_asked_for_once_and_stays(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path, content: bytes | None
) -> None:
    show = studio.playable(media_set)
    poster = wiring.settings.data_folder / "media" / show["posterURL"].partition("/media/")[2]
    poster.unlink()
    if content is not None:
        poster.write_bytes(content)

    copy(client, wiring, show)

    assert missed(client, wiring) == 0
    assert studio.read(show)["posterURL"] == show["posterURL"]
    assert studio.read(show)["posterPictures"] == []


def test_copies_that_are_shown_are_not_swept_away(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    show = studio.playable(media_set)
    copy(client, wiring, show)
    key = studio.read(show)["posterPictures"][0]["url"].partition("/media/")[2].rpartition("/")[0]

    assert client.portal
    wanted = client.portal.call(_is_wanted, wiring, key)
    others = client.portal.call(_is_wanted, wiring, f"{key[:-1]}x")

    assert (wanted, others) == (True, False)


async def _forget_width(wiring: Wiring, width: int) -> None:
    async with wiring.database.transaction() as session:
        (show,) = (await session.scalars(select(Show))).all()
        show.poster_copies = [copy for copy in show.poster_copies if copy["width"] != width]


async def _is_wanted(wiring: Wiring, key: str) -> bool:
    async with wiring.database.transaction() as session:
        return await shows.plays_media_set(session, key)
