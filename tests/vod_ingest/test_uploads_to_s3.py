"""Films that are sent straight to S3 and played from there: the same service, whatever the storage."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import HttpUrl

from people import People
from s3_fixtures import REGION, S3Server
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place
from showsondemand.app import create_app
from showsondemand.config import StorageSettings
from showsondemand.vod_ingest import jobs, queries
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.wiring import Wiring
from vod_ingest.ingested import in_the_app
from vod_ingest.sender import PART_BYTES, Sender, etag_of


@pytest.fixture
def wiring(wiring: Wiring, s3_server: S3Server, s3_credentials: None) -> Wiring:
    """The app's parts, with a bucket instead of a folder."""
    place = S3Place(s3_server.new_bucket(), "shows/", s3_server.url, REGION)
    return replace(wiring, storage=S3Storage(place))


@pytest.fixture
def sender(client: TestClient, people: People, film: Path) -> Sender:
    free = PART_BYTES
    padded = film.read_bytes() + (free + 8).to_bytes(4, "big") + b"free" + secrets.token_bytes(free)
    sender = Sender(client, people.editor().headers, padded)
    sender.begin()
    return sender


def send_to_s3(sender: Sender) -> None:
    for number in sender.numbers:
        answer = httpx.put(sender.address(number), content=sender.part(number))
        assert answer.headers["ETag"] == f'"{etag_of(sender.part(number))}"'


def test_parts_go_straight_to_the_bucket_and_become_a_job(
    client: TestClient, sender: Sender, wiring: Wiring, s3_server: S3Server
) -> None:
    send_to_s3(sender)
    arrived = sender.read()["parts"]

    answers = [sender.complete(), sender.complete()]

    assert [part["partNumber"] for part in arrived] == list(sender.numbers)
    assert [answer.status_code for answer in answers] == [202, 202]
    assert len({answer.json()["id"] for answer in answers}) == 1
    job = in_the_app(client, _job, wiring, answers[0].json()["id"])
    assert job.source_sha256 == hashlib.sha256(sender.content).hexdigest()


def test_an_address_at_s3_is_good_for_its_own_part_and_size_only(sender: Sender) -> None:
    address = sender.address(1)

    other_part = httpx.put(address.replace("partNumber=1", "partNumber=2"), content=sender.part(1))
    other_size = httpx.put(address, content=sender.part(1) + b"more")

    assert (other_part.status_code, other_size.status_code) == (403, 403)
    assert sender.read()["parts"] == []


def test_a_film_in_a_bucket_becomes_a_show_that_plays(
    client: TestClient, people: People, sender: Sender, wiring: Wiring
) -> None:
    send_to_s3(sender)
    job = sender.complete().json()

    in_the_app(client, jobs.transcode_film, wiring, UUID(job["id"]))

    ended = client.get(f"/ingest/jobs/{job['id']}", headers=sender.headers).json()
    assert (ended["state"], ended["error"]) == ("completed", None)
    playback = client.post(f"/shows/{ended['showId']}/playback", headers=sender.headers).json()
    manifest = client.get(playback["hlsURL"])
    assert manifest.text.startswith("#EXTM3U")
    assert manifest.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    again = client.get(playback["hlsURL"], headers={"If-None-Match": manifest.headers["ETag"]})
    part = client.get(playback["hlsURL"], headers={"Range": "bytes=1-6"})
    end = client.get(playback["hlsURL"], headers={"Range": "bytes=-4"})
    beyond = client.get(playback["hlsURL"], headers={"Range": "bytes=10000000-"})
    head = client.head(playback["hlsURL"])
    assert (again.status_code, again.content) == (304, b"")
    assert (part.status_code, part.text) == (206, "EXTM3U")
    assert part.headers["Content-Range"] == f"bytes 1-6/{len(manifest.content)}"
    assert (end.status_code, end.content) == (206, manifest.content[-4:])
    assert beyond.status_code == 416
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(manifest.content)))
    assert client.get(playback["hlsURL"].replace("master", "other")).status_code == 404


@pytest.mark.parametrize(
    ("endpoint_url", "region", "origins"),
    [
        ("http://127.0.0.1:9000", None, ("http://127.0.0.1:9000",)),
        ("https://s3.example.org", None, ("https://s3.example.org:443",)),
        (
            None,
            "eu-central-1",
            ("https://films.s3.amazonaws.com", "https://films.s3.eu-central-1.amazonaws.com"),
        ),
    ],
)
def test_pages_may_send_parts_to_where_their_addresses_lie(
    endpoint_url: str | None, region: str | None, origins: tuple[str, ...]
) -> None:
    endpoint = HttpUrl(endpoint_url) if endpoint_url else None

    storage = StorageSettings(url="s3://films/prefix", endpoint_url=endpoint, region=region)

    assert storage.origins == origins


def test_what_was_given_up_is_swept_from_the_bucket(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    send_to_s3(sender)
    client.delete(f"/ingest/uploads/{sender.id}", headers=sender.headers)

    in_the_app(client, sweep, wiring)

    assert in_the_app(client, wiring.storage.parts.under_way, "sources") == []
    assert in_the_app(client, wiring.storage.keys, "sources") == []


@pytest.fixture
def mortal_server(tmp_path: Path, s3_credentials: None) -> Iterator[S3Server]:
    """A server of this test's own, to be killed."""
    server = S3Server(tmp_path / "s3")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def on_mortal_server(wiring: Wiring, mortal_server: S3Server) -> Iterator[tuple[TestClient, People]]:
    """The app over a bucket of that server."""
    storage = S3Storage(S3Place(mortal_server.new_bucket(), "", mortal_server.url, REGION))
    over_it = replace(wiring, storage=storage)
    with TestClient(create_app(over_it), base_url=wiring.settings.base_url) as client:
        yield client, People(client, over_it)


def test_a_server_that_was_killed_and_came_back_goes_on_with_the_upload(
    on_mortal_server: tuple[TestClient, People], mortal_server: S3Server, film: Path
) -> None:
    client, people = on_mortal_server
    sender = Sender(client, people.editor().headers, film.read_bytes())
    sender.begin()
    send_to_s3(sender)

    mortal_server.kill()
    away = [
        answer.status_code
        for answer in (client.get(f"/ingest/uploads/{sender.id}", headers=sender.headers), sender.complete())
    ]
    mortal_server.start()
    completed = sender.complete()

    assert away == [503, 503]
    assert completed.status_code == 202


async def _job(wiring: Wiring, job_id: str) -> IngestJob:
    async with wiring.database.transaction() as session:
        return await queries.job(session, UUID(job_id))
