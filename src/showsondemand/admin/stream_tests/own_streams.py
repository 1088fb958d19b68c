"""Our own streams for the tester: read from the storage, so that testing them takes no grant and no way out."""

import asyncio
from pathlib import Path
from urllib.parse import unquote, urlsplit

from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher, FetchFailed, FetchFault
from showsondemand.adapters.storage.content_types import content_type
from showsondemand.adapters.storage.port import Storage
from showsondemand.shows.media_addresses import MEDIA_PATH, MEDIA_SETS

_OK, _PARTIAL, _NOT_FOUND = 200, 206, 404


class OwnStreams:
    """A ``Fetcher`` for addresses under ``base_url``/media; everything else goes to ``elsewhere``."""

    def __init__(self, base_url: str, storage: Storage, elsewhere: Fetcher) -> None:
        self._prefix = f"{base_url}{MEDIA_PATH}"
        self._storage = storage
        self._elsewhere = elsewhere

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        """See the port; a grant in the path is left aside."""
        if not url.startswith(self._prefix):
            return await self._elsewhere.fetch(url, most_bytes=most_bytes, wanted=wanted)
        key = unquote(urlsplit(url).path.partition(MEDIA_PATH)[2])
        path = self._storage.local_path(key[max(0, key.find(f"{MEDIA_SETS}/")) :])
        if path is None:
            return Fetched(url, _NOT_FOUND, {}, b"", 0.0)
        body = await asyncio.to_thread(_read, path, most_bytes, wanted)
        headers = {
            "content-type": content_type(path.name),
            # Players of ours are served from the same origin.
            "access-control-allow-origin": "same-origin",
        }
        return Fetched(url, _PARTIAL if wanted else _OK, headers, body, 0.0)


def _read(path: Path, most_bytes: int, wanted: ByteRange | None) -> bytes:
    with path.open("rb") as file:
        file.seek(wanted.first if wanted else 0)
        body = file.read(min(wanted.length, most_bytes + 1) if wanted else most_bytes + 1)
    if len(body) > most_bytes:
        raise FetchFailed(FetchFault.TOO_LARGE, f"The file is longer than {most_bytes:,} bytes.")
    return body
