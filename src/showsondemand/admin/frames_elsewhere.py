"""Finds the piece of a stream that shows a given second of the film, as a player would, wherever the stream lies."""

import asyncio
from pathlib import Path

from showsondemand.adapters.fetcher.port import Fetched, Fetcher
from showsondemand.admin.frames import NoSuchFrame, Piece
from showsondemand.admin.stream_tests.asking import Asking
from showsondemand.admin.stream_tests.delivered_streams import DeliveredStreams
from showsondemand.admin.stream_tests.hls import PLAYLIST_TYPES, hls_tracks
from showsondemand.admin.stream_tests.own_streams import OwnStreams
from showsondemand.wiring import Wiring


class StreamAway(Exception):
    """The stream cannot be read, now or ever."""


def streams_of(wiring: Wiring) -> Fetcher:
    """Fetches streams of our own from the storage, and those on our delivery network with a pass."""
    elsewhere = DeliveredStreams(wiring.delivery, wiring.fetcher)
    return OwnStreams(wiring.settings.base_url, wiring.storage, elsewhere)


async def piece_of_stream(fetcher: Fetcher, url: str, at_seconds: float, scratch: Path) -> Piece:
    """The segment of the best rendition of the HLS stream at ``url`` that holds the second, behind its header.

    Raises ``NoSuchFrame`` and ``StreamAway``.
    """
    asking = Asking(fetcher)
    first = await asking.playlist(url, "master playlist", PLAYLIST_TYPES)
    tracks = [] if first is None else await hls_tracks(first, asking)
    renditions = [track for track in tracks if track.is_rendition and track.pieces]
    if not renditions:
        raise StreamAway
    best = max(renditions, key=lambda track: track.peak_bits or 0)
    holding = [
        piece for piece in best.pieces if piece.starts_at <= at_seconds < piece.starts_at + piece.seconds
    ]
    if not holding:
        raise NoSuchFrame
    wanted = [best.header, holding[0]] if best.header else [holding[0]]
    parts = [await asking.piece(part, best.name, ()) for part in wanted]
    film = scratch / "piece"
    await asyncio.to_thread(film.write_bytes, b"".join(_body(part) for part in parts))
    return Piece(film, at_seconds - holding[0].starts_at)


def _body(part: Fetched | None) -> bytes:
    if part is None:
        raise StreamAway
    return part.body
