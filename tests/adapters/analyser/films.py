"""Films for analysers: sets that the transcoder really made, whole and with damage done to them."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from showsondemand.adapters.analyser.port import SourceFacts


@dataclass(frozen=True)
class FilesAt:
    """``FilmFiles`` of a set in a folder."""

    folder: Path
    facts: SourceFacts | None

    async def master_playlist(self) -> Path:
        return self.folder / "master.m3u8"

    async def source(self) -> SourceFacts | None:
        return self.facts


def damaged(media_set: Path, into: Path, segment: str, content: bytes | None) -> Path:
    """A copy of the set whose ``segment`` has other content, or none."""
    copy = Path(shutil.copytree(media_set, into / "damaged"))
    if content is None:
        (copy / segment).unlink()
    else:
        (copy / segment).write_bytes(content)
    return copy
