"""A stream as both formats describe it: tracks of segments that should play at certain times."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from showsondemand.adapters.fetcher.port import ByteRange


class TrackKind(StrEnum):
    MEDIA = "media"
    CAPTIONS = "captions"


@dataclass(frozen=True)
class Piece:
    """A file, or a range of one, that plays from ``starts_at`` for ``seconds`` by what the playlist says."""

    url: str
    wanted: ByteRange | None = None
    starts_at: float = 0.0
    seconds: float = 0.0
    after_break: bool = False  # a discontinuity: its timestamps need not go on


@dataclass
class Track:
    """One rendition, sound track or caption track. ``peak_bits`` is what it declares to need at most, a second."""

    name: str
    kind: TrackKind
    is_rendition: bool = False
    codecs: tuple[str, ...] = ()
    peak_bits: int | None = None
    peak_tolerance: float = 1.1
    width: int | None = None
    height: int | None = None
    header: Piece | None = None
    pieces: list[Piece] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return sum(piece.seconds for piece in self.pieces)

    def samples(self) -> Iterator[Piece]:
        """The first, middle and last segment: what is wrong with a stream shows there or nowhere."""
        last = len(self.pieces) - 1
        yield from (self.pieces[number] for number in sorted({0, last // 2, last}) if last >= 0)
