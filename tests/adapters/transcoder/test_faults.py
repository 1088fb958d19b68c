"""What becomes of a transcoding that is cancelled, killed, hung, or ends well with half a film."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder
from showsondemand.adapters.transcoder.port import FailureCode, Stage, TranscodeFailed, TranscodeProgress
from showsondemand.adapters.transcoder.process import Bounds, Snapshot, run_ffmpeg
from showsondemand.adapters.transcoder.usage import MostUsed
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import of_python

MakeFilm = Callable[..., Path]
MEDIA = Path(__file__).parents[2] / "media"


@pytest.fixture
def long_film(make_film: MakeFilm) -> Path:
    """One that takes far longer to transcode than any of these tests: the same five seconds, time and again."""
    return make_film("long.mp4", "-stream_loop", "40", "-i", str(MEDIA / "bunny_5s.mp4"), "-c", "copy")


def running_ffmpegs() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "ffmpeg" in child.name()]


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


async def test_cancelling_ends_the_encoder(
    transcoder: FfmpegTranscoder, long_film: Path, tmp_path: Path
) -> None:
    started = asyncio.Event()

    async def report(_: TranscodeProgress) -> None:
        started.set()

    probe = await transcoder.probe(long_film)
    work = asyncio.create_task(transcoder.transcode(long_film, probe, tmp_path, report))
    await started.wait()
    encoders = running_ffmpegs()

    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work

    assert len(encoders) == 1
    assert running_ffmpegs() == []


async def test_what_the_report_raises_ends_the_encoder_and_comes_out(
    transcoder: FfmpegTranscoder, long_film: Path, tmp_path: Path
) -> None:
    class AttemptIsOver(Exception):
        pass

    async def report(_: TranscodeProgress) -> None:
        raise AttemptIsOver

    probe = await transcoder.probe(long_film)

    with pytest.raises(AttemptIsOver):
        await transcoder.transcode(long_film, probe, tmp_path, report)

    assert running_ffmpegs() == []


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


async def test_a_killed_encoder_is_a_crash(
    transcoder: FfmpegTranscoder, long_film: Path, tmp_path: Path
) -> None:
    async def report(_: TranscodeProgress) -> None:
        for encoder in running_ffmpegs():
            encoder.kill()

    probe = await transcoder.probe(long_film)

    with pytest.raises(TranscodeFailed) as failed:
        await transcoder.transcode(long_film, probe, tmp_path, report)

    assert failed.value.code is FailureCode.CRASHED


async def test_a_stopped_encoder_counts_as_hung_and_is_ended(
    transcoder: FfmpegTranscoder, long_film: Path, tmp_path: Path
) -> None:
    async def report(_: TranscodeProgress) -> None:
        for encoder in running_ffmpegs():
            encoder.send_signal(signal.SIGSTOP)

    impatient = replace(transcoder, hang_seconds=1.5)
    probe = await impatient.probe(long_film)

    with pytest.raises(TranscodeFailed) as failed:
        await impatient.transcode(long_film, probe, tmp_path, report)

    assert failed.value.code is FailureCode.HUNG
    assert running_ffmpegs() == []


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


async def test_an_encoder_that_does_nothing_and_says_all_is_well_has_failed(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    idle = replace(transcoder, ffmpeg=Path("/bin/true"))
    probe = await idle.probe(media / "no_audio.mp4")

    with pytest.raises(TranscodeFailed) as failed:
        await idle.transcode(media / "no_audio.mp4", probe, tmp_path, ignore)

    assert failed.value.code is FailureCode.CRASHED


async def test_a_part_of_a_film_is_a_failure(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    probe = await transcoder.probe(media / "no_audio.mp4")
    longer = replace(probe, video=replace(probe.video, end_seconds=9.0), duration_seconds=9.0)

    with pytest.raises(TranscodeFailed) as failed:
        await transcoder.transcode(media / "no_audio.mp4", longer, tmp_path, ignore)

    assert failed.value.code is FailureCode.INCOMPLETE
    assert "9.0 seconds" in failed.value.detail
    assert not (tmp_path / "master.m3u8").exists()


async def test_a_film_that_became_another_file_after_the_probe_is_refused_by_ffmpeg_too(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    probe = await transcoder.probe(media / "no_audio.mp4")
    playlist = tmp_path / "film.mp4"
    playlist.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{media / 'no_audio.mp4'}\n#EXT-X-ENDLIST"
    )
    into = tmp_path / "set"
    into.mkdir()

    with pytest.raises(TranscodeFailed) as failed:
        await transcoder.transcode(playlist, probe, into, ignore)

    assert failed.value.code is FailureCode.CRASHED
    assert list(into.glob("segment-*")) == []


async def test_every_stage_is_reported_in_its_order(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    stages: list[Stage] = []

    async def report(progress: TranscodeProgress) -> None:
        if progress.stage not in stages:
            stages.append(progress.stage)

    probe = await transcoder.probe(media / "no_audio.mp4")
    await transcoder.transcode(media / "no_audio.mp4", probe, tmp_path, report)

    assert stages == list(Stage)


async def test_a_worker_that_is_killed_takes_its_encoder_with_it(long_film: Path, tmp_path: Path) -> None:
    worker = await asyncio.create_subprocess_exec(
        sys.executable, str(Path(__file__).with_name("transcoding_worker.py")), str(long_film), str(tmp_path),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert worker.stdout is not None
    await worker.stdout.readline()  # the first report: it encodes
    encoders = running_ffmpegs()

    worker.kill()
    await worker.wait()

    gone, alive = await asyncio.to_thread(psutil.wait_procs, encoders, 20)
    assert len(gone) == 1
    assert alive == []


async def test_a_set_with_a_segment_that_is_cut_short_is_a_failure(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    async def cut_short(progress: TranscodeProgress) -> None:
        if progress.stage is Stage.VERIFYING:
            drop_last_byte(tmp_path / "segment-0-00001.m4s")

    probe = await transcoder.probe(media / "no_audio.mp4")

    with pytest.raises(TranscodeFailed) as failed:
        await transcoder.transcode(media / "no_audio.mp4", probe, tmp_path, cut_short)

    assert failed.value.code is FailureCode.INCOMPLETE
    assert "is cut short" in failed.value.log_tail


def drop_last_byte(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])
