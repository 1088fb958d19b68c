"""Fetches the stream of a film for an analyser as a player would, whoever made it and wherever it lies.

What comes is laid out anew, under names of ours and with playlists that name nothing but files beside them.
"""

import asyncio
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path

from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse, SourceFacts
from showsondemand.adapters.fetcher.port import Fetcher, FetchFailed
from showsondemand.adapters.transcoder.port import NotAVideo, ProbeUnavailable, Transcoder
from showsondemand.admin.analyses.film_files import KeptSource
from showsondemand.admin.stream_tests.asking import MOST_SEGMENT_BYTES, Asking
from showsondemand.admin.stream_tests.faults import Severity
from showsondemand.admin.stream_tests.hls import PLAYLIST_TYPES, hls_tracks
from showsondemand.admin.stream_tests.tracks import Piece, Track, TrackKind

# The longest film that is taken is 20 GiB, and what is made of one at most four times as much (docs/security.md).
MOST_BYTES = 80 << 30
_AT_ONCE = 4
_OK, _PARTIAL = 200, 206
_MASTER = "master.m3u8"


@dataclass
class StreamedFilmFiles:
    """``FilmFiles`` of the HLS stream at ``url``; ``into`` is an empty folder."""

    fetcher: Fetcher
    transcoder: Transcoder
    kept: KeptSource
    url: str
    into: Path
    most_bytes: int = MOST_BYTES
    _came_bytes: int = field(default=0, init=False)

    async def master_playlist(self) -> Path:
        pictures, sounds = await self._tracks()
        laid = [
            await self._lay_out(track, f"track-{number}") for number, track in enumerate(pictures + sounds)
        ]
        listed = [
            f"#EXT-X-STREAM-INF:BANDWIDTH={track.peak_bits or number}\n{one.playlist}"
            for number, (track, one) in enumerate(zip(pictures, laid, strict=False), 1)
        ]
        heard = laid[len(pictures) :]
        if not sounds and await self._has_sound(laid[0]):
            heard = laid[:1]
        listed += [
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="{number}",URI="{one.playlist}"'
            for number, one in enumerate(heard, 1)
        ]
        return await self._write(_MASTER, ["#EXTM3U", *listed])

    async def source(self) -> SourceFacts | None:
        return await self.kept.facts(self.into)

    async def _tracks(self) -> tuple[list[Track], list[Track]]:
        """The renditions, the lightest first, and the sound tracks, each with its segments."""
        asking = Asking(self.fetcher)
        first = await asking.playlist(self.url, "master playlist", PLAYLIST_TYPES)
        tracks = [] if first is None else await hls_tracks(first, asking)
        tracks = [track for track in tracks if track.kind is TrackKind.MEDIA]
        pictures = sorted(
            (track for track in tracks if track.is_rendition), key=lambda one: one.peak_bits or 0
        )
        if not pictures or not all(track.pieces for track in tracks):
            errors = [fault for fault in asking.faults if fault.severity is Severity.ERROR]
            told = f"{errors[0].place}: {errors[0].detail}" if errors else "It lists no picture."
            raise CannotAnalyse(f"The stream cannot be read. {told}")
        return pictures, [track for track in tracks if not track.is_rendition]

    async def _lay_out(self, track: Track, name: str) -> "_LaidOut":
        """Fetches the track's pieces, four at a time; one that is not there is left out."""
        header = None
        if track.header is not None:
            header = await self._save(track.header, f"{name}-header")
            if header is None:
                raise CannotAnalyse(f"The header of {track.name} is not there.")
        files: dict[int, str] = {}
        waiting = iter(enumerate(track.pieces))

        async def save_all() -> None:
            for position, piece in waiting:
                file = await self._save(piece, f"{name}-{position}")
                if file is not None:
                    files[position] = file

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(_AT_ONCE):
                    group.create_task(save_all())
        except* (AnalyserAway, CannotAnalyse) as failed:
            raise failed.exceptions[0] from None
        laid = _LaidOut(f"{name}.m3u8", header, files)
        await self._write(laid.playlist, laid.lines(track))
        return laid

    async def _save(self, piece: Piece, stem: str) -> str | None:
        """The name of the file that has it; ``None`` where there is nothing to save."""
        try:
            fetched = await self.fetcher.fetch(piece.url, most_bytes=MOST_SEGMENT_BYTES, wanted=piece.wanted)
        except FetchFailed as failed:
            raise CannotAnalyse(f"A segment cannot be fetched. {failed.detail}") from failed
        if fetched.status != (_PARTIAL if piece.wanted else _OK):
            return None
        self._came_bytes += len(fetched.body)
        if self._came_bytes > self.most_bytes:
            raise CannotAnalyse("The stream is larger than what is made of the largest film.")
        name = f"{stem}.{_ending(fetched.body)}"
        await asyncio.to_thread((self.into / name).write_bytes, fetched.body)
        return name

    async def _has_sound(self, laid: "_LaidOut") -> bool:
        """Whether the rendition carries its sound itself, by the first of its segments."""
        if not laid.files:
            raise CannotAnalyse("None of the stream's segments is there.")
        first = [*([laid.header] if laid.header else []), laid.files[min(laid.files)]]
        sample = self.into / "sample"

        def join() -> None:
            sample.write_bytes(b"".join((self.into / part).read_bytes() for part in first))

        await asyncio.to_thread(join)
        try:
            return bool((await self.transcoder.probe(sample)).audio)
        except NotAVideo as error:
            raise CannotAnalyse("The stream's first segment is no video.") from error
        except ProbeUnavailable as error:
            raise AnalyserAway("The stream cannot be looked at now.") from error

    async def _write(self, name: str, lines: list[str]) -> Path:
        path = self.into / name
        await asyncio.to_thread(path.write_text, "\n".join([*lines, ""]), encoding="utf-8")
        return path


@dataclass(frozen=True)
class _LaidOut:
    """What a track's files are called here: the playlist, the header if it has one, the pieces by their position."""

    playlist: str
    header: str | None
    files: dict[int, str]

    def lines(self, track: Track) -> list[str]:
        """The playlist. A piece that is missing keeps its place."""
        longest = max(piece.seconds for piece in track.pieces)
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{ceil(longest)}"]
        lines += ["#EXT-X-PLAYLIST-TYPE:VOD", *([f'#EXT-X-MAP:URI="{self.header}"'] if self.header else [])]
        # Whole seconds throughout are rounded ones, as AWS's templates ask for: they stay recognisable.
        digits = 0 if all(piece.seconds.is_integer() for piece in track.pieces) else 6
        for position, piece in enumerate(track.pieces):
            lines += ["#EXT-X-DISCONTINUITY"] if piece.after_break and position else []
            lines += [
                f"#EXTINF:{piece.seconds:.{digits}f},",
                self.files.get(position, f"missing-{position}.ts"),
            ]
        return [*lines, "#EXT-X-ENDLIST"]


def _ending(body: bytes) -> str:
    """What a file of this content is called. Raises ``CannotAnalyse`` for noise, which encrypted segments are."""
    if body.startswith(b"\x47"):
        return "ts"
    if body.startswith((b"ID3", b"\xff")):
        return "aac"
    if body[4:8].isalpha():  # the name of an MP4's first box
        return "mp4"
    raise CannotAnalyse("Its segments are encrypted, or of no kind that is known here.")
