"""The transcoder that is an ffmpeg on this machine: one process a film, bounded, and gone when we are."""

import asyncio
import os
import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import imageio_ffmpeg
import structlog

from showsondemand.adapters.transcoder.cmaf_set import CmafSet
from showsondemand.adapters.transcoder.ffmpeg_command import texts_command, transcode_command
from showsondemand.adapters.transcoder.ladder import TALLEST_BY_DEFAULT
from showsondemand.adapters.transcoder.packaging import read_set, result_of, write_manifests
from showsondemand.adapters.transcoder.plan import Plan, plan_for
from showsondemand.adapters.transcoder.port import (
    ExtractedText,
    FailureCode,
    Report,
    SourceProbe,
    Stage,
    TranscodeFailed,
    TranscodeProgress,
    TranscodeResult,
)
from showsondemand.adapters.transcoder.probing import probe_source
from showsondemand.adapters.transcoder.process import NO_SPACE_LEFT, Bounds, Snapshot, run_ffmpeg
from showsondemand.adapters.transcoder.set_names import subtitle_file
from showsondemand.adapters.transcoder.usage import MostUsed
from showsondemand.adapters.transcoder.verification import verify
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import of_program

log = structlog.get_logger(__name__)

# Writing manifests takes milliseconds; the rest of the bar belongs to the encoder.
_ENCODED_FRACTION = 0.98
_VERIFIED_FRACTION = 0.99

# On two cores an 8K film in five renditions maps 3.4 GB and uses half of it; more threads map more. What it may
# really use is half of what it may map, and looked after.
_ADDRESS_SPACE_BYTES = 8 << 30
_RESIDENT_BYTES = 4 << 30
_LEAST_CPU_SECONDS, _MOST_CPU_SECONDS = 10 * 60, 12 * 60 * 60
_CPU_SECONDS_A_FILM_SECOND = 4
# Text has no frames that could be seen to move: as long as reading the largest film takes.
_TEXTS_SECONDS = 600.0
_SPARE_BYTES = 1 << 30
_OPEN_FILES = 256


def find_ffmpeg(setting: Path | None = None) -> Path:
    """The ffmpeg to use: the one that the setting names, else the one that comes with the package."""
    return setting or Path(imageio_ffmpeg.get_ffmpeg_exe())


@dataclass(frozen=True)
class FfmpegTranscoder:
    """A ``Transcoder``. ``preset`` is x264's; ``tallest`` bounds the short side of the top rendition."""

    ffmpeg: Path
    preset: str = "veryfast"
    tallest: int = TALLEST_BY_DEFAULT
    hang_seconds: float = 60.0

    async def probe(self, source: Path) -> SourceProbe:
        """What the film is made of; see the port."""
        return await probe_source(source)

    async def transcode(
        self, source: Path, probe: SourceProbe, into: Path, report: Report
    ) -> TranscodeResult:
        """Write the finished set into the folder ``into``; see the port."""
        plan = plan_for(probe, self.tallest)
        command = transcode_command(self.ffmpeg, source, plan, self.preset, _cores())

        async def on_snapshot(snapshot: Snapshot) -> None:
            await report(_encoding_progress(plan, snapshot))

        reach = Reach(reads=(*of_program(self.ffmpeg), source), writes=(into,))
        was_full = await run_ffmpeg(command, reach, _bounds(probe, plan, self.hang_seconds), on_snapshot)
        await report(TranscodeProgress(Stage.VERIFYING, _ENCODED_FRACTION))
        cmaf = await asyncio.to_thread(_verified_set, plan, into, was_full=was_full)
        await report(TranscodeProgress(Stage.PACKAGING, _VERIFIED_FRACTION))
        await asyncio.to_thread(write_manifests, cmaf, into)
        await report(TranscodeProgress(Stage.PACKAGING, 1.0))
        log.info("film_transcoded", seconds=cmaf.duration_seconds, renditions=len(cmaf.renditions))
        return result_of(cmaf)

    async def extract_texts(self, source: Path, probe: SourceProbe, into: Path) -> tuple[ExtractedText, ...]:
        """Write the film's text tracks into the folder ``into``; see the port."""
        plan = plan_for(probe, self.tallest)
        if not plan.subtitles:
            return ()
        command = texts_command(self.ffmpeg, source, plan)
        reach = Reach(reads=(*of_program(self.ffmpeg), source), writes=(into,))
        await run_ffmpeg(command, reach, _bounds(probe, plan, _TEXTS_SECONDS), _say_nothing)
        return tuple(
            ExtractedText(track.language, track.label, subtitle_file(position))
            for position, track in enumerate(plan.subtitles)
        )


async def _say_nothing(_snapshot: Snapshot) -> None:
    return


def _verified_set(plan: Plan, folder: Path, *, was_full: bool) -> CmafSet:
    """What the encoder left in ``folder``, if it is all that was planned. Raises ``TranscodeFailed``.

    What is missing where the disk ``was_full`` meanwhile is no fault of the film's.
    """
    try:
        cmaf = read_set(plan, folder)
        verify(cmaf, plan, folder)
    except TranscodeFailed as failure:
        if was_full:
            raise TranscodeFailed(FailureCode.NO_SPACE, NO_SPACE_LEFT, failure.log_tail) from failure
        raise
    return cmaf


def _encoding_progress(plan: Plan, snapshot: Snapshot) -> TranscodeProgress:
    share = min(1.0, snapshot.frames / plan.frames)
    return TranscodeProgress(Stage.ENCODING, _ENCODED_FRACTION * share, snapshot.speed)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _bounds(probe: SourceProbe, plan: Plan, hang_seconds: float) -> Bounds:
    """What one film may use: time by its length and renditions, space by its size, all files together."""
    cpu_seconds = ceil(_CPU_SECONDS_A_FILM_SECOND * plan.duration_seconds * len(plan.rungs))
    most_bytes = 4 * probe.size_bytes + _SPARE_BYTES
    limits = Limits(
        cpu_seconds=min(max(cpu_seconds, _LEAST_CPU_SECONDS), _MOST_CPU_SECONDS),
        address_space_bytes=_ADDRESS_SPACE_BYTES,
        file_size_bytes=most_bytes,
        open_files=_OPEN_FILES,
    )
    return Bounds(limits, MostUsed(_RESIDENT_BYTES, most_bytes), hang_seconds)
