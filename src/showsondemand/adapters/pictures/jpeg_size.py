"""How large a JPEG is, by its header alone: nothing is decoded."""

import struct
from pathlib import Path
from typing import BinaryIO

from showsondemand.adapters.pictures.port import Size

_START = b"\xff\xd8"
# Start-of-frame markers; the three left out of C0 to CF say something else (ITU T.81, table B.1).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = 0xFF
_MOST_SEGMENTS = 100


def jpeg_size(path: Path) -> Size:
    """Raises ``ValueError`` for what is no JPEG."""
    with path.open("rb") as file:
        if file.read(2) != _START:
            raise ValueError("not a JPEG")
        try:
            return _size(file)
        except struct.error as cut_off:
            raise ValueError("cut off before its size") from cut_off


def _size(file: BinaryIO) -> Size:
    for _ in range(_MOST_SEGMENTS):
        start, marker, length = struct.unpack(">BBH", file.read(4))
        if start != _MARKER:
            break
        if marker in _FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            if width and height:
                return Size(width, height)
            break
        file.seek(length - 2, 1)
    raise ValueError("has no size")
