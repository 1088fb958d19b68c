"""Finds the piece of a stored media set that shows a given second of the film."""

import asyncio
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from showsondemand.adapters.storage.port import Storage

_BANDWIDTH = re.compile(r"[:,]BANDWIDTH=(\d+)")
_MAP = re.compile(r'#EXT-X-MAP:URI="([^"]+)"')
_DURATION = re.compile(r"#EXTINF:([\d.]+)")


class NoSuchFrame(Exception):
    """The film is not as long as that."""


@dataclass(frozen=True)
class Piece:
    """A playable MP4, and how many seconds into it the frame stands."""

    film: Path
    at_seconds: float


async def piece_of_film(storage: Storage, master_key: str, at_seconds: float, scratch: Path) -> Piece:
    """The segment of the best rendition that holds the second, behind its header, as a file in ``scratch``.

    ``master_key`` is the master playlist of a set of our own making. Raises ``NoSuchFrame``, and
    ``FileNotFoundError`` and ``StorageAway`` as the storage does.
    """
    folder = master_key.rpartition("/")[0]
    master = await _text(storage, master_key, scratch)
    playlist = await _text(storage, f"{folder}/{_best_rendition(master)}", scratch)
    header = _MAP.search(playlist)
    segment, begins_at = _segment_at(playlist, at_seconds)
    names = [segment] if header is None else [header.group(1), segment]
    parts = [await storage.local_copy(f"{folder}/{name}", scratch) for name in names]
    film = scratch / "piece.mp4"
    await asyncio.to_thread(_join, parts, film)
    return Piece(film, at_seconds - begins_at)


async def _text(storage: Storage, key: str, scratch: Path) -> str:
    path = await storage.local_copy(key, scratch)
    return await asyncio.to_thread(path.read_text, encoding="utf-8")


def _best_rendition(master: str) -> str:
    lines = master.splitlines()
    variants = [
        (int(found.group(1)), lines[number + 1])
        for number, line in enumerate(lines)
        if line.startswith("#EXT-X-STREAM-INF") and (found := _BANDWIDTH.search(line))
    ]
    return max(variants)[1]


def _segment_at(playlist: str, at_seconds: float) -> tuple[str, float]:
    """The segment's name and at which second it begins. The end of the film belongs to the last one."""
    lines = playlist.splitlines()
    begins_at = 0.0
    for number, line in enumerate(lines):
        found = _DURATION.match(line)
        if found is None:
            continue
        ends_at = begins_at + float(found.group(1))
        if at_seconds < ends_at:
            return lines[number + 1], begins_at
        begins_at = ends_at
    raise NoSuchFrame


def _join(parts: list[Path], film: Path) -> None:
    with film.open("wb") as joined:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, joined)
