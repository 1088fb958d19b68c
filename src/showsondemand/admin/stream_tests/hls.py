"""HLS playlists (RFC 8216), read strictly: what a lenient player guesses, another one stumbles over."""

import asyncio
import re
from dataclasses import dataclass, replace

from showsondemand.adapters.fetcher.port import ByteRange, Fetched
from showsondemand.admin.stream_tests.asking import Asking
from showsondemand.admin.stream_tests.faults import FaultCode
from showsondemand.admin.stream_tests.found import Found
from showsondemand.admin.stream_tests.tracks import Piece, Track, TrackKind, address_from, whole_number

PLAYLIST_TYPES = frozenset(
    {"application/vnd.apple.mpegurl", "application/x-mpegurl", "audio/mpegurl", "audio/x-mpegurl"}
)
MOST_LINES = 50_000
_MOST_TRACKS = 40
_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s][^",]*)(?:,|$)')
_SECONDS = re.compile(r"\d{1,9}(\.\d{1,9})?(?!\d)", re.ASCII)


@dataclass
class _Reading:
    """How far a media playlist was read."""

    track: Track
    seconds: float | None = None
    length: int | None = None
    first: int = 0
    clock: float = 0.0
    after_break: bool = False
    target: int | None = None
    ended: bool = False
    longest: float = 0.0


def is_playlist(fetched: Fetched) -> bool:
    return fetched.body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"#EXTM3U")


def lines_of(fetched: Fetched, asking: Asking, place: str) -> list[str]:
    """The playlist's lines; none, with a fault, where it is no playlist or one that nobody could play."""
    if not is_playlist(fetched):
        asking.note(FaultCode.NOT_A_STREAM, place, Found.NO_EXTM3U)
        return []
    lines = [line.strip() for line in fetched.body.decode("utf-8", "replace").splitlines()]
    if len(lines) > MOST_LINES:
        asking.note(FaultCode.PLAYLIST_TOO_LONG, place, Found.LINES, lines=len(lines))
        return []
    return [line for line in lines if line]


async def hls_tracks(fetched: Fetched, asking: Asking) -> list[Track]:
    """Every rendition, sound and caption track of a playlist, master or not."""
    lines = lines_of(fetched, asking, "master playlist")
    if not any(line.startswith("#EXT-X-STREAM-INF") for line in lines):
        track = Track("rendition 1", TrackKind.MEDIA, is_rendition=True)
        return [await asyncio.to_thread(_read_media, track, lines, fetched.url, asking)] if lines else []
    # Reading goes on beside the event loop: a stranger's playlist may take a second, and there are forty of them.
    described = await asyncio.to_thread(_described, lines, fetched.url, asking)
    if len(described) > _MOST_TRACKS:
        asking.note(FaultCode.NOT_LOOKED_INTO, "master playlist", Found.ONLY_SOME_TRACKS, tracks=_MOST_TRACKS)
    tracks = []
    for url, track in list(described.items())[:_MOST_TRACKS]:
        playlist = await asking.playlist(url, track.name, PLAYLIST_TYPES)
        found = lines_of(playlist, asking, track.name) if playlist else []
        if playlist and found:
            await asyncio.to_thread(_read_media, track, found, playlist.url, asking)
        tracks.append(track)
    return tracks


def _described(lines: list[str], base: str, asking: Asking) -> dict[str, Track]:
    """The tracks that a master playlist names, each address once."""
    tracks: dict[str, Track] = {}
    groups: dict[str, set[str]] = {}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("#EXT-X-STREAM-INF:"):
            attributes = _attributes(line)
            if not following or following.startswith("#"):
                asking.note(FaultCode.PLAYLIST_BROKEN, "master playlist", Found.VARIANT_WITHOUT_ADDRESS)
                continue
            codecs = {codec.strip() for codec in attributes.get("CODECS", "").split(",") if codec.strip()}
            groups.setdefault(attributes.get("AUDIO", ""), set()).update(codecs)
            _add_variant(tracks, address_from(base, following), attributes, codecs, asking)
    for line in lines:
        attributes = _attributes(line) if line.startswith("#EXT-X-MEDIA:") else {}
        if "URI" in attributes:
            _add_media(tracks, address_from(base, attributes["URI"]), attributes, groups)
    return tracks


def _add_variant(
    tracks: dict[str, Track], url: str, attributes: dict[str, str], codecs: set[str], asking: Asking
) -> None:
    number = len(tracks) + 1
    width, _, height = attributes.get("RESOLUTION", "").partition("x")
    bandwidth = whole_number(attributes.get("BANDWIDTH", ""))
    if bandwidth is None:
        asking.note(FaultCode.PLAYLIST_BROKEN, f"rendition {number}", Found.NO_BANDWIDTH)
    if url in tracks:  # the same picture with another sound
        known = tracks[url]
        known.codecs = tuple(sorted({*known.codecs, *codecs}))
        return
    tracks[url] = Track(
        f"rendition {number}" + (f" ({width}x{height})" if height else ""),
        TrackKind.MEDIA,
        is_rendition=True,
        codecs=tuple(sorted(codecs)),
        peak_bits=bandwidth,
        width=whole_number(width),
        height=whole_number(height),
    )


def _add_media(
    tracks: dict[str, Track], url: str, attributes: dict[str, str], groups: dict[str, set[str]]
) -> None:
    kind = attributes.get("TYPE", "")
    name = f"{kind.lower()} {attributes.get('NAME', '')}".strip()
    if kind == "SUBTITLES":
        tracks.setdefault(url, Track(name, TrackKind.CAPTIONS))
    elif kind == "AUDIO":
        codecs = tuple(sorted(groups.get(attributes.get("GROUP-ID", ""), ())))
        tracks.setdefault(url, Track(name, TrackKind.MEDIA, codecs=codecs))


def _read_media(track: Track, lines: list[str], base: str, asking: Asking) -> Track:
    """Reads the segments of a media playlist into ``track``."""
    reading = _Reading(track)
    for line in lines:
        if line.startswith("#"):
            _read_tag(reading, line, base, asking)
        else:
            _read_address(reading, address_from(base, line), asking)
    if not track.pieces:
        asking.note(FaultCode.NO_SEGMENTS, track.name, Found.NOTHING_IN_PLAYLIST)
    if reading.target is None:
        asking.note(FaultCode.NO_TARGET_DURATION, track.name, Found.NO_TARGET_TAG)
    elif round(reading.longest) > reading.target:
        lengths = {"longest": reading.longest, "target": reading.target}
        asking.note(FaultCode.TARGET_DURATION_EXCEEDED, track.name, Found.OVER_TARGET, **lengths)
    if not reading.ended:
        asking.note(FaultCode.NOT_ENDED, track.name, Found.OPEN_PLAYLIST)
    return track


def _read_tag(reading: _Reading, line: str, base: str, asking: Asking) -> None:
    name, _, value = line.partition(":")
    if name == "#EXTINF":
        found = _SECONDS.match(value)
        reading.seconds = float(found.group()) if found else None
    elif name == "#EXT-X-TARGETDURATION":
        reading.target = whole_number(value)
    elif name == "#EXT-X-BYTERANGE":
        reading.length, reading.first = _byte_range(value, reading.first)
    elif name == "#EXT-X-MAP":
        reading.track.header = reading.track.header or _map(_attributes(line), base)
    elif name == "#EXT-X-DISCONTINUITY":
        reading.after_break = True
    elif name == "#EXT-X-GAP":
        asking.note(FaultCode.GAP, reading.track.name, Found.GAP_TAG, seconds=reading.clock)
    elif name == "#EXT-X-ENDLIST":
        reading.ended = True


def _read_address(reading: _Reading, url: str, asking: Asking) -> None:
    if reading.seconds is None:
        asking.note(FaultCode.PLAYLIST_BROKEN, reading.track.name, Found.NO_EXTINF)
        reading.seconds = 0.0
    wanted = ByteRange(reading.first, reading.length) if reading.length is not None else None
    piece = Piece(url, wanted, reading.clock, reading.seconds)
    reading.track.pieces.append(replace(piece, after_break=reading.after_break))
    reading.clock += reading.seconds
    reading.longest = max(reading.longest, reading.seconds)
    reading.first += reading.length or 0
    reading.seconds, reading.length, reading.after_break = None, None, False


def _byte_range(value: str, here: int) -> tuple[int | None, int]:
    written_length, _, written_first = value.partition("@")
    length, first = whole_number(written_length), whole_number(written_first) if written_first else here
    return (length, first) if length is not None and first is not None else (None, here)


def _map(attributes: dict[str, str], base: str) -> Piece | None:
    if "URI" not in attributes:
        return None
    length, first = _byte_range(attributes.get("BYTERANGE", ""), 0)
    return Piece(
        address_from(base, attributes["URI"]), ByteRange(first, length) if length is not None else None
    )


def _attributes(line: str) -> dict[str, str]:
    return {name: value.strip('"') for name, value in _ATTRIBUTE.findall(line.partition(":")[2])}
