"""A deleted show can be brought back for 30 days; after that its media are removed by the worker's sweep."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.wiring import Wiring
from studio import Json, Studio


def id_made(ago: timedelta) -> UUID:
    """A UUIDv7 of the past."""
    milliseconds = int((datetime.now(UTC) - ago).timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | 0x2 << 62 | int.from_bytes(os.urandom(7), "big"))


def stored_set(wiring: Wiring, media_set: Path, number: str = "1") -> str:
    """The key of a media set whose job ended long ago."""
    key = f"videos/{id_made(timedelta(days=60))}/{number}"
    shutil.copytree(media_set, wiring.settings.data_folder / "media" / key, copy_function=os.link)
    return key


def deleted(client: TestClient, studio: Studio, wiring: Wiring, show: Json, *, ago: timedelta) -> None:
    """Deletes the show, and lets that be so long ago."""
    client.delete(f"/shows/{show['id']}", headers=studio.editor.headers)

    async def age() -> None:
        async with wiring.database.transaction() as session:
            await session.execute(
                text("UPDATE shows SET deleted_at = :moment WHERE id = :id"),
                {"moment": datetime.now(UTC) - ago, "id": UUID(show["id"])},
            )

    assert client.portal
    client.portal.call(age)


def swept(client: TestClient, wiring: Wiring) -> None:
    assert client.portal
    client.portal.call(sweep, wiring)


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 404)])
def test_media_of_a_deleted_show_go_after_thirty_days(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path, days: int, status: int
) -> None:
    key = stored_set(wiring, media_set)
    show = studio.available(hlsSrcVideoURL=f"{wiring.settings.base_url}/media/{key}/master.m3u8")
    deleted(client, studio, wiring, show, ago=timedelta(days=days))

    swept(client, wiring)

    restored = client.post(f"/shows/{show['id']}/restore", headers=studio.editor.headers)
    assert (wiring.storage.local_path(f"{key}/master.m3u8") is None) is (status == 404)
    assert restored.status_code == status


def test_media_that_another_show_plays_stay(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    key = stored_set(wiring, media_set)
    url = f"{wiring.settings.base_url}/media/{key}/master.m3u8"
    gone, other = studio.available(hlsSrcVideoURL=url), studio.available(hlsSrcVideoURL=url)
    deleted(client, studio, wiring, gone, ago=timedelta(days=31))

    swept(client, wiring)

    assert wiring.storage.local_path(f"{key}/master.m3u8") is not None
    assert studio.read(other)["hlsSrcVideoURL"] == url


def test_a_caption_alone_keeps_what_it_lies_in(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    key = stored_set(wiring, media_set)
    url = f"{wiring.settings.base_url}/media/{key}/storyboard.vtt"
    studio.available(captions=[{"language": "en", "label": "English", "url": url}])

    swept(client, wiring)

    assert wiring.storage.local_path(f"{key}/storyboard.vtt") is not None


def test_what_was_just_stored_waits_for_its_row(
    client: TestClient, studio: Studio, wiring: Wiring, media_set: Path
) -> None:
    fresh = stored_set(wiring, media_set, str(id_made(timedelta(hours=2))))
    settled = stored_set(wiring, media_set, str(id_made(timedelta(hours=25))))

    swept(client, wiring)

    assert wiring.storage.local_path(f"{fresh}/master.m3u8") is not None
    assert wiring.storage.local_path(f"{settled}/master.m3u8") is None
