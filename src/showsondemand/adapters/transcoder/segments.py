"""The segments that ffmpeg wrote: how long and how big each is, from the muxer's manifest and the folder."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

from showsondemand.adapters.transcoder.set_names import MUXER_MANIFEST, init_file, segment_file

_BOX_HEAD_BYTES, _LONG_HEAD_BYTES = 8, 16
_MPD = {"mpd": "urn:mpeg:dash:schema:mpd:2011"}


@dataclass(frozen=True)
class Segment:
    """One file of a stream; ``ticks`` of the stream's timescale long."""

    file: str
    ticks: int
    size_bytes: int


@dataclass(frozen=True)
class SegmentedStream:
    """One rendition or sound track. ``number`` is in its files' names; ``timescale`` is ticks a second."""

    number: int
    timescale: int
    start_ticks: int
    codecs: str
    init: str
    segments: tuple[Segment, ...]

    @property
    def seconds(self) -> float:
        """How long all segments last together."""
        return sum(segment.ticks for segment in self.segments) / self.timescale

    def seconds_of(self, segment: Segment) -> float:
        """How long one segment lasts."""
        return segment.ticks / self.timescale

    @property
    def target_seconds(self) -> int:
        """HLS's target duration: no segment is longer when rounded to whole seconds (RFC 8216, 4.3.3.1)."""
        return max(1, *(round(self.seconds_of(segment)) for segment in self.segments))

    @property
    def average_bits(self) -> int:
        """Bits a second over the whole stream."""
        size = sum(segment.size_bytes for segment in self.segments)
        return round(size * 8 / self.seconds) if self.seconds else 0

    @property
    def peak_bits(self) -> int:
        """The largest bitrate of any run of segments of 0.5 to 1.5 target durations (RFC 8216, 4.1)."""
        least, most = Fraction(self.target_seconds, 2), Fraction(self.target_seconds * 3, 2)
        peak = Fraction(0)
        for first in range(len(self.segments)):
            size = ticks = 0
            for segment in self.segments[first:]:
                size, ticks = size + segment.size_bytes, ticks + segment.ticks
                seconds = Fraction(ticks, self.timescale)
                if seconds > most:
                    break
                if seconds >= least:
                    peak = max(peak, size * 8 / seconds)
        return max(round(peak), self.average_bits)


def read_segments(folder: Path) -> tuple[SegmentedStream, ...]:
    """Every stream that the muxer wrote into ``folder``, in the order of the command's maps.

    Raises ``FileNotFoundError`` where a file is missing and ``ValueError`` where one, or the manifest, is cut short.
    """
    try:
        manifest = ET.parse(folder / MUXER_MANIFEST)  # noqa: S314 - our own muxer's file, not a stranger's
    except ET.ParseError as error:
        raise ValueError("The muxer left an unfinished manifest.") from error
    return tuple(_stream(folder, found) for found in manifest.iterfind(".//mpd:Representation", _MPD))


def _stream(folder: Path, representation: "ET.Element") -> SegmentedStream:
    template = representation.find("mpd:SegmentTemplate", _MPD)
    if template is None:
        raise ValueError("The muxer wrote a stream without segments.")
    number = int(representation.attrib["id"])
    steps = template.findall("mpd:SegmentTimeline/mpd:S", _MPD)
    ticks = [int(step.attrib["d"]) for step in steps for _ in range(int(step.get("r", "0")) + 1)]
    if not ticks:
        raise ValueError("The muxer wrote a stream without segments.")
    names = [segment_file(number, count) for count in range(1, len(ticks) + 1)]
    return SegmentedStream(
        number=number,
        timescale=int(template.attrib["timescale"]),
        start_ticks=int(steps[0].get("t", "0")),
        codecs=representation.attrib["codecs"],
        init=init_file(number),
        segments=tuple(
            Segment(name, length, _whole_size(folder / name))
            for name, length in zip(names, ticks, strict=True)
        ),
    )


def _whole_size(file: Path) -> int:
    """The file's size, which is that of its boxes together. Raises ``ValueError`` where its last box is cut short."""
    size = file.stat().st_size
    position = 0
    with file.open("rb") as segment:
        while position < size:
            segment.seek(position)
            head = segment.read(_LONG_HEAD_BYTES)
            length = int.from_bytes(head[:4], "big")
            if length == 1:  # then the length itself follows the box's name
                length = int.from_bytes(head[_BOX_HEAD_BYTES:], "big")
            if length < _BOX_HEAD_BYTES:
                break
            position += length
    if position != size:
        raise ValueError(f"{file.name} is cut short.")
    return size
