"""What can be wrong with a stream, how bad it is, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from showsondemand.admin.stream_tests.found import SENTENCES, Found


class Severity(StrEnum):
    """An error breaks playback somewhere, a warning makes it worse, a note says what was not looked into."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class FaultCode(StrEnum):
    ADDRESS_REFUSED = "address_refused"
    NO_SUCH_HOST = "no_such_host"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BROKEN_ANSWER = "broken_answer"
    MISSING = "missing"
    NOT_A_STREAM = "not_a_stream"
    PLAYLIST_TOO_LONG = "playlist_too_long"
    PLAYLIST_BROKEN = "playlist_broken"
    MANIFEST_HAS_DTD = "manifest_has_dtd"
    MANIFEST_BROKEN = "manifest_broken"
    NO_TARGET_DURATION = "no_target_duration"
    TARGET_DURATION_EXCEEDED = "target_duration_exceeded"
    NOT_ENDED = "not_ended"
    NO_MAP = "no_map"
    NO_SEGMENTS = "no_segments"
    NOT_A_SEGMENT = "not_a_segment"
    CODECS_NOT_DECLARED = "codecs_not_declared"
    CODECS_DIFFER = "codecs_differ"
    BANDWIDTH_EXCEEDED = "bandwidth_exceeded"
    SEGMENT_DURATION_DIFFERS = "segment_duration_differs"
    GAP = "gap"
    RENDITION_SHIFTED = "rendition_shifted"
    NOT_ALIGNED = "not_aligned"
    DURATIONS_DIFFER = "durations_differ"
    CONTENT_TYPE = "content_type"
    NO_CORS = "no_cors"
    SLOWER_THAN_PLAYBACK = "slower_than_playback"
    CAPTIONS_BROKEN = "captions_broken"
    NOT_LOOKED_INTO = "not_looked_into"


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_MEANING: dict[FaultCode, tuple[Severity, str]] = {
    FaultCode.ADDRESS_REFUSED: (_E, "Use an http or https address on the public internet."),
    FaultCode.NO_SUCH_HOST: (_E, "Check the host's name and its DNS records."),
    FaultCode.UNREACHABLE: (_E, "Check that the server runs and that its port is open."),
    FaultCode.TOO_SLOW: (_E, "Put a delivery network in front, or look at what holds the server up."),
    FaultCode.TOO_LARGE: (_E, "Make shorter segments or smaller playlists."),
    FaultCode.TOO_MANY_REDIRECTS: (
        _E,
        "Point the address at the file itself; look for a redirect to itself.",
    ),
    FaultCode.BROKEN_ANSWER: (_E, "Look at the server or proxy: it ends its answers too early."),
    FaultCode.MISSING: (_E, "Put the file there, or take it out of the playlist."),
    FaultCode.NOT_A_STREAM: (_E, "Serve the playlist or manifest itself, not a page around it."),
    FaultCode.PLAYLIST_TOO_LONG: (_E, "Make longer segments, or cut the stream into several."),
    FaultCode.PLAYLIST_BROKEN: (_E, "Write the playlist as RFC 8216 asks."),
    FaultCode.MANIFEST_HAS_DTD: (
        _E,
        "Take the document type and its entities out: players refuse or are harmed by it.",
    ),
    FaultCode.MANIFEST_BROKEN: (_E, "Write the manifest as ISO/IEC 23009-1 asks."),
    FaultCode.NO_TARGET_DURATION: (_E, "Add EXT-X-TARGETDURATION."),
    FaultCode.TARGET_DURATION_EXCEEDED: (_E, "Raise EXT-X-TARGETDURATION to the longest segment, rounded."),
    FaultCode.NOT_ENDED: (_N, "Add EXT-X-ENDLIST unless the stream is live."),
    FaultCode.NO_MAP: (_E, "Add EXT-X-MAP with the initialization segment."),
    FaultCode.NO_SEGMENTS: (_E, "List at least one segment."),
    FaultCode.NOT_A_SEGMENT: (_E, "Serve media there: players stop at anything else."),
    FaultCode.CODECS_NOT_DECLARED: (_W, "Add the codecs: without them players download to find out."),
    FaultCode.CODECS_DIFFER: (_E, "Declare the codecs that the initialization segment has."),
    FaultCode.BANDWIDTH_EXCEEDED: (
        _W,
        "Declare the peak of the segments: players choose by it, and then stall.",
    ),
    FaultCode.SEGMENT_DURATION_DIFFERS: (_W, "Declare the duration that the segment has."),
    FaultCode.GAP: (_E, "Fill the hole in the media, or mark it as a discontinuity."),
    FaultCode.RENDITION_SHIFTED: (_E, "Give all renditions the same timestamps: switching jumps otherwise."),
    FaultCode.NOT_ALIGNED: (_W, "Cut all renditions at the same times, with forced key frames."),
    FaultCode.DURATIONS_DIFFER: (_W, "Give all renditions the same length."),
    FaultCode.CONTENT_TYPE: (_W, "Set the type that the format asks for."),
    FaultCode.NO_CORS: (_W, "Send Access-Control-Allow-Origin: players on other sites cannot read it."),
    FaultCode.SLOWER_THAN_PLAYBACK: (_W, "Deliver faster than the media play, or viewers wait."),
    FaultCode.CAPTIONS_BROKEN: (_W, "Serve WebVTT, beginning with WEBVTT."),
    FaultCode.NOT_LOOKED_INTO: (_N, "Nothing has to be done."),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, and what was found there; ``params`` is what is named in it."""

    code: FaultCode
    place: str
    found: Found
    params: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def detail(self) -> str:
        """What was found, in a sentence."""
        return SENTENCES[self.found].format(**self.params)

    @property
    def severity(self) -> Severity:
        return _MEANING[self.code][0]

    @property
    def remedy(self) -> str:
        """What to do about it, in a sentence."""
        return _MEANING[self.code][1]
