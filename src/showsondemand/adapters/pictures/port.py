"""What we need of whoever makes posters."""

from pathlib import Path
from typing import Protocol


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
        """Writes ``poster`` from the frame ``at_seconds`` after the beginning of ``film``, an MP4 of our own.

        Raises ``NotAPicture`` when there is no frame at that time.
        """
