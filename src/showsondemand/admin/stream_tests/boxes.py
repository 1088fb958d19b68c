"""Reads of a fragmented MP4 what a player goes by: codecs, and when a segment begins and how long it is."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_PARENTS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"mvex"})
_DEEPEST = 8
_FULL_BOX = 4
_VISUAL_ENTRY, _AUDIO_ENTRY = 78, 28
_AAC = 0x40
_DESCRIPTOR_OF_STREAM, _DESCRIPTOR_OF_DECODER = 0x03, 0x04


class NotMp4(Exception):
    """The bytes are no MP4 boxes, or lack what every player needs."""


@dataclass(frozen=True)
class Header:
    """What an initialization segment says of its tracks: their codecs, and for each id its clock and sample length."""

    codecs: tuple[str, ...]
    timescales: dict[int, int]
    sample_durations: dict[int, int]


@dataclass(frozen=True)
class Times:
    """When a segment begins and how long it lasts, in seconds."""

    starts_at: float
    seconds: float


def read_header(data: bytes) -> Header:
    """The initialization segment ``data``. Raises ``NotMp4``."""
    codecs, timescales, durations, track_id = [], {}, {}, 0
    try:
        for kind, body in _walk(data):
            if kind == b"tkhd":
                track_id = _number(body, 20 if body[0] == 1 else 12)
            elif kind == b"mdhd":
                timescales[track_id] = _number(body, 20 if body[0] == 1 else 12)
            elif kind == b"stsd":
                codecs += [_codec(entry, content) for entry, content in _boxes(body[_FULL_BOX + 4 :])]
            elif kind == b"trex":
                durations[_number(body, 4)] = _number(body, 12)
    except (struct.error, IndexError, ValueError) as error:
        raise NotMp4 from error
    if not codecs or not timescales or 0 in timescales.values():
        raise NotMp4
    return Header(tuple(codecs), timescales, durations)


def read_times(data: bytes, header: Header) -> Times:
    """The times of the media segment ``data``, by the first track in it. Raises ``NotMp4``."""
    spans: dict[int, list[int]] = {}
    track_id, default = 0, 0
    try:
        for kind, body in _walk(data):
            if kind == b"tfhd":
                track_id = _number(body, 4)
                default = _default_duration(body, header.sample_durations.get(track_id, 0))
            elif kind == b"tfdt":
                start = _number(body, 4) if body[0] == 0 else struct.unpack_from(">Q", body, 4)[0]
                spans.setdefault(track_id, [start, start])[1] = start
            elif kind == b"trun" and track_id in spans:
                spans[track_id][1] += _run_duration(body, default)
        first = next(iter(spans))
        starts, ends = spans[first]
        scale = header.timescales[first]
    except (struct.error, IndexError, ValueError, KeyError, StopIteration) as error:
        raise NotMp4 from error
    return Times(starts / scale, (ends - starts) / scale)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, position + 8)[0], 16
        elif size == 0:
            size = len(data) - position
        if size < head or position + size > len(data):
            raise ValueError("a box is longer than what holds it")
        yield kind, data[position + head : position + size]
        position += size


def _walk(data: bytes, depth: int = 0) -> Iterator[tuple[bytes, bytes]]:
    for kind, body in _boxes(data):
        yield kind, body
        if kind in _PARENTS and depth < _DEEPEST:
            yield from _walk(body, depth + 1)


def _number(body: bytes, offset: int) -> int:
    value: int = struct.unpack_from(">I", body, offset)[0]
    return value


def _default_duration(body: bytes, of_track: int) -> int:
    flags = _number(body, 0) & 0xFFFFFF
    offset = 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return _number(body, offset) if flags & 8 else of_track


def _run_duration(body: bytes, default: int) -> int:
    flags, count = _number(body, 0) & 0xFFFFFF, _number(body, 4)
    if not flags & 0x100:
        return count * default
    offset = 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    width = 4 * (flags >> 8 & 0xF).bit_count()
    return sum(_number(body, offset + sample * width) for sample in range(count))


def _codec(entry: bytes, content: bytes) -> str:
    """The codec as RFC 6381 writes it; of one that is not known here its four letters."""
    name = entry.decode("latin-1")
    if name in ("avc1", "avc3"):
        return f"{name}.{_inner(content, _VISUAL_ENTRY, b'avcC')[1:4].hex()}"
    if name == "mp4a":
        return f"mp4a.{_aac(_inner(content, _AUDIO_ENTRY, b'esds'))}"
    return name


def _inner(content: bytes, after: int, kind: bytes) -> bytes:
    return next((body for found, body in _boxes(content[after:]) if found == kind), b"")


def _aac(esds: bytes) -> str:
    """``40.2`` and the like: the object type of the decoder, and of the sound in it."""
    position, kind = _FULL_BOX, 0
    while position < len(esds):
        tag, position = esds[position], position + 1
        while esds[position] & 0x80:
            position += 1
        position += 1
        if tag == _DESCRIPTOR_OF_STREAM:
            position += 3
        elif tag == _DESCRIPTOR_OF_DECODER:
            kind, position = esds[position], position + 13
        else:
            break
    if kind != _AAC:
        return f"{kind:02x}"
    return f"40.{esds[position] >> 3}"
