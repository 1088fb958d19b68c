"""What ffmpeg's filters have printed, read into stretches of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from showsondemand.adapters.analyser.technical_command import (
    LOUDNESS_KEY,
    loudness_file,
    seen_file,
    starts_and_ends,
)

_FRAMES_MEASURED = 10_000
_TIME = re.compile(r"pts_time:(-?[\d.]+)")


@dataclass(frozen=True)
class Stretch:
    """Part of the film, in seconds from its beginning."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.start

    def shared_with(self, other: "Stretch") -> float:
        """How many seconds both have in common."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


def stretches(folder: Path, kind: str, track: int, film_end: float) -> list[Stretch]:
    """The stretches of a kind on a track; one that nothing ended lasts to the end of the film."""
    begins, ends = (list(_values(folder / file, key)) for file, key in starts_and_ends(kind, track))
    return [Stretch(start, next((end for end in ends if end > start), film_end)) for start in begins]


def loudness(folder: Path, track: int) -> float | None:
    """The track's integrated loudness in LUFS; ``None`` when there is no sound to measure."""
    last = None
    for last in _values(folder / loudness_file(track), LOUDNESS_KEY):  # noqa: B007 - the last one counts
        pass
    return last


def first_frame(folder: Path, track: int) -> float | None:
    """When the first frame comes that could be decoded."""
    return next(_times(folder / seen_file(track)), None)


def last_frame(folder: Path, track: int) -> float | None:
    """When the last frame comes that could be decoded."""
    last = None
    for last in _times(folder / seen_file(track)):  # noqa: B007 - likewise
        pass
    return last


def holes(folder: Path, track: int, film_end: float, longest_step: float) -> list[Stretch]:
    """Where frames are missing: one comes later than ``longest_step`` after the one before, or none does to the end."""
    found, before = [], 0.0
    for time in _times(folder / seen_file(track)):
        if time - before > longest_step:
            found.append(Stretch(before, time))
        before = time
    if film_end - before > longest_step:
        found.append(Stretch(before, film_end))
    return found


def usual_step(folder: Path, track: int) -> float:
    """How long a frame lasts: half of them and more last no longer."""
    times = list(islice(_times(folder / seen_file(track)), _FRAMES_MEASURED))
    steps = sorted(later - sooner for sooner, later in pairwise(times))
    return steps[len(steps) // 2] if steps else 0.0


def _values(file: Path, key: str) -> Iterator[float]:
    for line in _lines(file):
        name, _, value = line.partition("=")
        if name == key:
            yield float(value)


def _times(file: Path) -> Iterator[float]:
    for line in _lines(file):
        found = _TIME.search(line)
        if found is not None:
            yield float(found.group(1))


def _lines(file: Path) -> Iterator[str]:
    if file.exists():  # a filter that had nothing to print may not have made its file
        with file.open(encoding="utf-8") as lines:
            yield from (line.strip() for line in lines)
