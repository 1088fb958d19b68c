"""A backup that is brought back has the same rows, the same bytes and the same playable films."""

import asyncio
import json
from contextlib import closing
from pathlib import Path

import asyncpg
import httpx
import pytest

from cli.commands import environment, run
from database_fixtures import new_database
from s3_fixtures import ACCESS_KEY, REGION, SECRET_KEY, S3Server
from server_fixtures import Server, eventually, new_server
from showsondemand.cli.backing_up import count_rows


def rows_of(url: str) -> dict[str, int]:
    async def ask() -> dict[str, int]:
        connection = await asyncpg.connect(url)
        try:
            return await count_rows(connection)
        finally:
            await connection.close()

    return asyncio.run(ask())


def in_bucket(server: S3Server) -> dict[str, str]:
    """Settings of an installation whose files lie in a bucket of their own."""
    return {
        "STORAGE_URL": f"s3://{server.new_bucket()}/shows",
        "AWS_ENDPOINT_URL": server.url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def publish_film(server: Server, film: Path) -> str:
    """Brings a film in and approves it; the id of the show."""
    with closing(server.admin()) as admin, film.open("rb") as content:
        job = admin.post("/ingest/videos", files={"file": content}).raise_for_status().json()["id"]

        def is_made() -> bool:
            return bool(admin.get(f"/ingest/jobs/{job}").json()["state"] == "completed")

        eventually(is_made, seconds=120, otherwise=server.log.read_text)
        show = str(admin.get(f"/ingest/jobs/{job}").json()["showId"])
        admin.post(f"/shows/{show}/reviews", json={"verdict": "approve"}).raise_for_status()
    return show


def play(server: Server, show: str) -> bytes:
    """The bytes of the playlist that an account of the time before is given."""
    with closing(server.admin()) as admin:
        playback = admin.post(f"/shows/{show}/playback").raise_for_status().json()
    return httpx.get(playback["hlsURL"]).raise_for_status().content


@pytest.mark.parametrize("storage", ["folder", "bucket"])
def test_a_backup_of_a_running_service_comes_back_elsewhere_with_every_row_and_byte(
    storage: str,
    tmp_path: Path,
    postgres: str,
    migrated_template: str,
    film: Path,
    request: pytest.FixtureRequest,
) -> None:
    s3 = request.getfixturevalue("s3_server") if storage == "bucket" else None
    first_place, second_place = (in_bucket(s3), in_bucket(s3)) if s3 else ({}, {})
    with (
        new_database(postgres, migrated_template) as url,
        new_database(postgres, "template1") as empty_url,
    ):
        first = new_server(tmp_path / "first", DATABASE_URL=url, **first_place)
        first.log.parent.mkdir()
        first.start()
        try:
            show = publish_film(first, film)
            played = play(first, show)
            made = run("backup", str(tmp_path / "backup"), given=first.environment)
        finally:
            first.stop()
        second = new_server(tmp_path / "second", DATABASE_URL=empty_url, **second_place)
        second.log.parent.mkdir()

        restored = run("restore", str(tmp_path / "backup"), given=second.environment)
        again = run("restore", str(tmp_path / "backup"), given=second.environment)

        manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text(encoding="utf-8"))
        assert made.returncode == 0, made.stderr
        assert restored.returncode == 0, restored.stderr
        # The trail says of itself that it was brought back.
        written_down = {"audit_entries": manifest["rows"]["audit_entries"] + 1}
        assert rows_of(empty_url) == manifest["rows"] | written_down
        assert manifest["rows"]["shows"] == 1
        assert len(manifest["files"]) > 5
        assert again.returncode == 1
        assert "not empty" in again.stderr
        second.start("--no-worker")
        try:
            assert play(second, show).replace(second.url.encode(), first.url.encode()) == played
            remade = run("backup", str(tmp_path / "backup again"), given=second.environment)
        finally:
            second.stop()
    assert remade.returncode == 0, remade.stderr
    second_manifest = json.loads((tmp_path / "backup again" / "manifest.json").read_text(encoding="utf-8"))
    assert second_manifest["files"] == manifest["files"]


@pytest.fixture
def small_backup(tmp_path: Path, migrated_database_url: str) -> Path:
    """A backup of an installation with one file and no shows."""
    file = tmp_path / "data" / "media" / "videos" / "a" / "1" / "poster.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"a picture")
    folder = tmp_path / "backup"
    made = run("backup", str(folder), given=environment(tmp_path, DATABASE_URL=migrated_database_url))
    assert made.returncode == 0, made.stderr
    return folder


def test_a_backup_with_a_changed_byte_is_refused_before_anything_is_touched(
    small_backup: Path, tmp_path: Path, empty_database_url: str
) -> None:
    (small_backup / "files" / "videos" / "a" / "1" / "poster.jpg").write_bytes(b"a Picture")

    refused = run(
        "restore", str(small_backup), given=environment(tmp_path / "other", DATABASE_URL=empty_database_url)
    )

    assert refused.returncode == 1
    assert "Missing or changed: files/videos/a/1/poster.jpg." in refused.stderr
    assert rows_of(empty_database_url) == {}


def test_a_backup_that_was_broken_off_or_comes_from_the_future_is_refused(
    small_backup: Path, tmp_path: Path, empty_database_url: str
) -> None:
    given = environment(tmp_path / "other", DATABASE_URL=empty_database_url)
    manifest = small_backup / "manifest.json"
    text = manifest.read_text(encoding="utf-8")

    manifest.write_text(json.dumps(json.loads(text) | {"revision": "2099_01_01_x"}), encoding="utf-8")
    newer = run("restore", str(small_backup), given=given)
    manifest.unlink()
    broken_off = run("restore", str(small_backup), given=given)

    assert (newer.returncode, broken_off.returncode) == (1, 1)
    assert "newer than this one" in newer.stderr
    assert "no manifest.json" in broken_off.stderr


def test_a_backup_does_not_write_over_another(small_backup: Path, tmp_path: Path, postgres: str) -> None:
    refused = run("backup", str(small_backup), given=environment(tmp_path, DATABASE_URL=postgres))

    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
