"""Streams for the tester to look at: one that is sound, copies of it to be broken, and a server that has them."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import pytest

from showsondemand.adapters.fetcher.port import ByteRange, Fetched, FetchFailed, FetchFault
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.port import TranscodeProgress
from showsondemand.admin.stream_tests.checking import Result, check_stream
from showsondemand.admin.stream_tests.faults import Severity

TEST_PICTURE = "testsrc=size=640x360:rate=25:duration=12"
BASE = "https://streams.example/film/"
TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".mpd": "application/dash+xml", ".vtt": "text/vtt"}


class Folder:
    """A ``Fetcher`` that answers from a folder, as a well-kept server would."""

    def __init__(
        self, folder: Path, *, fails: dict[str, FetchFault] | None = None, cors: bool = True
    ) -> None:
        self._folder = folder
        self._fails = fails or {}
        self._headers = {"access-control-allow-origin": "*"} if cors else {}

    async def fetch(
        self,
        url: str,
        *,
        most_bytes: int,  # noqa: ARG002 - the port's names
        wanted: ByteRange | None = None,  # noqa: ARG002
    ) -> Fetched:
        name = url.removeprefix(BASE)
        if name in self._fails:
            raise FetchFailed(self._fails[name], "as the scene asks")
        path = self._folder / name
        if not path.is_file():
            return Fetched(url, 404, self._headers, b"", 0.01)
        kind = TYPES.get(path.suffix, "video/mp4")
        return Fetched(url, 200, {"content-type": kind, **self._headers}, path.read_bytes(), 0.01)


async def _nobody_listens(_progress: TranscodeProgress) -> None:
    return


@pytest.fixture(scope="session")
def sound_stream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds in two renditions with sound and captions, as our transcoder makes them. To be copied."""
    film, folder = tmp_path_factory.mktemp("film") / "film.mkv", tmp_path_factory.mktemp("stream")
    words = film.with_suffix(".srt")
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n", encoding="utf-8")
    command: list[str | Path] = [
        find_ffmpeg(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        "testsrc=size=640x360:rate=25:duration=12",
    ]
    command += ["-f", "lavfi", "-i", "sine=frequency=440:duration=12", "-i", words, "-map", "0", "-map", "1"]
    command += ["-map", "2", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-c:s", "srt", film]
    subprocess.run(command, check=True)
    transcoder = FfmpegTranscoder(ffmpeg=find_ffmpeg(), preset="ultrafast", tallest=360)

    async def transcode() -> None:
        await transcoder.transcode(film, await transcoder.probe(film), folder, _nobody_listens)

    asyncio.run(transcode())
    return folder


@pytest.fixture
def stream(sound_stream: Path, tmp_path: Path) -> Path:
    """A copy to be broken."""
    folder = tmp_path / "stream"
    shutil.copytree(sound_stream, folder)
    return folder


def segments(stream: Path, rendition: int) -> list[Path]:
    return sorted(stream.glob(f"segment-{rendition}-*.m4s"))


async def check(folder: Path, name: str = "master.m3u8") -> Result:
    return await check_stream(Folder(folder), f"{BASE}{name}")


def codes(result: Result, severity: Severity = Severity.ERROR) -> set[str]:
    return {fault.code.value for fault in result.faults if fault.severity is severity}
