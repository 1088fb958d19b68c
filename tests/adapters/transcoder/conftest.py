"""Real clips, films made for one test, and every set that has been transcoded, so that each is made once."""

import asyncio
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.ladder import TALLEST_BY_DEFAULT
from showsondemand.adapters.transcoder.port import SourceProbe, TranscodeProgress, TranscodeResult

MEDIA = Path(__file__).parents[2] / "media"
FASTEST_PRESET = "ultrafast"


@dataclass(frozen=True)
class Made:
    """A film and the set that came of it."""

    probe: SourceProbe
    result: TranscodeResult
    folder: Path
    reports: list[TranscodeProgress]


@pytest.fixture(scope="session")
def transcoder() -> FfmpegTranscoder:
    return FfmpegTranscoder(find_ffmpeg(), preset=FASTEST_PRESET)


@pytest.fixture(scope="session")
def media() -> Path:
    return MEDIA


@pytest.fixture(scope="session")
def make_film(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Runs ffmpeg with the given words and a new name at their end; the same words give the same film."""
    folder = tmp_path_factory.mktemp("films")
    made: dict[tuple[str, ...], Path] = {}

    def make(name: str, *words: str) -> Path:
        if (name, *words) not in made:
            film = folder / f"{len(made)}-{name}"
            command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *words, str(film)]
            subprocess.run(command, check=True, env={"PATH": os.defpath})
            made[name, *words] = film
        return made[name, *words]

    return make


@pytest.fixture(scope="session")
def made_of(transcoder: FfmpegTranscoder, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """Probes and transcodes a film, no rendition taller than ``tallest``, once for the whole run."""
    made: dict[tuple[Path, int], Made] = {}

    async def transcode(film: Path, tallest: int) -> Made:
        reports: list[TranscodeProgress] = []

        async def report(progress: TranscodeProgress) -> None:
            reports.append(progress)

        folder = tmp_path_factory.mktemp(film.stem)
        probe = await transcoder.probe(film)
        result = await replace(transcoder, tallest=tallest).transcode(film, probe, folder, report)
        return Made(probe, result, folder, reports)

    def made_once(film: Path, tallest: int = TALLEST_BY_DEFAULT) -> Made:
        if (film, tallest) not in made:
            made[film, tallest] = asyncio.run(transcode(film, tallest))
        return made[film, tallest]

    return made_once
