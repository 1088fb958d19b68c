"""Our own streams for the tester: read from the storage, so that testing them takes no grant and no way out."""

from urllib.parse import unquote, urlsplit

from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher, FetchFailed, FetchFault
from showsondemand.adapters.storage.content_types import content_type
from showsondemand.adapters.storage.port import NoSuchPassage, Storage, StorageAway
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
        path = unquote(urlsplit(url).path.partition(MEDIA_PATH)[2])
        key = path[max(0, path.find(f"{MEDIA_SETS}/")) :]
        try:
            body = await self._read(key, most_bytes, wanted)
        except (FileNotFoundError, NoSuchPassage, ValueError):
            return Fetched(url, _NOT_FOUND, {}, b"", 0.0)
        except StorageAway as error:
            raise FetchFailed(FetchFault.UNREACHABLE, "The storage of the media does not answer.") from error
        headers = {
            "content-type": content_type(key.rpartition("/")[2]),
            # Players of ours are served from the same origin.
            "access-control-allow-origin": "same-origin",
        }
        return Fetched(url, _PARTIAL if wanted else _OK, headers, body, 0.0)

    async def _read(self, key: str, most_bytes: int, wanted: ByteRange | None) -> bytes:
        first = wanted.first if wanted else 0
        passage = await self._storage.passage(key, first, first + wanted.length - 1 if wanted else None)
        if passage.last - passage.first >= most_bytes:
            passage.release()
            detail = f"The file is longer than {most_bytes:,} bytes."
            raise FetchFailed(FetchFault.TOO_LARGE, detail, limit=most_bytes)
        return b"".join([chunk async for chunk in passage.chunks])
