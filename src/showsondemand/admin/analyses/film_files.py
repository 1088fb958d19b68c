"""Fetches a film of our own transcoding for an analyser, out of whatever storage it lies in."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, SourceFacts
from showsondemand.adapters.storage.port import Storage, StorageAway
from showsondemand.adapters.transcoder.port import NotAVideo, ProbeUnavailable, SourceProbe, Transcoder

# Everything else in the folder is playlists and segments, whatever their encoder calls them.
_NO_TRACKS = (".jpg", ".vtt", ".mpd")


@dataclass(frozen=True)
class KeptSource:
    """The film as it was sent, at ``key`` of the storage; ``key`` is empty where nobody knows where it lies."""

    storage: Storage
    transcoder: Transcoder
    key: str

    async def facts(self, into: Path) -> SourceFacts | None:
        """As ``FilmFiles.source``; fetched to the folder ``into``."""
        if not self.key:
            return None
        try:
            film = await self.storage.local_copy(self.key, into)
            return _facts(await self.transcoder.probe(film))
        except FileNotFoundError:
            return None
        except (StorageAway, ProbeUnavailable) as error:
            raise AnalyserAway("The film as it was sent cannot be looked at now.") from error
        except NotAVideo:  # it was one when it came; another release may know less
            return None


@dataclass(frozen=True)
class StoredFilmFiles:
    """``FilmFiles`` of the set whose master playlist lies at ``master_key``; ``into`` is an empty folder."""

    storage: Storage
    kept: KeptSource
    master_key: str
    into: Path

    async def master_playlist(self) -> Path:
        folder, _, master = self.master_key.rpartition("/")
        path = None
        try:
            for key in await self.storage.keys(folder):
                if not key.endswith(_NO_TRACKS):
                    with suppress(FileNotFoundError):
                        local = await self.storage.local_copy(key, self.into)
                        path = local if key == f"{folder}/{master}" else path
        except StorageAway as error:
            raise AnalyserAway("The storage does not answer.") from error
        if path is None:
            raise CannotAnalyse("The show's stream is not in the storage any more.")
        return path

    async def source(self) -> SourceFacts | None:
        return await self.kept.facts(self.into)


def _facts(probe: SourceProbe) -> SourceFacts:
    """The picture's length counts: sound that goes on behind it is another matter."""
    behind = probe.audio[0].start_seconds - probe.video.start_seconds if probe.audio else 0.0
    return SourceFacts(probe.duration_seconds, len(probe.audio), behind)
