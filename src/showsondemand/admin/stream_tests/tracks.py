"""A stream as both formats describe it: tracks of segments that should play at certain times."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urljoin

from showsondemand.adapters.fetcher.port import ByteRange

# Enough for every number that means something, and few enough to be counted with.
_MOST_DIGITS = 15


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

    def samples(self) -> Iterator[tuple[int, Piece]]:
        """The first, middle and last segment, each with its number: what is wrong shows there or nowhere."""
        last = len(self.pieces) - 1
        yield from ((place + 1, self.pieces[place]) for place in sorted({0, last // 2, last}) if last >= 0)


def whole_number(text: str) -> int | None:
    """The number that a stranger wrote; ``None`` for what is none, or is too long to mean anything."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def address_from(base: str, written: str) -> str:
    """The address that ``written`` means at ``base``; what cannot be read stays as it is, to be refused when asked."""
    try:
        return urljoin(base, written)
    except ValueError:
        return written
