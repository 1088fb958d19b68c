"""One test of one stream: read it, measure its tracks, compare them with each other."""

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum

from showsondemand.adapters.fetcher.port import Fetcher
from showsondemand.admin.stream_tests.asking import Asking
from showsondemand.admin.stream_tests.dash import MANIFEST_TYPES, dash_tracks, looks_like_manifest
from showsondemand.admin.stream_tests.faults import Fault, FaultCode, Severity
from showsondemand.admin.stream_tests.found import Found
from showsondemand.admin.stream_tests.hls import PLAYLIST_TYPES, hls_tracks, is_playlist
from showsondemand.admin.stream_tests.measuring import Measured, measure
from showsondemand.admin.stream_tests.tracks import TrackKind

# A tenth of a second is what viewers hear between lips and voice.
_SHIFT_SECONDS = 0.1
_ALIGNED_SECONDS = 0.1
_LENGTH_SECONDS, _LENGTH_FRACTION = 0.5, 0.01
_TWO = 2


class StreamKind(StrEnum):
    HLS = "hls"
    DASH = "dash"


@dataclass(frozen=True)
class Result:
    """What came out: the tracks as they are, the faults, how many more of a kind there are, and what it took."""

    kind: StreamKind | None
    tracks: list[Measured] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: dict[FaultCode, int] = field(default_factory=dict)
    requests: int = 0
    received_bytes: int = 0
    seconds: float = 0.0
    slowest_seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not any(fault.severity is Severity.ERROR for fault in self.faults)


async def check_stream(fetcher: Fetcher, url: str) -> Result:
    """Tests the HLS or DASH stream at ``url``. Whatever is wrong with it is a fault in the result, never raised."""
    asking = Asking(fetcher)
    kind: StreamKind | None = None
    first = await asking.playlist(url, "stream", PLAYLIST_TYPES | MANIFEST_TYPES)
    if first is not None and is_playlist(first):
        kind, tracks = StreamKind.HLS, await hls_tracks(first, asking)
    elif first is not None and looks_like_manifest(first):
        kind, tracks = StreamKind.DASH, await asyncio.to_thread(dash_tracks, first, asking)
    else:
        tracks = []
        if first is not None:
            asking.note(FaultCode.NOT_A_STREAM, "stream", Found.NEITHER_HLS_NOR_DASH)
    measured = [await measure(track, asking) for track in tracks]
    _compare(measured, asking)
    return Result(
        kind=kind,
        tracks=measured,
        faults=_worst_first(asking.faults),
        left_out=asking.left_out,
        requests=asking.requests,
        received_bytes=asking.received_bytes,
        seconds=asking.seconds,
        slowest_seconds=asking.slowest_seconds,
    )


def _compare(measured: list[Measured], asking: Asking) -> None:
    """Every media track against the first rendition: length, cuts, and when it begins."""
    media = [each for each in measured if each.track.kind is TrackKind.MEDIA and each.track.pieces]
    if len(media) < _TWO:
        return
    reference = next((each for each in media if each.track.is_rendition), media[0])
    for each in media:
        if each is not reference:
            _compare_lengths(each, reference, asking)
            _compare_starts(each, reference, asking)
            if each.track.is_rendition:
                _compare_cuts(each, reference, asking)


def _compare_lengths(each: Measured, reference: Measured, asking: Asking) -> None:
    own, other = each.track.seconds, reference.track.seconds
    if abs(own - other) > max(_LENGTH_SECONDS, other * _LENGTH_FRACTION):
        asking.note(
            FaultCode.DURATIONS_DIFFER,
            each.track.name,
            Found.LENGTHS,
            seconds=own,
            other=reference.track.name,
            otherSeconds=other,
        )


def _compare_starts(each: Measured, reference: Measured, asking: Asking) -> None:
    if not each.offsets or not reference.offsets:
        return
    shift = each.offsets[0] - reference.offsets[0]
    if abs(shift) > _SHIFT_SECONDS:
        name = each.track.name
        asking.note(FaultCode.RENDITION_SHIFTED, name, Found.SHIFT, seconds=shift, other=reference.track.name)


def _compare_cuts(each: Measured, reference: Measured, asking: Asking) -> None:
    own = [piece.starts_at for piece in each.track.pieces]
    others = [piece.starts_at for piece in reference.track.pieces]
    if len(own) != len(others):
        asking.note(
            FaultCode.NOT_ALIGNED,
            each.track.name,
            Found.SEGMENT_COUNTS,
            segments=len(own),
            other=reference.track.name,
            otherSegments=len(others),
        )
        return
    for position, (start, other) in enumerate(zip(own, others, strict=True), 1):
        if abs(start - other) > _ALIGNED_SECONDS:
            asking.note(
                FaultCode.NOT_ALIGNED,
                each.track.name,
                Found.CUTS,
                segment=position,
                seconds=start,
                other=reference.track.name,
                otherSeconds=other,
            )
            return


def _worst_first(faults: list[Fault]) -> list[Fault]:
    rank = list(Severity)
    return sorted(faults, key=lambda fault: rank.index(fault.severity))
