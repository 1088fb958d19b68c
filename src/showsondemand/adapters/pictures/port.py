"""What we need of whoever makes posters, and their copies in the sizes that screens ask for."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

# How wide a poster's copies are: a card on a phone, one on a large screen, the opening picture of a phone, of a laptop.
COPY_WIDTHS = (320, 640, 960, 1280)


def copy_name(width: int) -> str:
    """What the copy of that width is called."""
    return f"poster-{width}.jpg"


@dataclass(frozen=True)
class Size:
    """Of a picture, in pixels."""

    width: int
    height: int


@dataclass(frozen=True)
class PosterCopies:
    """``copies`` are the sizes of the files made, ``preview`` a PNG of a few pixels, to be shown until one is there."""

    poster: Size
    copies: list[Size]
    preview: bytes


class NotAPicture(Exception):
    """The file is no PNG, JPEG or WebP picture, is too large to unfold, or holds nothing to see."""


class PictureMaker(Protocol):
    """Makes posters: JPEG, at most 1,920 pixels a side, nothing of the source's metadata in them.

    Every picture is decoded and encoded anew, so that nothing but its pixels gets through. A source of more than
    40 million pixels is refused before it is unfolded. Works in a process of its own that is gone when the call
    ends, however it ends.
    """

    async def poster_of_picture(self, picture: Path, poster: Path) -> None:
        """Writes ``poster`` from a picture of a stranger. Raises ``NotAPicture``."""

    async def poster_of_film(self, film: Path, at_seconds: float, poster: Path) -> None:
        """Writes ``poster`` from the frame ``at_seconds`` after the beginning of ``film``.

        It is a few seconds of MP4 or MPEG-TS. Raises ``NotAPicture`` when there is no frame at that time.
        """

    async def copies_of_poster(self, poster: Path, folder: Path) -> PosterCopies:
        """Writes smaller copies of a poster (a JPEG) into ``folder``, named by ``copy_name``.

        Only of those ``COPY_WIDTHS`` that are less wide than the poster. Raises ``NotAPicture``.
        """
