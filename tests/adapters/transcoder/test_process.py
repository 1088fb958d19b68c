"""What becomes of a program in the encoder's place that hangs, burns, swells, litters or shouts."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from showsondemand.adapters.transcoder.port import FailureCode, TranscodeFailed
from showsondemand.adapters.transcoder.process import Bounds, Snapshot, run_ffmpeg
from showsondemand.adapters.transcoder.usage import MostUsed
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import of_python


async def ignore(_: object) -> None:
    """A report or a snapshot that nobody waits for."""


async def run(
    script: str,
    folder: Path,
    bounds: Bounds = Bounds(),  # noqa: B008 - frozen
    report: Callable[[Snapshot], Awaitable[None]] = ignore,
) -> None:
    """Runs a shell script in the encoder's place."""
    await run_ffmpeg(["sh", "-c", script], Reach(writes=(folder,)), bounds, report)


async def test_a_report_that_times_out_is_no_hung_encoder(tmp_path: Path) -> None:
    async def report(_: Snapshot) -> None:
        raise TimeoutError("the database is slow")

    with pytest.raises(TimeoutError, match="the database is slow"):
        await run("echo progress=continue; exec sleep 60", tmp_path, Bounds(), report)


async def test_a_slow_report_does_not_count_against_the_encoder(tmp_path: Path) -> None:
    steady = "for i in 1 2 3 4 5; do echo frame=9; echo progress=continue; sleep 0.02; done"

    async def report(_: Snapshot) -> None:
        await asyncio.sleep(0.4)

    await run(steady, tmp_path, Bounds(hang_seconds=1), report)


async def test_an_encoder_that_talks_but_makes_no_frame_counts_as_hung(tmp_path: Path) -> None:
    babble = "while true; do echo frame=7; echo progress=continue; sleep 0.05; done"
    seen: list[Snapshot] = []

    async def see(snapshot: Snapshot) -> None:
        seen.append(snapshot)

    with pytest.raises(TranscodeFailed) as failed:
        await run(babble, tmp_path, Bounds(hang_seconds=0.5), see)

    assert failed.value.code is FailureCode.HUNG
    assert {snapshot.frames for snapshot in seen} == {7}


async def test_an_encoder_that_burns_more_than_its_share_is_ended(tmp_path: Path) -> None:
    burn = "while true; do :; done"

    with pytest.raises(TranscodeFailed) as failed:
        await run(burn, tmp_path, Bounds(Limits(cpu_seconds=1)))

    assert failed.value.code is FailureCode.OUT_OF_BOUNDS


async def test_an_encoder_that_writes_more_than_its_share_is_ended(tmp_path: Path) -> None:
    write = "head -c 1000000 /dev/zero > big"

    with pytest.raises(TranscodeFailed) as failed:
        await run(write, tmp_path, Bounds(Limits(file_size_bytes=1000)))

    assert failed.value.code is FailureCode.OUT_OF_BOUNDS
    assert (tmp_path / "big").stat().st_size <= 1000


async def test_an_encoder_that_fills_the_folder_with_small_files_is_ended(tmp_path: Path) -> None:
    litter = "for i in $(seq 40); do head -c 10000 /dev/zero > $i; done; exec sleep 60"

    with pytest.raises(TranscodeFailed) as failed:
        await run(litter, tmp_path, Bounds(most=MostUsed(folder_bytes=200_000)))

    assert failed.value.code is FailureCode.OUT_OF_BOUNDS


async def test_an_encoder_that_uses_more_memory_than_its_share_is_ended(tmp_path: Path) -> None:
    swell = f"exec {sys.executable} -I -S -c 'import time; held = bytes([1]) * 64_000_000; time.sleep(60)'"
    bounds = Bounds(most=MostUsed(resident_bytes=48_000_000))

    with pytest.raises(TranscodeFailed) as failed:
        await run_ffmpeg(["sh", "-c", swell], Reach(of_python(), (tmp_path,)), bounds, ignore)

    assert failed.value.code is FailureCode.OUT_OF_BOUNDS


async def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    complain = "echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 228"

    with pytest.raises(TranscodeFailed) as failed:
        await run(complain, tmp_path)

    assert failed.value.code is FailureCode.NO_SPACE


async def test_the_last_words_are_kept_and_bounded(tmp_path: Path) -> None:
    shout = (
        "for i in $(seq 5000); do echo line $i >&2; done; head -c 100000 /dev/zero | tr '\\0' x >&2; exit 3"
    )

    with pytest.raises(TranscodeFailed) as failed:
        await run(shout, tmp_path)

    assert "line 5000" in failed.value.log_tail
    assert "line 4000\n" not in failed.value.log_tail
    assert len(failed.value.log_tail) < 32_000


async def test_the_encoder_sees_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")

    with pytest.raises(TranscodeFailed) as failed:
        await run("env >&2; exit 1", tmp_path)

    assert "PATH=" in failed.value.log_tail
    assert "do-not-tell" not in failed.value.log_tail
