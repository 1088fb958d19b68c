"""DASH manifests (ISO/IEC 23009-1) as tracks of segments. Document types are refused before anything unfolds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from showsondemand.adapters.fetcher.port import Fetched
from showsondemand.admin.stream_tests.asking import Asking
from showsondemand.admin.stream_tests.faults import FaultCode
from showsondemand.admin.stream_tests.found import Found
from showsondemand.admin.stream_tests.tracks import Piece, Track, TrackKind, address_from, whole_number

MANIFEST_TYPES = frozenset({"application/dash+xml", "application/xml", "text/xml"})
_MOST_TRACKS = 40
_MOST_SEGMENTS = 50_000  # of one track
_MOST_SEGMENTS_IN_ALL = 100_000
# What a representation declares is kept over a buffer's time, not by each segment as in HLS.
_PEAK_TOLERANCE = 2.0
_NAMESPACE = re.compile(r"^\{[^}]*\}")
_DURATION = re.compile(r"^P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d*)?)S)?)?$")
_VARIABLE = re.compile(r"\$(RepresentationID|Number|Time|Bandwidth|)(?:%0(\d{1,2})d)?\$")


class _HasDocumentType(Exception):
    pass


@dataclass(frozen=True)
class _Template:
    """Where the segments of one representation lie, and how their times are counted."""

    element: Element
    base: str
    representation: Element
    seconds: float

    @property
    def timescale(self) -> int:
        return max(1, _whole(self.element.get("timescale"), 1))

    def url(self, name: str, *, number: int = 0, time: int = 0) -> str:
        """The address that a template attribute writes for a segment."""
        values = {
            "RepresentationID": self.representation.get("id", ""),
            "Bandwidth": _whole(self.representation.get("bandwidth"), 0),
            "Number": number,
            "Time": time,
        }

        def value(found: re.Match[str]) -> str:
            if not found.group(1):
                return "$"
            width = int(found.group(2) or 1)
            written = values[found.group(1)]
            return f"{written:0{width}d}" if isinstance(written, int) else str(written)

        return address_from(self.base, _VARIABLE.sub(value, self.element.get(name, "")))


def looks_like_manifest(fetched: Fetched) -> bool:
    head = fetched.body[:4096].replace(b"\x00", b"")
    return b"<MPD" in head or (b"<?xml" in head and b"<html" not in head.lower()) or b"<!DOCTYPE MPD" in head


def dash_tracks(fetched: Fetched, asking: Asking) -> list[Track]:
    """Every representation of the first period; none, with a fault, where the manifest cannot be used."""
    root = _parsed(fetched.body, asking)
    if root is None:
        return []
    if root.get("type") == "dynamic":
        asking.note(FaultCode.NOT_ENDED, "manifest", Found.LIVE_MANIFEST)
    periods = list(_children(root, "Period"))
    if not periods:
        asking.note(FaultCode.MANIFEST_BROKEN, "manifest", Found.NO_PERIOD)
        return []
    if len(periods) > 1:
        asking.note(FaultCode.NOT_LOOKED_INTO, "manifest", Found.ONLY_FIRST_PERIOD)
    seconds = _seconds(periods[0].get("duration") or root.get("mediaPresentationDuration"))
    base = _base(_base(fetched.url, root), periods[0])
    tracks: list[Track] = []
    segments = 0
    for adaptation, representation in _representations(periods[0]):
        if len(tracks) == _MOST_TRACKS or segments >= _MOST_SEGMENTS_IN_ALL:
            asking.note(FaultCode.NOT_LOOKED_INTO, "manifest", Found.ONLY_SOME_TRACKS, tracks=len(tracks))
            break
        tracks.append(_track(adaptation, representation, base, seconds, asking))
        segments += len(tracks[-1].pieces)
    if not tracks:
        asking.note(FaultCode.NO_SEGMENTS, "manifest", Found.NO_REPRESENTATION)
    return tracks


def _representations(period: Element) -> Iterator[tuple[Element, Element]]:
    """Each with the adaptation set that it is of."""
    for adaptation in _children(period, "AdaptationSet"):
        for representation in _children(adaptation, "Representation"):
            yield adaptation, representation


def _parsed(body: bytes, asking: Asking) -> Element | None:
    """The manifest's root. A first pass in whatever encoding looks for a document type, which holds the bombs."""

    def refuse(*_: object) -> None:
        raise _HasDocumentType

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
        root = fromstring(body)  # noqa: S314 - what could harm was refused a line above
    except _HasDocumentType:
        asking.note(FaultCode.MANIFEST_HAS_DTD, "manifest", Found.DOCUMENT_TYPE)
        return None
    except (expat.ExpatError, ParseError, ValueError):
        asking.note(FaultCode.MANIFEST_BROKEN, "manifest", Found.NOT_WELL_FORMED)
        return None
    if _name(root) != "MPD":
        asking.note(FaultCode.NOT_A_STREAM, "manifest", Found.ROOT_NOT_MPD)
        return None
    return root


def _track(adaptation: Element, representation: Element, base: str, seconds: float, asking: Asking) -> Track:
    def said(name: str) -> str:
        return representation.get(name) or adaptation.get(name) or ""

    kind = said("contentType") or said("mimeType").partition("/")[0]
    captions = kind in ("text", "application")
    codecs = tuple(codec.strip() for codec in said("codecs").split(",") if codec.strip())
    track = Track(
        f"{kind or 'representation'} {representation.get('id', '')}".strip(),
        TrackKind.CAPTIONS if captions else TrackKind.MEDIA,
        is_rendition=kind == "video",
        codecs=codecs,
        peak_bits=_whole(representation.get("bandwidth"), 0) or None,
        peak_tolerance=_PEAK_TOLERANCE,
        width=_whole(said("width"), 0) or None,
        height=_whole(said("height"), 0) or None,
    )
    own_base = _base(_base(base, adaptation), representation)
    template = _inherited(adaptation, representation, "SegmentTemplate")
    if template is not None:
        _fill(track, _Template(template, own_base, representation, seconds), asking)
    elif captions:
        track.pieces.append(Piece(own_base, seconds=seconds))
    else:
        asking.note(FaultCode.NOT_LOOKED_INTO, track.name, Found.NO_SEGMENT_TEMPLATE)
    return track


def _fill(track: Track, template: _Template, asking: Asking) -> None:
    """Gives the track its header and its segments."""
    if template.element.get("initialization"):
        track.header = Piece(template.url("initialization"))
    timeline = next(_children(template.element, "SegmentTimeline"), None)
    if timeline is None:
        track.pieces = list(_counted_pieces(template))
    else:
        track.pieces = list(_timed_pieces(template, timeline, track, asking))
    if not track.pieces:
        asking.note(FaultCode.NO_SEGMENTS, track.name, Found.NOTHING_IN_MANIFEST)


def _counted_pieces(template: _Template) -> Iterator[Piece]:
    length = _whole(template.element.get("duration"), 0) / template.timescale
    count = ceil(template.seconds / length - 1e-6) if length > 0 else 0
    first = _whole(template.element.get("startNumber"), 1)
    for position in range(min(count, _MOST_SEGMENTS)):
        starts_at = position * length
        url = template.url("media", number=first + position, time=round(starts_at * template.timescale))
        yield Piece(url, starts_at=starts_at, seconds=min(length, template.seconds - starts_at))


def _timed_pieces(template: _Template, timeline: Element, track: Track, asking: Asking) -> Iterator[Piece]:
    offset = _whole(template.element.get("presentationTimeOffset"), 0)
    number, clock, count = _whole(template.element.get("startNumber"), 1), 0, 0
    for run in _children(timeline, "S"):
        begins, length = _whole(run.get("t"), clock), _whole(run.get("d"), 0)
        if count and begins > clock:
            left_out = (begins - clock) / template.timescale
            asking.note(FaultCode.GAP, track.name, Found.TIMELINE_GAP, seconds=left_out)
        clock = begins
        times = _whole(run.get("r"), 0)
        if times < 0:  # until the period ends
            end = template.seconds * template.timescale + offset
            times = ceil((end - clock) / length) - 1 if length else 0
        for _ in range(min(times + 1, _MOST_SEGMENTS - count)):
            starts_at = (clock - offset) / template.timescale
            url = template.url("media", number=number, time=clock)
            yield Piece(url, starts_at=starts_at, seconds=length / template.timescale)
            clock, number, count = clock + length, number + 1, count + 1


def _inherited(adaptation: Element, representation: Element, name: str) -> Element | None:
    """A representation's own element, completed by that of its adaptation set."""
    outer = next(_children(adaptation, name), None)
    inner = next(_children(representation, name), None)
    if inner is None or outer is None:
        return inner if inner is not None else outer
    merged = Element(name, {**outer.attrib, **inner.attrib})
    merged.extend(list(inner) or list(outer))
    return merged


def _base(url: str, element: Element) -> str:
    own = next(_children(element, "BaseURL"), None)
    return address_from(url, (own.text or "").strip()) if own is not None else url


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _name(child) == name)


def _name(element: Element) -> str:
    return _NAMESPACE.sub("", element.tag)


def _whole(value: str | None, otherwise: int) -> int:
    """Also below zero, as a run of segments to the end is written."""
    text = (value or "").strip()
    number = whole_number(text.removeprefix("-"))
    if number is None:
        return otherwise
    return -number if text.startswith("-") else number


def _seconds(value: str | None) -> float:
    found = _DURATION.match(value or "")
    if found is None:
        return 0.0
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
