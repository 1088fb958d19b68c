"""What goes wrong on our side over a film: a later attempt makes one whole show of it and leaves no litter."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from fault_proxy import Mood, address_in, proxy_to
from s3_fixtures import REGION, S3Server
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder
from showsondemand.adapters.transcoder.port import (
    ExtractedText,
    Report,
    SourceProbe,
    Stage,
    TranscodeProgress,
    Transcoder,
    TranscodeResult,
)
from showsondemand.config import Settings
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.vod_ingest.models import source_key
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.wiring import Wiring
from small_disk import make_room, small_disk_at
from vod_ingest.conftest import Ingest, Json, MakeFilm
from vod_ingest.ingested import in_the_app
from vod_ingest.one_show import one_whole_show

ROOM_MEGABYTES = 3


@pytest.fixture
def film(make_film: MakeFilm) -> Path:
    """Two seconds of noise, which takes room, and of a tone."""
    noise = ("-f", "lavfi", "-i", "nullsrc=size=320x240:rate=25:duration=2,geq=random(1)*255:128:128")
    return make_film(
        "noise.mp4", *noise, "-f", "lavfi", "-i", "sine=duration=2", "-c:v", "libx264", "-crf", "18"
    )


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill -9 $$", "crashed"),
        ("kill -11 $$", "crashed"),
        ("exec sleep 60", "hung"),
        ("exit 0", "crashed"),
        ("exit 1", "crashed"),
        ("echo 'x: No space left on device' >&2; exit 228", "no_space"),
    ],
)
def test_an_encoder_that_goes_wrong_once_costs_an_attempt(
    script: str, code: str, client: TestClient, ingest: Ingest, wiring: Wiring, film: Path, tmp_path: Path
) -> None:
    encoder = tmp_path / "ffmpeg"
    encoder.write_text(f"#!/bin/sh\n{script}\n")
    encoder.chmod(0o755)
    broken = FfmpegTranscoder(encoder, tallest=240, hang_seconds=1)
    job = ingest.sent(film)

    in_the_app(client, transcode_film, replace(wiring, transcoder=broken), job_id(job))
    waiting = ingest.read(job)
    done = ingest.work(job)

    assert (waiting["state"], waiting["attempts"]) == ("queued", 1)
    assert f"Attempt 1: {code}." in last_words(client, wiring, job)
    one_whole_show(ingest, done, seconds=2)


@pytest.fixture
def small_disk(settings: Settings) -> Iterator[Path]:
    """The data folder, on a file system of its own that has room for the film and not for what it becomes."""
    with small_disk_at(settings.data_folder, ROOM_MEGABYTES):
        yield settings.data_folder


@pytest.mark.parametrize("free_kilobytes", [0, 4, 40, 150])
def test_a_disk_that_is_full_at_any_point_costs_an_attempt(
    free_kilobytes: int, small_disk: Path, client: TestClient, ingest: Ingest, wiring: Wiring, film: Path
) -> None:
    job = ingest.sent(film)
    fill(small_disk, leaving=free_kilobytes * 1024)

    waiting = ingest.work(job)
    make_room(small_disk, 64)
    (small_disk / "ballast").unlink()
    done = ingest.work(job)

    assert (waiting["state"], waiting["showId"]) == ("queued", None)
    assert last_words(client, wiring, job).startswith(("Attempt 1: no_space.", "Attempt 1: storage_away."))
    one_whole_show(ingest, done, seconds=2)


@dataclass(frozen=True)
class At:
    """A transcoder at a stage of whose work something happens."""

    transcoder: Transcoder
    stage: Stage
    happens: Callable[[], None]

    async def probe(self, source: Path) -> SourceProbe:
        return await self.transcoder.probe(source)

    async def transcode(
        self, source: Path, probe: SourceProbe, into: Path, report: Report
    ) -> TranscodeResult:
        async def report_and_more(progress: TranscodeProgress) -> None:
            if progress.stage is self.stage:
                self.happens()
            await report(progress)

        return await self.transcoder.transcode(source, probe, into, report_and_more)

    async def extract_texts(self, source: Path, probe: SourceProbe, into: Path) -> tuple[ExtractedText, ...]:
        return await self.transcoder.extract_texts(source, probe, into)


def test_a_disk_that_was_full_for_a_while_costs_an_attempt(
    small_disk: Path, client: TestClient, ingest: Ingest, wiring: Wiring, make_film: MakeFilm
) -> None:
    grey = ("-f", "lavfi", "-i", "color=gray:size=64x64:rate=25:duration=2")
    job = ingest.sent(make_film("grey.mp4", *grey, "-c:v", "libx264"))
    fill(small_disk, leaving=900 * 1024)

    def lose_what_found_no_room() -> None:
        [segment] = small_disk.rglob("segment-0-00001.m4s")
        segment.write_bytes(b"")
        (small_disk / "ballast").unlink()

    relieved = At(wiring.transcoder, Stage.VERIFYING, lose_what_found_no_room)
    in_the_app(client, transcode_film, replace(wiring, transcoder=relieved), job_id(job))
    waiting = ingest.read(job)
    done = ingest.work(job)

    assert (waiting["state"], waiting["error"]) == ("queued", None)
    assert last_words(client, wiring, job).startswith("Attempt 1: no_space.")
    one_whole_show(ingest, done, seconds=2)


@pytest.mark.usefixtures("s3_credentials")
def test_a_bucket_that_goes_wrong_while_a_set_is_stored_costs_an_attempt(
    s3_server: S3Server, client: TestClient, ingest: Ingest, wiring: Wiring, film: Path
) -> None:
    job = ingest.sent(film)
    bucket = s3_server.new_bucket()
    with proxy_to(address_in(s3_server.url)) as proxy:
        storage = S3Storage(S3Place(bucket, "shows/", f"http://127.0.0.1:{proxy.port}", REGION))
        in_bucket = replace(wiring, storage=storage)
        source = wiring.storage.local_path(source_key(job_id(job)))
        assert source
        in_the_app(client, storage.adopt_file, source, source_key(job_id(job)))

        breaking = At(wiring.transcoder, Stage.PACKAGING, lambda: proxy.be(Mood.BROKEN))
        failing = replace(in_bucket, transcoder=breaking)
        in_the_app(client, transcode_film, failing, job_id(job))
        waiting = ingest.read(job)
        proxy.be(Mood.WELL)
        in_the_app(client, transcode_film, in_bucket, job_id(job))
        in_the_app(client, sweep, in_bucket)
        in_the_app(client, storage.close)

    done = ingest.read(job)
    stored = s3_server.client().list_objects_v2(Bucket=bucket)["Contents"]
    folders = {each["Key"].rpartition("/")[0] for each in stored}
    assert (waiting["state"], waiting["attempts"]) == ("queued", 1)
    assert "Attempt 1: storage_away." in last_words(client, wiring, job)
    assert (done["state"], [show["id"] for show in ingest.shows()]) == ("completed", [done["showId"]])
    assert folders == {f"shows/sources/{job['id']}", f"shows/videos/{job['id']}/2"}


def job_id(job: Json) -> UUID:
    return UUID(job["id"])


def last_words(client: TestClient, wiring: Wiring, job: Json) -> str:
    """What was kept for administrators."""

    async def read() -> str:
        async with wiring.database.transaction() as session:
            return (await queries.job_to_change(session, job_id(job))).log_tail or ""

    return in_the_app(client, read)


def fill(folder: Path, *, leaving: int) -> None:
    """Takes the room of a file system but for so many bytes."""
    (folder / "ballast").write_bytes(bytes(shutil.disk_usage(folder).free - leaving))
