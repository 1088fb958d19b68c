"""What every test may ask for: settings of its own, the app over a real database, and people with roles."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import HttpUrl, SecretStr

from people import People
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.auth.passwords import PasswordHasher
from showsondemand.config import SecuritySettings, Settings, WebhookSettings
from showsondemand.wiring import Wiring

pytest_plugins = [
    "database_fixtures",
    "mail_fixtures",
    "s3_fixtures",
    "rekognition_fixtures",
    "mediaconvert_double",
    "server_fixtures",
    "ministack_fixtures",
    "studio",
    "stream_scenes",
    "parallel",
]

MEDIA = Path(__file__).parent / "media"
BASE_URL = "https://shows.example.org"
SECRET_KEY = "a secret of the tests: 0123456789 abcdefghij"
WEBHOOK_KEY = "a webhook key of the tests: 0123456789 abcdef"
CHEAPEST_BCRYPT_ROUNDS = 4


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's environment and ``.env`` stay out of the tests."""
    names = {
        str(field.validation_alias)
        for subject in Settings.__subclasses__() + Settings.__base__.__subclasses__()  # type: ignore[union-attr]
        for field in subject.model_fields.values()
    }
    for name in names & os.environ.keys():
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_folder=tmp_path / "data",
        public_base_url=HttpUrl(BASE_URL),
        security=SecuritySettings(secret_key=SecretStr(SECRET_KEY)),
        webhook=WebhookSettings(key=SecretStr(WEBHOOK_KEY)),
    )


@pytest.fixture
def wiring(settings: Settings, migrated_database_url: str) -> Wiring:
    """The parts of the app, with hashes and encodings as cheap as they come. The app starts and closes them."""
    return replace(
        build_wiring(settings, migrated_database_url),
        hasher=PasswordHasher(rounds=CHEAPEST_BCRYPT_ROUNDS),
        transcoder=FfmpegTranscoder(ffmpeg=find_ffmpeg(), preset="ultrafast"),
    )


@pytest.fixture
def client(wiring: Wiring) -> Iterator[TestClient]:
    """The running app. Its cookies are a browser's; nobody is signed in."""
    with TestClient(create_app(wiring), base_url=BASE_URL, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def people(client: TestClient, wiring: Wiring) -> People:
    """Makes accounts and signs them in."""
    return People(client, wiring)


@pytest.fixture
def film() -> Path:
    """Five seconds with sound, small: most tests are about what becomes of a film, not about its pictures."""
    return MEDIA / "bunny_240p.mp4"


@pytest.fixture
def film_in_720p() -> Path:
    """The same with every rendition up to 720p to be made of it, which takes six times as long."""
    return MEDIA / "bunny_5s.mp4"
