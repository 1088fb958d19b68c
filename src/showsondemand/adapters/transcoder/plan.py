"""What will be made of one film: the decisions between a probe and a command line, each a plain value.

Nothing here knows ffmpeg's language (``ffmpeg_command``) or runs anything (``process``); to encode in pieces,
or to add a track, is a change of the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from showsondemand.adapters.transcoder.ladder import TALLEST_BY_DEFAULT, Rung, rungs_for
from showsondemand.adapters.transcoder.languages import language_name
from showsondemand.adapters.transcoder.port import (
    AudioStream,
    SourceProbe,
    SubtitleStream,
    VideoStream,
)
from showsondemand.adapters.transcoder.source_limits import BROADCAST_FORMATS, BROADCAST_SOUND

SEGMENT_SECONDS = 4

# What cinema, television and phones use; a film whose frames come unevenly gets the next one up.
_STANDARD_RATES = (
    Fraction(24000, 1001),
    Fraction(24),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(48),
    Fraction(50),
    Fraction(60000, 1001),
    Fraction(60),
)
_SAME_RATE = Fraction(1, 1000)
# Segments are cut at key frames every two seconds: with fewer frames they would come out uneven.
_SLOWEST_RATE = Fraction(10)

# Sound that outlasts the picture by more than this is kept, over the last frame; less is a rounded edge.
_SOUND_WORTH_A_STILL_SECONDS = 0.5

_STEREO, _SURROUND = 2, 6
_STEREO_KILOBITS, _SURROUND_KILOBITS = 128, 384
_MOST_AUDIO_TRACKS = 8
_MOST_SUBTITLE_TRACKS = 16

_NAMELESS = "Original"

_TILE_LONG_SIDE = 160
_PICTURES_A_SPRITE = 100
_FINEST_INTERVAL_SECONDS, _COARSEST_INTERVAL_SECONDS = 1, 10
_POSTER_SHORT_SIDE = 720


@dataclass(frozen=True)
class PlannedAudio:
    """One sound track to encode from stream ``index``, down to ``channels`` (2 or 6).

    ``may_change`` says whether the stream may have another number of channels in the midst of the film.
    """

    index: int
    channels: int
    kilobits: int
    language: str
    label: str
    default: bool
    may_change: bool


@dataclass(frozen=True)
class PlannedSubtitle:
    """One text track to write as WebVTT from stream ``index``."""

    index: int
    language: str
    label: str
    forced: bool


@dataclass(frozen=True)
class Storyboard:
    """Small pictures of the film, one every ``interval_seconds``, on sheets of ``columns`` x ``rows``."""

    interval_seconds: int
    tile_width: int
    tile_height: int
    columns: int
    rows: int
    pictures: int


@dataclass(frozen=True)
class Plan:
    """All that is made of a film in one pass over it. ``frame_rate`` is that of every rendition.

    ``may_change`` says whether the picture may have another size in the midst of the film.
    """

    video: VideoStream
    rungs: tuple[Rung, ...]
    frame_rate: Fraction
    duration_seconds: float
    audio: tuple[PlannedAudio, ...]
    subtitles: tuple[PlannedSubtitle, ...]
    storyboard: Storyboard
    poster_width: int
    poster_height: int
    may_change: bool

    @property
    def frames(self) -> int:
        """How many frames each rendition has."""
        return max(1, round(self.duration_seconds * self.frame_rate))

    @property
    def changing_sound(self) -> dict[int, int]:
        """Streams whose sound has to be given one shape first, with the most channels that are made of each."""
        narrow_first = sorted(self.audio, key=lambda track: track.channels)
        return {track.index: track.channels for track in narrow_first if track.may_change}


def plan_for(probe: SourceProbe, tallest: int = TALLEST_BY_DEFAULT) -> Plan:
    """What to make of the film that ``probe`` describes, no rendition taller than ``tallest``."""
    rungs = rungs_for(probe.video, tallest)
    duration = _duration(probe)
    poster = next((rung for rung in rungs if min(rung.width, rung.height) <= _POSTER_SHORT_SIDE), rungs[-1])
    return Plan(
        video=probe.video,
        rungs=rungs,
        frame_rate=frame_rate_for(probe.video),
        duration_seconds=duration,
        audio=_audio_for(probe),
        subtitles=_subtitles_for(probe.subtitles),
        storyboard=_storyboard_for(rungs[0], duration),
        poster_width=poster.width,
        poster_height=poster.height,
        may_change=probe.format in BROADCAST_FORMATS,
    )


def frame_rate_for(video: VideoStream) -> Fraction:
    """The film's own rate if its frames come evenly, a slow one repeated; else the next standard one up."""
    fastest = _STANDARD_RATES[-1]
    if video.steady and video.frame_rate <= fastest:
        return video.frame_rate * max(1, ceil(_SLOWEST_RATE / video.frame_rate))
    at_least = video.frame_rate * (1 - _SAME_RATE)
    return next((rate for rate in _STANDARD_RATES if rate >= at_least), fastest)


def _duration(probe: SourceProbe) -> float:
    """The picture's, unless the sound goes on for long enough to be missed."""
    picture = probe.video.end_seconds
    sound = max((stream.end_seconds for stream in probe.audio), default=0.0)
    return sound if sound - picture > _SOUND_WORTH_A_STILL_SECONDS else picture


def _audio_for(probe: SourceProbe) -> tuple[PlannedAudio, ...]:
    """Every stream in stereo, the film's own first; what has more channels once more in 5.1."""
    ordered = sorted(probe.audio, key=lambda s: (s.commentary, not s.default, s.index))[:_MOST_AUDIO_TRACKS]
    labels = _distinct_labels(ordered)

    def planned(stream: AudioStream, label: str, channels: int, kilobits: int) -> PlannedAudio:
        return PlannedAudio(
            index=stream.index,
            channels=channels,
            kilobits=kilobits,
            language=stream.language,
            label=label,
            default=stream is ordered[0],
            may_change=probe.format in BROADCAST_FORMATS or stream.codec in BROADCAST_SOUND,
        )

    named = list(zip(ordered, labels, strict=True))
    stereo = [planned(stream, label, _STEREO, _STEREO_KILOBITS) for stream, label in named]
    surround = [
        planned(stream, label, _SURROUND, _SURROUND_KILOBITS)
        for stream, label in named
        if stream.channels >= _SURROUND
    ]
    return (*stereo, *surround)


def _subtitles_for(streams: tuple[SubtitleStream, ...]) -> tuple[PlannedSubtitle, ...]:
    shown = streams[:_MOST_SUBTITLE_TRACKS]
    return tuple(
        PlannedSubtitle(s.index, s.language, label, s.forced)
        for s, label in zip(shown, _distinct_labels(shown), strict=True)
    )


def _distinct_labels(streams: Sequence[AudioStream | SubtitleStream]) -> list[str]:
    """What each track is called in a menu: its title, else its language, and a number where two agree."""
    plain = [s.title or language_name(s.language) or _NAMELESS for s in streams]
    labels = []
    for position, label in enumerate(plain):
        earlier = plain[:position].count(label)
        labels.append(f"{label} ({earlier + 1})" if earlier else label)
    return labels


def _storyboard_for(top: Rung, duration_seconds: float) -> Storyboard:
    """A picture a second for a clip, one every ten seconds for a film, in between what fills one sheet."""
    interval = ceil(duration_seconds / _PICTURES_A_SPRITE)
    interval = min(max(interval, _FINEST_INTERVAL_SECONDS), _COARSEST_INTERVAL_SECONDS)
    scale = min(1.0, _TILE_LONG_SIDE / max(top.width, top.height))
    return Storyboard(
        interval_seconds=interval,
        tile_width=max(2, round(top.width * scale / 2) * 2),
        tile_height=max(2, round(top.height * scale / 2) * 2),
        columns=10,
        rows=10,
        pictures=ceil(duration_seconds / interval),
    )
