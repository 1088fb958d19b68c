"""What becomes of a transcoding that is cancelled, killed, hung, or ends well with half a film."""

import asyncio
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder
from showsondemand.adapters.transcoder.port import FailureCode, Stage, TranscodeFailed, TranscodeProgress

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
