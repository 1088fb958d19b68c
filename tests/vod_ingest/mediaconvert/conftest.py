"""The app over a bucket, with a MediaConvert of our own to order from."""

from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from mediaconvert_double import Job, MediaConvertDouble
from s3_fixtures import REGION, S3Server
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place
from showsondemand.adapters.transcoder.remote.mediaconvert import MediaConvertPlace, MediaConvertTranscoder
from showsondemand.adapters.transcoder.remote.mediaconvert_request import Payer
from showsondemand.adapters.transcoder.remote.port import RemoteTranscoder
from showsondemand.config import Settings, StorageSettings
from showsondemand.transcoder_settings import LadderKind
from showsondemand.wiring import Wiring
from vod_ingest.conftest import Ingest, Json
from vod_ingest.mediaconvert.scene import Elsewhere, Remembering

ROLE = "arn:aws:iam::123456789012:role/films"


@pytest.fixture
def bucket(s3_server: S3Server) -> str:
    return s3_server.new_bucket()


@pytest.fixture
def settings(settings: Settings, bucket: str, s3_server: S3Server) -> Settings:
    return settings.model_copy(update={"storage": StorageSettings(url=f"s3://{bucket}/shows")})


@pytest.fixture
def ladder() -> LadderKind:
    return LadderKind.OURS


@pytest.fixture
def remote(bucket: str, mediaconvert: MediaConvertDouble, ladder: LadderKind) -> RemoteTranscoder:
    place = MediaConvertPlace(REGION, mediaconvert.url, attempts=1)
    return MediaConvertTranscoder(f"s3://{bucket}/shows/", Payer(ROLE), place, ladder)


@pytest.fixture
def wiring(
    wiring: Wiring, bucket: str, s3_server: S3Server, remote: RemoteTranscoder, s3_credentials: None
) -> Wiring:
    storage = S3Storage(S3Place(bucket, "shows/", s3_server.url, REGION))
    return replace(
        wiring,
        storage=storage,
        remote_transcoder=remote,
        transcoder=Remembering(wiring.transcoder),  # type: ignore[arg-type]  # by __getattr__
    )


@pytest.fixture
def elsewhere(client: TestClient, wiring: Wiring, ingest: Ingest) -> Elsewhere:
    return Elsewhere(client, wiring, ingest)


@pytest.fixture
def film(film_in_720p: Path) -> Path:
    """One that a whole ladder is ordered of."""
    return film_in_720p


@pytest.fixture
def job(ingest: Ingest, elsewhere: Elsewhere, film: Path) -> Json:
    """The job of a film that was ordered."""
    return elsewhere.order(ingest.sent(film, title="Big Buck Bunny"))


@pytest.fixture
def encoding(mediaconvert: MediaConvertDouble, job: Json) -> Job:
    [encoding] = mediaconvert.jobs.values()
    return encoding
