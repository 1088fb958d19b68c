"""Posters by ffmpeg, which is told what the file is: it must never guess, or a playlist passes for a picture."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from showsondemand.adapters.pictures.jpeg_size import jpeg_size
from showsondemand.adapters.pictures.port import (
    COPY_WIDTHS,
    NotAPicture,
    PosterCopies,
    Size,
    copy_name,
)
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import of_program, run_to_end

_SIDE_PIXELS = 1920
# docs/security.md: 40 megapixels, 8,000 pixels a side.
_MOST_PIXELS = 40_000_000
_WALL_SECONDS = 30.0
_LIMITS = Limits(cpu_seconds=20, address_space_bytes=4 << 30, file_size_bytes=32 << 20, open_files=64)
_JPEG_QUALITY = "3"
_AT_ONCE = 2
_COPY_QUALITY = "4"
# So few that the whole preview is two hundred bytes; a browser that enlarges them blurs them as it does so.
_PREVIEW_WIDTH, _PREVIEW_LINES = 8, 5
_PREVIEW = "preview.png"

_FILM_DECODERS = "h264,hevc,av1,libdav1d"
_TS_SYNC = b"\x47"
# By the first bytes: the demuxer that reads it and the one decoder that it may use.
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "png_pipe", "png"),
    (b"\xff\xd8\xff", "jpeg_pipe", "mjpeg"),
    (b"RIFF", "webp_pipe", "webp"),
)


@dataclass(frozen=True)
class FfmpegPictures:
    """A ``PictureMaker``."""

    ffmpeg: Path
    # Each takes a processor for a moment; a page of findings asks for a dozen at once.
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), compare=False)

    async def poster_of_picture(self, picture: Path, poster: Path) -> None:
        """A stranger's picture, decoded by the one decoder that its first bytes ask for."""
        demuxer, decoder = _kind_of(picture)
        source = ["-f", demuxer, "-codec_whitelist", decoder, "-format_whitelist", demuxer]
        await self._make(source, picture, poster)

    async def poster_of_film(self, film: Path, at_seconds: float, poster: Path) -> None:
        """A frame of a piece of MP4 or MPEG-TS."""
        demuxer = "mpegts" if await asyncio.to_thread(_begins_with, film, _TS_SYNC) else "mov"
        whitelist = ["-f", demuxer, "-codec_whitelist", _FILM_DECODERS, "-format_whitelist", demuxer]
        # MPEG-TS has no index to seek by: its few seconds are decoded up to there.
        seeking = ("-ss", f"{at_seconds:.3f}")
        if demuxer == "mov":
            await self._make([*whitelist, *seeking], film, poster)
        else:
            await self._make(whitelist, film, poster, passing=seeking)

    async def copies_of_poster(self, poster: Path, folder: Path) -> PosterCopies:
        """All of them by one process, which decodes the poster once."""
        try:
            size = await asyncio.to_thread(jpeg_size, poster)
        except ValueError as error:
            raise NotAPicture from error
        copies = [
            Size(width, max(1, round(size.height * width / size.width)))
            for width in COPY_WIDTHS
            if width < size.width
        ]
        await self._run(self._copying(poster, copies, folder), poster, folder)
        preview = folder / _PREVIEW
        if not await asyncio.to_thread(_is_there, preview):
            raise NotAPicture
        content = await asyncio.to_thread(preview.read_bytes)
        await asyncio.to_thread(preview.unlink)
        return PosterCopies(size, copies, content)

    def _copying(self, poster: Path, copies: Sequence[Size], folder: Path) -> list[str]:
        names = [f"[p{copy.width}]" for copy in copies]
        chains = [f"[0:v]split={len(copies) + 1}{''.join(names)}[small]"]
        outputs = []
        for copy, name in zip(copies, names, strict=True):
            chains.append(f"{name}scale={copy.width}:{copy.height}:flags=area,format=yuvj420p[o{copy.width}]")
            outputs += ["-map", f"[o{copy.width}]", "-c:v", "mjpeg", "-q:v", _COPY_QUALITY]
            outputs += _one_picture(folder / copy_name(copy.width))
        chains.append(f"[small]scale={_PREVIEW_WIDTH}:{_PREVIEW_LINES}:flags=area,format=rgb24[preview]")
        source = ["-f", "jpeg_pipe", "-codec_whitelist", "mjpeg", "-format_whitelist", "jpeg_pipe"]
        return [
            *self._reading(source, poster),
            *("-filter_complex", ";".join(chains), *outputs),
            *("-map", "[preview]", "-c:v", "png", "-pred", "mixed", *_one_picture(folder / _PREVIEW)),
        ]

    async def _make(
        self, source: Sequence[str], file: Path, poster: Path, *, passing: Sequence[str] = ()
    ) -> None:
        scale = (
            f"scale='min({_SIDE_PIXELS},iw)':'min({_SIDE_PIXELS},ih)':force_original_aspect_ratio=decrease"
        )
        command = [
            *(*self._reading(source, file), *passing),
            *("-map", "0:v:0", "-vf", f"{scale},format=yuvj420p", "-c:v", "mjpeg", "-q:v", _JPEG_QUALITY),
            *_one_picture(poster),
        ]
        await self._run(command, file, poster.parent)
        if not await asyncio.to_thread(_is_there, poster):
            raise NotAPicture

    def _reading(self, source: Sequence[str], file: Path) -> list[str]:
        return [
            *(str(self.ffmpeg.absolute()), "-hide_banner", "-nostdin", "-v", "error", "-y", "-threads", "1"),
            *("-protocol_whitelist", "file", "-max_pixels", str(_MOST_PIXELS)),
            *(*source, "-i", f"file:{file.absolute()}"),
        ]

    async def _run(self, command: Sequence[str], file: Path, folder: Path) -> None:
        reach = Reach(reads=(*of_program(self.ffmpeg), file), writes=(folder,))
        async with self._gate:
            exit_code = await run_to_end(command, _LIMITS, reach, seconds=_WALL_SECONDS)
        if exit_code != 0:
            raise NotAPicture


def _one_picture(path: Path) -> list[str]:
    """The end of an output: a single frame that nothing of the source's metadata goes with."""
    words = ["-frames:v", "1", "-update", "1", "-map_metadata", "-1", "-f", "image2"]
    return [*words, f"file:{path.absolute()}"]


def _kind_of(picture: Path) -> tuple[str, str]:
    with picture.open("rb") as file:
        first = file.read(16)
    for magic, demuxer, decoder in _KINDS:
        if first.startswith(magic) and (magic != b"RIFF" or first[8:12] == b"WEBP"):
            return demuxer, decoder
    raise NotAPicture


def _begins_with(film: Path, magic: bytes) -> bool:
    with film.open("rb") as file:
        return file.read(len(magic)) == magic


def _is_there(poster: Path) -> bool:
    """An exit code of 0 also means that nothing was found to show."""
    return poster.is_file() and poster.stat().st_size > 0
