"""What the house needs of a transcoder: look at a film, and turn it into a set of files that players stream.

The set is one folder of CMAF segments with an HLS and a DASH manifest over the same bytes, a poster and a
storyboard. Every URI inside it is relative, so that it plays under any prefix, a grant in the path included.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Protocol


class RefusalCode(StrEnum):
    """Why a file is not accepted as a film. Stable: stored with the upload and shown to programs."""

    EMPTY = "empty"
    NOT_A_VIDEO = "not_a_video"
    NO_VIDEO_STREAM = "no_video_stream"
    UNSUPPORTED_CODEC = "unsupported_codec"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    TOO_LARGE_FRAME = "too_large_frame"
    TOO_SMALL_FRAME = "too_small_frame"
    TOO_MANY_FRAMES = "too_many_frames"
    TOO_MANY_STREAMS = "too_many_streams"


class FailureCode(StrEnum):
    """Why an accepted film did not become a set. Stable: stored with the job and shown to administrators."""

    CRASHED = "crashed"
    HUNG = "hung"
    OUT_OF_BOUNDS = "out_of_bounds"
    NO_SPACE = "no_space"
    INCOMPLETE = "incomplete"


class NotAVideo(Exception):
    """The file is refused: ``code`` for programs, ``reason`` one sentence for the person who sent it.

    Trying again with the same file ends the same way. The reason never holds a path of this machine.
    """

    def __init__(self, code: RefusalCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class ProbeUnavailable(Exception):
    """The file could not be looked at for a reason that lies with this machine: worth another attempt."""


class TranscodeFailed(Exception):
    """No set was made: ``code`` for programs, ``detail`` a sentence, ``log_tail`` the encoder's last words.

    The detail is fit for the uploader; the log tail is for administrators, it may name codecs and files.
    """

    def __init__(self, code: FailureCode, detail: str, log_tail: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.log_tail = log_tail


class Transfer(StrEnum):
    """How light is coded: everything that is not high dynamic range counts as ``SDR``."""

    SDR = "sdr"
    PQ = "pq"
    HLG = "hlg"


@dataclass(frozen=True)
class VideoStream:
    """The film's one picture stream, as it is stored; ``display_width`` and ``_height`` as it is seen.

    The display size has the rotation and the sample aspect ratio applied. Rates are frames a second.
    ``steady`` says that every frame lasts equally long. Times count from the container's first timestamp.
    ``closed_captions`` says that the frames carry captions themselves (CEA-608 or 708), as broadcasts do.
    """

    index: int
    codec: str
    width: int
    height: int
    display_width: int
    display_height: int
    rotation_degrees: int
    frame_rate: Fraction
    steady: bool
    interlaced: bool
    pixel_format: str
    transfer: Transfer
    wide_gamut: bool
    tagged_matrix: bool
    closed_captions: bool
    start_seconds: float
    end_seconds: float
    kilobits: int


@dataclass(frozen=True)
class AudioStream:
    """One sound stream; ``language`` is a BCP 47 tag, ``und`` where the file names none."""

    index: int
    codec: str
    channels: int
    sample_rate: int
    language: str
    title: str
    default: bool
    commentary: bool
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class SubtitleStream:
    """One stream of text subtitles (pictures of text are left out); ``language`` as in ``AudioStream``."""

    index: int
    codec: str
    language: str
    title: str
    default: bool
    forced: bool
    hearing_impaired: bool


@dataclass(frozen=True)
class SourceProbe:
    """What a film is made of. Streams that are never shown (attachments, covers, data) are left out.

    ``duration_seconds`` is from the first timestamp of the container to the last end of picture or sound.
    """

    format: str
    size_bytes: int
    duration_seconds: float
    video: VideoStream
    audio: tuple[AudioStream, ...]
    subtitles: tuple[SubtitleStream, ...]


class Stage(StrEnum):
    """What is being done right now, in this order."""

    ENCODING = "encoding"
    VERIFYING = "verifying"
    PACKAGING = "packaging"


@dataclass(frozen=True)
class TranscodeProgress:
    """How far it is: ``fraction`` of the whole work, 0 to 1; ``speed`` film seconds a second, if known."""

    stage: Stage
    fraction: float
    speed: float | None = None


@dataclass(frozen=True)
class Rendition:
    """One picture quality. ``bitrate`` is the heaviest segment's, both are bits/s of picture alone."""

    width: int
    height: int
    bitrate: int
    average_bitrate: int
    codecs: str
    playlist: str


@dataclass(frozen=True)
class AudioTrack:
    """One sound track. Bitrates as in ``Rendition``; ``label`` is for people, ``language`` is BCP 47."""

    language: str
    label: str
    channels: int
    bitrate: int
    average_bitrate: int
    codecs: str
    playlist: str


@dataclass(frozen=True)
class SubtitleTrack:
    """One text track: ``file`` is a whole WebVTT file, ``playlist`` the HLS media playlist around it."""

    language: str
    label: str
    forced: bool
    file: str
    playlist: str


@dataclass(frozen=True)
class TranscodeResult:
    """A finished set. Names are relative to its folder; renditions come tallest first."""

    master_playlist: str
    manifest: str
    poster: str
    storyboard: str
    duration_seconds: float
    width: int
    height: int
    renditions: tuple[Rendition, ...]
    audio: tuple[AudioTrack, ...]
    subtitles: tuple[SubtitleTrack, ...]


@dataclass(frozen=True)
class ExtractedText:
    """A film's text track as a whole WebVTT file; ``language`` and ``label`` as in ``SubtitleTrack``."""

    language: str
    label: str
    file: str


Report = Callable[[TranscodeProgress], Awaitable[None]]


class Transcoder(Protocol):
    """Makes streams out of films. Both calls may run many at a time and never block the event loop."""

    async def probe(self, source: Path) -> SourceProbe:
        """Look at a file that a stranger sent, in a process of its own that may use little.

        Takes seconds, whatever the size. Raises ``NotAVideo`` for what is refused, ``FileNotFoundError``
        where there is no file, ``ProbeUnavailable`` where this machine could not look.
        """
        ...

    async def transcode(
        self, source: Path, probe: SourceProbe, into: Path, report: Report
    ) -> TranscodeResult:
        """Write a finished set into the empty folder ``into``, and say how far it is about once a second.

        A set that is returned is whole: it has been compared with the probe. On any way out but that one
        the folder's content is litter, the encoder is gone, and the caller removes the folder. What
        ``report`` raises, and a cancellation, end the work at once and come out unchanged. Raises
        ``TranscodeFailed``.
        """
        ...

    async def extract_texts(self, source: Path, probe: SourceProbe, into: Path) -> tuple[ExtractedText, ...]:
        """Write the film's text tracks, and nothing else of it, into ``into``. Raises ``TranscodeFailed``."""
        ...
