"""Fetches a track's header and sample segments, and compares what they are with what the playlist says."""

from dataclasses import dataclass, field

from showsondemand.admin.stream_tests.asking import Asking
from showsondemand.admin.stream_tests.boxes import Header, NotMp4, Times, read_header, read_times
from showsondemand.admin.stream_tests.dash import MANIFEST_TYPES
from showsondemand.admin.stream_tests.faults import FaultCode
from showsondemand.admin.stream_tests.found import Found
from showsondemand.admin.stream_tests.hls import PLAYLIST_TYPES
from showsondemand.admin.stream_tests.tracks import Piece, Track, TrackKind

_MEDIA_TYPES = frozenset(
    {"video/mp4", "audio/mp4", "video/iso.segment", "video/mp2t", "audio/aac", "application/mp4"}
)
_CAPTION_TYPES = frozenset({"text/vtt", "application/ttml+xml", "application/mp4"})
_TRANSPORT_SYNC = 0x47
# EXTINF is often rounded to a tenth of a second, and a segment may end with the frame that crosses its border.
_TOLERATED_SECONDS = 0.5
_GAP_SECONDS = 0.25
_TWO = 2
# RFC 8216, 4.3.4.2: a peak is taken over no less than half a target duration; the last segment is often shorter.
_COUNTED_FRACTION = 0.5
# Profile, constraints and level of avc1.PPCCLL.
_AVC_PARTS = 3


@dataclass
class Measured:
    """What a track turned out to be. ``offsets``: by how much each sample is later than the playlist says."""

    track: Track
    fetched: int = 0
    peak_bits: float = 0.0
    offsets: list[float] = field(default_factory=list)


async def measure(track: Track, asking: Asking) -> Measured:
    """Fetches what is needed of ``track``; faults go to ``asking``."""
    measured = Measured(track)
    if track.kind is TrackKind.CAPTIONS:
        await _look_at_captions(measured, asking)
        return measured
    header = await _header(track, asking) if track.header else None
    for number, piece in track.samples():
        await _look_at_segment(measured, number, piece, header, asking)
    _look_at_bandwidth(measured, asking)
    _look_for_gaps(measured, asking)
    return measured


async def _header(track: Track, asking: Asking) -> Header | None:
    assert track.header is not None
    place = f"{track.name}, header"
    fetched = await asking.piece(track.header, place, _MEDIA_TYPES)
    if fetched is None:
        return None
    try:
        header = read_header(fetched.body)
    except NotMp4:
        asking.note(FaultCode.NOT_A_SEGMENT, place, Found.NO_HEADER_SEGMENT)
        return None
    if not track.codecs and track.peak_bits is not None:  # a playlist by itself has no place to say it
        codecs = ", ".join(header.codecs)
        asking.note(FaultCode.CODECS_NOT_DECLARED, track.name, Found.CODECS_FOUND, codecs=codecs)
    for codec in header.codecs:
        if track.codecs and not any(_covers(declared, codec) for declared in track.codecs):
            declared = ", ".join(track.codecs)
            asking.note(
                FaultCode.CODECS_DIFFER, track.name, Found.OTHER_CODEC, declared=declared, codec=codec
            )
    return header


def _covers(declared: str, found: str) -> bool:
    """Whether a player that can play ``declared`` plays ``found``: a higher level of the same profile does."""
    declared, found = declared.lower(), found.lower()
    if declared == found:
        return True
    name, _, rest = declared.partition(".")
    found_name, _, found_rest = found.partition(".")
    if name != found_name:
        return False
    if name in ("avc1", "avc3") and len(rest) == len(found_rest) == _AVC_PARTS * 2:
        return rest[:2] == found_rest[:2] and rest[4:] >= found_rest[4:]
    return "." not in found  # of other codecs only the name is read


async def _look_at_segment(
    measured: Measured, number: int, piece: Piece, header: Header | None, asking: Asking
) -> None:
    track = measured.track
    place = f"{track.name}, segment {number}"
    fetched = await asking.piece(piece, place, _MEDIA_TYPES)
    if fetched is None:
        return
    measured.fetched += 1
    if piece.seconds >= _COUNTED_FRACTION * max(other.seconds for other in track.pieces) > 0:
        measured.peak_bits = max(measured.peak_bits, len(fetched.body) * 8 / piece.seconds)
    if track.header is None:
        _look_at_unheaded(fetched.body, track, place, asking)
    elif header is not None:
        times = _times(fetched.body, header, place, asking)
        if times is not None:
            _compare_times(measured, piece, times, place, asking)


def _look_at_unheaded(body: bytes, track: Track, place: str, asking: Asking) -> None:
    """A transport stream or plain sound needs no header; an MP4 fragment does."""
    if body[4:8] in (b"styp", b"moof", b"sidx"):
        asking.note(FaultCode.NO_MAP, track.name, Found.FRAGMENTS_WITHOUT_HEADER)
    elif body[:1] != bytes([_TRANSPORT_SYNC]) and body[:3] != b"ID3" and body[:1] != b"\xff":
        asking.note(FaultCode.NOT_A_SEGMENT, place, Found.NEITHER_MP4_NOR_TS)
    else:
        asking.note(FaultCode.NOT_LOOKED_INTO, track.name, Found.ONLY_MP4_READ)


def _times(body: bytes, header: Header, place: str, asking: Asking) -> Times | None:
    try:
        return read_times(body, header)
    except NotMp4:
        asking.note(FaultCode.NOT_A_SEGMENT, place, Found.NO_FRAGMENT)
        return None


def _compare_times(measured: Measured, piece: Piece, times: Times, place: str, asking: Asking) -> None:
    if not any(other.after_break for other in measured.track.pieces):
        measured.offsets.append(times.starts_at - piece.starts_at)
    if abs(times.seconds - piece.seconds) > _TOLERATED_SECONDS:
        lengths = {"seconds": times.seconds, "saidSeconds": piece.seconds}
        asking.note(FaultCode.SEGMENT_DURATION_DIFFERS, place, Found.SEGMENT_LENGTH, **lengths)


def _look_at_bandwidth(measured: Measured, asking: Asking) -> None:
    track = measured.track
    if track.peak_bits and measured.peak_bits > track.peak_bits * track.peak_tolerance:
        peaks = {"kilobits": measured.peak_bits / 1000, "declaredKilobits": track.peak_bits / 1000}
        asking.note(FaultCode.BANDWIDTH_EXCEEDED, track.name, Found.PEAK, **peaks)


def _look_for_gaps(measured: Measured, asking: Asking) -> None:
    if len(measured.offsets) < _TWO:
        return
    drift = max(measured.offsets) - min(measured.offsets)
    if drift > _GAP_SECONDS:
        asking.note(FaultCode.GAP, measured.track.name, Found.DRIFT, seconds=drift)


async def _look_at_captions(measured: Measured, asking: Asking) -> None:
    for _, piece in list(measured.track.samples())[:1]:
        place = f"{measured.track.name}, segment 1"
        fetched = await asking.piece(piece, place, _CAPTION_TYPES | PLAYLIST_TYPES | MANIFEST_TYPES)
        if fetched is None:
            continue
        measured.fetched += 1
        text = fetched.body.removeprefix(b"\xef\xbb\xbf")
        if (
            not text.startswith(b"WEBVTT")
            and text[4:8] not in (b"styp", b"moof")
            and b"<tt" not in text[:2000]
        ):
            asking.note(FaultCode.CAPTIONS_BROKEN, place, Found.NO_CAPTION_FORMAT)
