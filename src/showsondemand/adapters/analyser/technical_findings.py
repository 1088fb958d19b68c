"""What is worth a reviewer's attention of what was measured, and how much.

A score of 1 is certainly a fault. Films fade to black and rest on titles: what is short scores little.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from showsondemand.adapters.analyser.port import Finding, SourceFacts
from showsondemand.adapters.analyser.technical_readings import Stretch

_LEAST_BLACK_SECONDS = 1.0
# So long a stretch is certainly no part of a film's telling.
_CERTAINLY_BLACK_SECONDS = 10.0
_CERTAINLY_FROZEN_SECONDS = 20.0
_CERTAINLY_SILENT_SECONDS = 60.0
# EBU R 128: programmes are at -23 LUFS, give or take one. Films made for the web are louder, up to -14 and more.
_LOUDNESS_TARGET, _LOUDNESS_TOLERANCE, _CERTAINLY_OFF_UNITS = -23.0, 1.0, 20.0
# The gate of EBU R 128: below it there is nothing to measure.
_NO_LOUDNESS = -69.9
_NOTABLE_DIFFERENCE_SECONDS, _CERTAIN_DIFFERENCE_SECONDS = 0.5, 2.0
# ITU-R BT.1359: viewers notice 45 ms of sound ahead and 125 ms behind.
_NOTABLE_OFFSET_SECONDS, _CERTAIN_OFFSET_SECONDS = 0.1, 0.5
_WITHOUT_SOUND_SCORE = 0.6
_WHOLE_SHARE = 0.99


@dataclass(frozen=True)
class SoundReading:
    """One sound track, as it came out of the decoder."""

    name: str
    starts_at: float | None
    loudness: float | None
    silent: list[Stretch]


@dataclass(frozen=True)
class Hole:
    """Missing frames of a track, and the numbers of the first and last segment that they lie in."""

    track: str
    stretch: Stretch
    first_segment: int
    last_segment: int


@dataclass(frozen=True)
class Reading:
    """All that was measured of a finished set. ``seconds`` is how long its picture should last."""

    seconds: float
    ends_at: float
    picture_starts_at: float
    black: list[Stretch]
    frozen: list[Stretch]
    sounds: list[SoundReading]
    holes: list[Hole]
    source: SourceFacts | None


def findings_of(reading: Reading) -> list[Finding]:
    """Everything that a reviewer should know, by time; what is about the whole film comes first."""
    found = chain(_pictures(reading), _sounds(reading), _lengths(reading), _broken(reading))
    return sorted(found, key=lambda finding: (finding.start_seconds or 0.0, finding.label))


def _pictures(reading: Reading) -> Iterator[Finding]:
    for stretch in reading.black:
        if stretch.seconds >= _LEAST_BLACK_SECONDS:
            yield _stretch("black", stretch, _CERTAINLY_BLACK_SECONDS, "The picture is black")
    for stretch in reading.frozen:
        # Black pictures resemble one another too.
        if sum(stretch.shared_with(black) for black in reading.black) < stretch.seconds / 2:
            yield _stretch("frozen", stretch, _CERTAINLY_FROZEN_SECONDS, "The picture does not move")


def _sounds(reading: Reading) -> Iterator[Finding]:
    if not reading.sounds:
        lost = reading.source is not None and reading.source.sound_tracks > 0
        note = "The film as it was sent has sound, the show has none." if lost else "The film has no sound."
        measured: dict[str, float | str] = {"of": "show" if lost else "film"}
        yield Finding("no_sound", 1.0 if lost else _WITHOUT_SOUND_SCORE, note=note, measured=measured)
    for sound in reading.sounds:
        for stretch in sound.silent:
            certain = 0.0 if stretch.seconds >= reading.seconds * _WHOLE_SHARE else _CERTAINLY_SILENT_SECONDS
            yield _stretch(
                "silent", stretch, certain, f"The sound ({sound.name}) is silent", track=sound.name
            )
        yield from _loudness(sound)
        yield from _offset(sound, reading)


def _loudness(sound: SoundReading) -> Iterator[Finding]:
    if sound.loudness is None or sound.loudness <= _NO_LOUDNESS:
        return
    off = sound.loudness - _LOUDNESS_TARGET
    if abs(off) > _LOUDNESS_TOLERANCE:
        note = (
            f"The sound ({sound.name}) is at {sound.loudness:.1f} LUFS, {abs(off):.1f} units"
            f" {'above' if off > 0 else 'below'} the {_LOUDNESS_TARGET:.0f} of EBU R 128."
        )
        measured: dict[str, float | str] = {
            "track": sound.name,
            "lufs": round(sound.loudness, 1),
            "target": _LOUDNESS_TARGET,
        }
        yield Finding("loudness", _score(abs(off), _CERTAINLY_OFF_UNITS), note=note, measured=measured)


def _offset(sound: SoundReading, reading: Reading) -> Iterator[Finding]:
    behind = 0.0 if sound.starts_at is None else sound.starts_at - reading.picture_starts_at
    if abs(behind) > _NOTABLE_OFFSET_SECONDS:
        note = f"The sound ({sound.name}) begins {_apart(behind)} the picture."
        measured: dict[str, float | str] = {
            "of": "show",
            "track": sound.name,
            "behindSeconds": round(behind, 2),
        }
        score = _score(abs(behind), _CERTAIN_OFFSET_SECONDS)
        yield Finding("sound_offset", score, 0.0, None, note, measured)


def _lengths(reading: Reading) -> Iterator[Finding]:
    source = reading.source
    if source is None:
        return
    difference = reading.ends_at - source.duration_seconds
    if abs(difference) > _NOTABLE_DIFFERENCE_SECONDS:
        note = (
            f"The show lasts {reading.ends_at:.1f} seconds, the film as it was sent"
            f" {source.duration_seconds:.1f}."
        )
        measured: dict[str, float | str] = {
            "showSeconds": round(reading.ends_at, 1),
            "filmSeconds": round(source.duration_seconds, 1),
        }
        score = _score(abs(difference), _CERTAIN_DIFFERENCE_SECONDS)
        yield Finding("duration", score, note=note, measured=measured)
    if abs(source.sound_behind_seconds) > _NOTABLE_OFFSET_SECONDS:
        note = (
            f"In the film as it was sent the sound begins {_apart(source.sound_behind_seconds)} the picture."
        )
        score = _score(abs(source.sound_behind_seconds), _CERTAIN_OFFSET_SECONDS)
        measured_film: dict[str, float | str] = {
            "of": "film",
            "behindSeconds": round(source.sound_behind_seconds, 2),
        }
        yield Finding("sound_offset", score, 0.0, None, note, measured_film)


def _broken(reading: Reading) -> Iterator[Finding]:
    for hole in reading.holes:
        segments = f"segment {hole.first_segment}"
        if hole.last_segment > hole.first_segment:
            segments = f"segments {hole.first_segment} to {hole.last_segment}"
        note = f"{hole.track}: {segments} cannot be decoded whole."
        measured: dict[str, float | str] = {
            "track": hole.track,
            "first": hole.first_segment,
            "last": hole.last_segment,
        }
        start, end = round(hole.stretch.start, 3), round(hole.stretch.end, 3)
        yield Finding("broken_segment", 1.0, start, end, note, measured)


def _stretch(label: str, stretch: Stretch, certain_seconds: float, said: str, **names: str) -> Finding:
    return Finding(
        label,
        _score(stretch.seconds, certain_seconds),
        round(stretch.start, 3),
        round(stretch.end, 3),
        f"{said} for {stretch.seconds:.1f} seconds.",
        {"seconds": round(stretch.seconds, 1), **names},
    )


def _score(measured: float, certain: float) -> float:
    return 1.0 if certain <= measured else round(measured / certain, 2)


def _apart(behind: float) -> str:
    return f"{abs(behind):.2f} seconds {'after' if behind > 0 else 'before'}"
