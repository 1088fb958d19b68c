"""The analyser that is ffmpeg on this machine: it decodes the finished set once, as viewers will, and measures it."""

import asyncio
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from showsondemand.adapters.analyser import technical_readings as readings
from showsondemand.adapters.analyser.media_playlists import Tracks, is_rounded, segment_ends, tracks_of
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, Film, Report, SourceFacts
from showsondemand.adapters.analyser.technical_command import look_command
from showsondemand.adapters.analyser.technical_findings import Hole, Reading, SoundReading, findings_of
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import of_program, run_to_end

_LEAST_SECONDS, _MOST_SECONDS = 10 * 60, 12 * 60 * 60
_SECONDS_A_FILM_SECOND = 2
_ADDRESS_SPACE_BYTES = 8 << 30
_NOTES_BYTES = 1 << 30
_OPEN_FILES = 256
# A step of one and a half frames is rounding, one of two is a frame that is missing.
_LONGEST_STEP_FRAMES = 1.6
_LEAST_HOLE_SECONDS = (
    0.05  # sound is cut into frames of 20 milliseconds, and one more or less at its ends is the codec's
)
# Where nobody says when a segment ends, sound may stop this much sooner than the picture.
_LEAST_ROUNDED_HOLE_SECONDS = 0.5


@dataclass(frozen=True)
class TechnicalAnalyser:
    """An ``Analyser``: black, frozen, silent, too loud, out of step, too short, not to be decoded."""

    ffmpeg: Path
    name: str = "technical"
    works_here: bool = True

    async def analyse(self, film: Film, reference: str) -> Report:  # noqa: ARG002 - it is never pending
        """One pass of one ffmpeg; see the port."""
        master = await film.files.master_playlist()
        source = await film.files.source()
        try:
            tracks = await asyncio.to_thread(tracks_of, master)
        except (OSError, ValueError) as error:
            raise CannotAnalyse("The show's master playlist lists no picture.") from error
        await self._look(tracks, film.scratch)
        reading = await asyncio.to_thread(_reading, tracks, film.scratch, source)
        return Report(tuple(findings_of(reading)), _summary(reading))

    async def answers(self) -> None:
        """It does whenever its ffmpeg does, which ``doctor`` looks at by itself."""

    async def _look(self, tracks: Tracks, folder: Path) -> None:
        command = look_command(self.ffmpeg, tracks.pictures, tracks.sounds, tracks.lightest)
        seconds = _film_seconds(tracks) * _SECONDS_A_FILM_SECOND * len(tracks.pictures)
        most = min(max(ceil(seconds), _LEAST_SECONDS), _MOST_SECONDS)
        limits = Limits(2 * most, _ADDRESS_SPACE_BYTES, _NOTES_BYTES, _OPEN_FILES)
        reach = Reach(reads=(*of_program(self.ffmpeg), tracks.pictures[0].parent), writes=(folder,))
        exit_code = await run_to_end(command, limits, reach, seconds=most)
        if exit_code is None:
            raise AnalyserAway("Looking at the film took too long.")
        if exit_code != 0:
            raise AnalyserAway(f"Looking at the film ended with code {exit_code}.")


def _film_seconds(tracks: Tracks) -> float:
    return max(segment_ends(tracks.pictures[0]), default=0.0)


def _reading(tracks: Tracks, folder: Path, source: SourceFacts | None) -> Reading:
    seconds = _film_seconds(tracks)
    closely = tracks.lightest
    last = readings.last_frame(folder, closely) or 0.0
    ends_at = last + readings.usual_step(folder, closely)
    holes = [
        hole
        for track, playlist in enumerate((*tracks.pictures, *tracks.sounds))
        for hole in _holes(folder, track, playlist, ends_at)
    ]
    return Reading(
        seconds=seconds,
        ends_at=ends_at,
        picture_starts_at=readings.first_frame(folder, closely) or 0.0,
        black=readings.stretches(folder, "black", closely, seconds),
        frozen=readings.stretches(folder, "frozen", closely, seconds),
        sounds=[
            _sound(folder, len(tracks.pictures) + position, playlist, seconds)
            for position, playlist in enumerate(tracks.sounds)
        ],
        holes=holes,
        source=source,
    )


def _sound(folder: Path, track: int, playlist: Path, seconds: float) -> SoundReading:
    return SoundReading(
        playlist.stem,
        readings.first_frame(folder, track),
        readings.loudness(folder, track),
        readings.stretches(folder, "silent", track, seconds),
    )


def _holes(folder: Path, track: int, playlist: Path, ends_at: float) -> list[Hole]:
    """``ends_at`` is when the lightest picture ends, for playlists that don't say it exactly."""
    ends = segment_ends(playlist)
    if not ends:
        return []
    step = readings.usual_step(folder, track)
    rounded = is_rounded(playlist)
    film_end, slack = (ends_at, _LEAST_ROUNDED_HOLE_SECONDS) if rounded else (ends[-1], 0.0)
    longest_step = max(step * _LONGEST_STEP_FRAMES, _LEAST_HOLE_SECONDS, slack)
    found = readings.holes(folder, track, film_end, longest_step)
    return [
        Hole(playlist.stem, hole, _segment_at(ends, hole.start + step), _segment_at(ends, hole.end - step))
        for hole in found
    ]


def _segment_at(ends: list[float], second: float) -> int:
    """The number, from 1, of the segment that plays at ``second``."""
    return next((number for number, end in enumerate(ends, 1) if second < end), len(ends))


def _summary(reading: Reading) -> str:
    """Numbers only: they are the same in every language."""
    loudness = [f"{sound.loudness:.1f} LUFS" for sound in reading.sounds if sound.loudness is not None]
    return ", ".join([f"{reading.seconds:.1f} s", *loudness])
