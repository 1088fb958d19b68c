"""Films that lie in a bucket are fetched to be looked at; a bucket that is away is asked again."""

import shutil
from pathlib import Path

import pytest

from s3_fixtures import REGION, S3Server
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, Film
from showsondemand.adapters.analyser.technical import TechnicalAnalyser
from showsondemand.adapters.storage.local import LocalStorage
from showsondemand.adapters.storage.port import Storage, StorageAway
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.admin.analyses.film_files import KeptSource, StoredFilmFiles

SET, SOURCE = "videos/0193/1", "sources/0193/film"


def film_in(storage: Storage, folder: Path) -> Film:
    fetched, scratch = folder / "fetched", folder / "scratch"
    fetched.mkdir()
    scratch.mkdir()
    kept = KeptSource(storage, FfmpegTranscoder(find_ffmpeg()), SOURCE)
    files = StoredFilmFiles(storage, kept, f"{SET}/master.m3u8", fetched)
    return Film("token", SOURCE, 0.5, files, scratch)


@pytest.mark.usefixtures("s3_credentials")
async def test_a_film_in_a_bucket_is_looked_at_as_one_in_a_folder_is(
    s3_server: S3Server, media_set: Path, film: Path, tmp_path: Path
) -> None:
    storage = S3Storage(S3Place(s3_server.new_bucket(), "house/", s3_server.url, REGION))
    await storage.adopt_folder(Path(shutil.copytree(media_set, tmp_path / "set")), SET)
    await storage.adopt_file(Path(shutil.copy(film, tmp_path / "film")), SOURCE)
    stored = film_in(storage, tmp_path)

    report = await TechnicalAnalyser(find_ffmpeg()).analyse(stored, "")

    assert [finding.label for finding in report.findings] == ["loudness"]
    assert await stored.files.source() is not None
    await storage.remove(SOURCE)
    assert await stored.files.source() is None
    await storage.remove(SET)
    with pytest.raises(CannotAnalyse):
        await stored.files.master_playlist()
    await storage.close()


class Away(LocalStorage):
    """A storage that nobody reaches at the moment."""

    async def keys(self, prefix: str) -> list[str]:
        raise StorageAway(prefix)

    async def local_copy(self, key: str, scratch: Path) -> Path:  # noqa: ARG002 - the port's name
        raise StorageAway(key)


async def test_a_storage_that_is_away_is_no_verdict(tmp_path: Path) -> None:
    nowhere = film_in(Away(tmp_path), tmp_path)

    with pytest.raises(AnalyserAway):
        await nowhere.files.master_playlist()
    with pytest.raises(AnalyserAway):
        await nowhere.files.source()
