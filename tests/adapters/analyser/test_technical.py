"""What ffmpeg notices of real sets: of a film that has everything wrong at known seconds, and of damaged ones."""

import asyncio
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from adapters.analyser.films import FilesAt, damaged
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, Film, Finding, SourceFacts
from showsondemand.adapters.analyser.technical import TechnicalAnalyser
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.port import TranscodeProgress

FACTS = SourceFacts(duration_seconds=12.0, sound_tracks=1, sound_behind_seconds=0.0)
Look = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def flawed_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds each of: a moving picture with a tone, black in silence, one still picture, and moving again."""
    folder = tmp_path_factory.mktemp("flawed")
    film, media_set = folder / "film.mp4", folder / "set"
    inputs = [
        *("testsrc2=s=160x90:r=25:d=3", "color=black:s=160x90:r=25:d=3", "color=red:s=160x90:r=25:d=3"),
        *("testsrc2=s=160x90:r=25:d=3", "sine=440:r=48000:d=3", "anullsrc=r=48000:cl=mono:d=3"),
        "sine=440:r=48000:d=6",
    ]
    graph = "[0][1][2][3]concat=n=4,format=yuv420p[v];[4][5][6]concat=n=3:v=0:a=1[a]"
    words = [word for each in inputs for word in ("-f", "lavfi", "-i", each)]
    words += ["-filter_complex", graph, "-map", "[v]", "-map", "[a]", "-preset", "ultrafast"]
    subprocess.run([find_ffmpeg(), "-v", "error", *words, film], check=True)
    media_set.mkdir()
    asyncio.run(_transcode(film, media_set))
    return media_set


async def _transcode(film: Path, into: Path) -> None:
    async def say_nothing(_: TranscodeProgress) -> None:
        return

    transcoder = FfmpegTranscoder(find_ffmpeg(), preset="ultrafast")
    await transcoder.transcode(film, await transcoder.probe(film), into, say_nothing)


def film_of(folder: Path, scratch: Path, facts: SourceFacts | None = FACTS) -> Film:
    return Film("token", "sources/x/film", 0.5, FilesAt(folder, facts), scratch)


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """What is found of a set."""

    def found(folder: Path, facts: SourceFacts | None = FACTS) -> list[Finding]:
        analyser = TechnicalAnalyser(find_ffmpeg())
        scratch = tmp_path / os.urandom(4).hex()
        scratch.mkdir()
        report = asyncio.run(analyser.analyse(film_of(folder, scratch, facts), ""))
        return list(report.findings)

    return found


def of(findings: list[Finding], label: str) -> list[tuple[float | None, float | None]]:
    return [(each.start_seconds, each.end_seconds) for each in findings if each.label == label]


def test_black_frozen_and_silent_stretches_are_found_where_they_are(look: Look, flawed_set: Path) -> None:
    found = look(flawed_set)

    assert of(found, "black") == [(3.0, 6.0)]
    assert of(found, "frozen") == [(6.0, 9.0)]
    [(start, end)] = of(found, "silent")
    assert [start, end] == pytest.approx([3.0, 6.0], abs=0.05)
    assert of(found, "broken_segment") == of(found, "duration") == of(found, "sound_offset") == []


def test_a_longer_stretch_weighs_more_and_a_short_one_is_no_reason_to_hold_a_film(
    look: Look, flawed_set: Path
) -> None:
    scores = {each.label: each.score for each in look(flawed_set)}

    assert scores["black"] == 0.3
    assert max(scores.values()) < 0.5


def test_loudness_is_told_against_the_target_of_ebu_r_128(look: Look, media_set: Path) -> None:
    [loudness] = [each for each in look(media_set, None) if each.label == "loudness"]

    assert "-35.7 LUFS, 12.7 units below" in loudness.note
    assert loudness.measured == {"track": "audio-0", "lufs": -35.7, "target": -23.0}
    assert loudness.score == pytest.approx(12.7 / 20, abs=0.01)


@pytest.mark.parametrize("content", [None, b"", os.urandom(5_000)], ids=["missing", "empty", "noise"])
@pytest.mark.parametrize(
    ("segment", "track"), [("segment-0-00002.m4s", "video-0"), ("segment-1-00002.m4s", "audio-0")]
)
def test_a_broken_segment_is_named(
    look: Look, flawed_set: Path, tmp_path: Path, segment: str, track: str, content: bytes | None
) -> None:
    found = look(damaged(flawed_set, tmp_path, segment, content))

    [broken] = [each for each in found if each.label == "broken_segment"]
    assert broken.note.startswith(f"{track}: segment")
    assert "2" in broken.note
    assert broken.score == 1.0
    assert broken.start_seconds == pytest.approx(4.0, abs=0.1)


def test_flipped_bytes_in_the_picture_are_found(look: Look, flawed_set: Path, tmp_path: Path) -> None:
    content = bytearray((flawed_set / "segment-0-00001.m4s").read_bytes())
    content[2_000::97] = bytes(len(content[2_000::97]))

    found = look(damaged(flawed_set, tmp_path, "segment-0-00001.m4s", bytes(content)))

    assert of(found, "broken_segment")


def test_a_film_that_differs_from_its_source_is_told(look: Look, flawed_set: Path) -> None:
    source = SourceFacts(duration_seconds=13.0, sound_tracks=1, sound_behind_seconds=0.3)

    found = {each.label: each for each in look(flawed_set, source)}

    assert found["duration"].score == 0.5
    assert "lasts 12.0 seconds, the film as it was sent 13.0" in found["duration"].note
    assert "begins 0.30 seconds after the picture" in found["sound_offset"].note
    assert found["duration"].measured == {"showSeconds": 12.0, "filmSeconds": 13.0}
    assert found["sound_offset"].measured == {"of": "film", "behindSeconds": 0.3}


def test_missing_sound_weighs_most_where_the_source_has_some(
    look: Look, flawed_set: Path, tmp_path: Path
) -> None:
    mute = Path(damaged(flawed_set, tmp_path, "audio-0.m3u8", None))
    master = mute / "master.m3u8"
    lines = [line for line in master.read_text().splitlines() if not line.startswith("#EXT-X-MEDIA")]
    master.write_text("\n".join(lines) + "\n")

    lost, [never_had] = (
        look(mute),
        [each for each in look(mute, replace(FACTS, sound_tracks=0)) if each.label == "no_sound"],
    )

    assert [each.score for each in lost if each.label == "no_sound"] == [1.0]
    assert never_had.score == 0.6


def test_a_set_without_a_picture_cannot_be_looked_at(look: Look, tmp_path: Path) -> None:
    (tmp_path / "master.m3u8").write_text("#EXTM3U\n")

    with pytest.raises(CannotAnalyse):
        look(tmp_path)


def test_an_ffmpeg_that_fails_is_worth_another_try(flawed_set: Path, tmp_path: Path) -> None:
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)

    with pytest.raises(AnalyserAway, match="ended with code 3"):
        asyncio.run(TechnicalAnalyser(broken).analyse(film_of(flawed_set, tmp_path), ""))


async def test_a_look_that_is_cancelled_leaves_no_ffmpeg_behind(flawed_set: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow-ffmpeg"
    slow.write_text("#!/bin/sh\nexec sleep 600\n")
    slow.chmod(0o755)
    looking = asyncio.create_task(TechnicalAnalyser(slow).analyse(film_of(flawed_set, tmp_path), ""))
    children: list[psutil.Process] = []
    deadline = time.monotonic() + 10
    while not children and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        children = [each for each in psutil.Process().children(recursive=True) if "600" in each.cmdline()]

    looking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await looking
    assert children
    _, left = psutil.wait_procs(children, timeout=5)
    assert left == []
