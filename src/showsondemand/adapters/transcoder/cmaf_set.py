"""A finished set as a value: which stream of segments is which rendition, sound track or text track.

Both kinds of manifest are written from this, so that they cannot disagree.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from showsondemand.adapters.transcoder.ladder import Rung
from showsondemand.adapters.transcoder.plan import Plan, PlannedAudio, PlannedSubtitle, Storyboard
from showsondemand.adapters.transcoder.segments import SegmentedStream
from showsondemand.adapters.transcoder.set_names import (
    audio_playlist,
    subtitle_file,
    subtitle_playlist,
    video_playlist,
)


@dataclass(frozen=True)
class SetRendition:
    """One picture quality and its segments."""

    rung: Rung
    stream: SegmentedStream
    playlist: str


@dataclass(frozen=True)
class SetAudio:
    """One sound track and its segments."""

    track: PlannedAudio
    stream: SegmentedStream
    playlist: str


@dataclass(frozen=True)
class SetSubtitle:
    """One text track: a WebVTT file and the HLS playlist around it."""

    track: PlannedSubtitle
    file: str
    playlist: str


@dataclass(frozen=True)
class CmafSet:
    """Everything that plays. Renditions come tallest first, sound in stereo before sound in 5.1.

    ``closed_captions`` says that the frames of all renditions carry captions themselves: the film's, untouched.
    """

    renditions: tuple[SetRendition, ...]
    audio: tuple[SetAudio, ...]
    subtitles: tuple[SetSubtitle, ...]
    frame_rate: Fraction
    storyboard: Storyboard
    closed_captions: bool

    @property
    def duration_seconds(self) -> float:
        """How long the picture lasts: every other track is as long, to a frame of sound."""
        return self.renditions[0].stream.seconds

    def media_playlists(self) -> list[tuple[str, SegmentedStream]]:
        """Every stream of segments behind the name of its HLS playlist."""
        pictures = [(part.playlist, part.stream) for part in self.renditions]
        return pictures + [(part.playlist, part.stream) for part in self.audio]

    def audio_by_channels(self) -> dict[int, tuple[SetAudio, ...]]:
        """The sound tracks under their number of channels, fewest first."""
        ordered = sorted(self.audio, key=lambda audio: audio.track.channels)
        grouped = groupby(ordered, key=lambda audio: audio.track.channels)
        return {channels: tuple(tracks) for channels, tracks in grouped}


def assemble(plan: Plan, streams: Sequence[SegmentedStream], spoken: Collection[int]) -> CmafSet:
    """Give each stream the role that the plan had for it; of the text tracks only those in ``spoken``.

    Raises ``ValueError`` where there are not exactly as many streams as planned.
    """
    pictures, sounds = streams[: len(plan.rungs)], streams[len(plan.rungs) :]
    return CmafSet(
        renditions=tuple(
            SetRendition(rung, stream, video_playlist(position))
            for position, (rung, stream) in enumerate(zip(plan.rungs, pictures, strict=True))
        ),
        audio=tuple(
            SetAudio(track, stream, audio_playlist(position))
            for position, (track, stream) in enumerate(zip(plan.audio, sounds, strict=True))
        ),
        subtitles=tuple(
            SetSubtitle(track, subtitle_file(position), subtitle_playlist(position))
            for position, track in enumerate(plan.subtitles)
            if position in spoken
        ),
        frame_rate=plan.frame_rate,
        storyboard=plan.storyboard,
        closed_captions=plan.video.closed_captions,
    )
