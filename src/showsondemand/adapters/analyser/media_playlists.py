"""Reads the playlists of a set of our own: its tracks, and when each of their segments plays."""

import re
from dataclasses import dataclass
from pathlib import Path

_BANDWIDTH = re.compile(r"[:,]BANDWIDTH=(\d+)")
_AUDIO_URI = re.compile(r'^#EXT-X-MEDIA:TYPE=AUDIO,.*URI="([^"/]+)"')
_DURATION = re.compile(r"^#EXTINF:([\d.]+)", re.MULTILINE)


@dataclass(frozen=True)
class Tracks:
    """The media playlists of a set; ``lightest`` is the position of the picture that costs least to decode."""

    pictures: tuple[Path, ...]
    sounds: tuple[Path, ...]
    lightest: int


def tracks_of(master: Path) -> Tracks:
    """The set's tracks, each once. Raises ``ValueError`` for a playlist that lists no picture."""
    lines = master.read_text(encoding="utf-8").splitlines()
    bandwidths: dict[str, int] = {}
    sounds: dict[str, None] = {}
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith("#EXT-X-STREAM-INF") and (found := _BANDWIDTH.search(line)):
            bandwidths.setdefault(following, int(found.group(1)))
        elif named := _AUDIO_URI.match(line):
            sounds[named.group(1)] = None
    names = list(bandwidths)
    return Tracks(
        tuple(master.parent / name for name in names),
        tuple(master.parent / name for name in sounds),
        names.index(min(bandwidths, key=lambda name: bandwidths[name])),
    )


def segment_ends(playlist: Path) -> list[float]:
    """At which second of the film each segment ends."""
    ends: list[float] = []
    for found in _DURATION.finditer(playlist.read_text(encoding="utf-8")):
        ends.append((ends[-1] if ends else 0.0) + float(found.group(1)))
    return ends


def is_rounded(playlist: Path) -> bool:
    """Whether it gives whole seconds throughout: then its segments end about when it says, not exactly."""
    durations = _DURATION.findall(playlist.read_text(encoding="utf-8"))
    return bool(durations) and not any("." in duration for duration in durations)
