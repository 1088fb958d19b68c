"""What a load balancer is told when the place of the films is lost: that this replica cannot work, and why."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from s3_fixtures import REGION, S3Server
from showsondemand import health
from showsondemand.adapters.storage.local import LocalStorage
from showsondemand.adapters.storage.port import Storage
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place
from showsondemand.app import create_app
from showsondemand.wiring import Wiring
from small_disk import small_disk_at


@pytest.fixture(autouse=True)
def _asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_STORAGE_KEPT_SECONDS", 0.0)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
def on_a_disk(wiring: Wiring, media: Path) -> Iterator[TestClient]:
    with TestClient(create_app(replace(wiring, storage=LocalStorage(media)))) as client:
        yield client


def storage_fault(client: TestClient) -> str:
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert "Retry-After" in answer.headers
    detail: str = answer.json()["detail"]
    assert detail.startswith("storage: ")
    assert client.get("/health/live").status_code == 200
    return detail


def test_a_lost_folder_is_told_of_and_not_made_anew(on_a_disk: TestClient, media: Path) -> None:
    assert on_a_disk.get("/health/ready").json()["storage"] == "ok"
    media.rename(media.with_name("elsewhere"))

    assert "gone" in storage_fault(on_a_disk)
    assert not media.exists()

    media.with_name("elsewhere").rename(media)
    assert on_a_disk.get("/health/ready").status_code == 200


def test_a_folder_that_became_read_only_is_told_of(on_a_disk: TestClient, media: Path) -> None:
    with small_disk_at(media, megabytes=1):
        assert on_a_disk.get("/health/ready").status_code == 200
        subprocess.run(["mount", "-o", "remount,ro", str(media)], check=True)

        assert "Read-only" in storage_fault(on_a_disk)


def test_a_bucket_that_is_away_or_was_never_there_is_told_of_in_time(
    wiring: Wiring, tmp_path: Path, s3_server: S3Server, s3_credentials: None
) -> None:
    def bucket(name: str, url: str) -> Storage:
        return S3Storage(S3Place(name, "", url, REGION))

    here = bucket(s3_server.new_bucket(), s3_server.url)
    never = bucket("never-made", s3_server.url)
    away = bucket("films", "http://127.0.0.1:9")

    with TestClient(create_app(replace(wiring, storage=here))) as client:
        assert client.get("/health/ready").json()["storage"] == "ok"
    for storage in (never, away):
        with TestClient(create_app(replace(wiring, storage=storage))) as client:
            assert storage_fault(client)


def test_probes_share_one_look_at_the_storage(
    wiring: Wiring, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    class Watched(LocalStorage):
        async def examine(self) -> None:
            looks.append(time.monotonic())
            await super().examine()

    monkeypatch.setattr(health, "_STORAGE_KEPT_SECONDS", 60.0)
    with TestClient(create_app(replace(wiring, storage=Watched(media)))) as client:
        answers = [client.get("/health/ready").status_code for _ in range(20)]

    assert answers == [200] * 20
    assert len(looks) == 1
