"""Media out of a storage on another machine: streamed through, range by range, with memory that does not grow."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import Response, StreamingResponse

from showsondemand.adapters.storage.content_types import content_type
from showsondemand.adapters.storage.port import NoSuchPassage, Passage, Storage, StorageAway
from showsondemand.shows.errors import MediaAway, MediaNotFound

_RANGE = re.compile(r"bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))")


async def remote_file(
    storage: Storage, key: str, *, method: str, asked: Headers, headers: Mapping[str, str]
) -> Response:
    """The answer to a GET or HEAD of the file at ``key``. Raises ``MediaNotFound`` and ``MediaAway``."""
    try:
        wanted = await _wanted(storage, key, asked)
        passage = await storage.passage(key, *wanted)
    except NoSuchPassage as beyond:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{beyond.size_bytes}"})
    except (FileNotFoundError, ValueError) as error:
        raise MediaNotFound from error
    except StorageAway as error:
        raise MediaAway from error
    validated = {**headers, "ETag": passage.etag, "Accept-Ranges": "bytes"}
    known = [tag.strip() for tag in asked.get("if-none-match", "").split(",")]
    if passage.etag in known:
        passage.release()
        return Response(status_code=304, headers=validated)
    described = validated | _description(key, passage, is_part=wanted != (0, None))
    status = 200 if wanted == (0, None) else 206
    if method == "HEAD":
        passage.release()
        return Response(status_code=status, headers=described)
    return StreamingResponse(passage.chunks, status_code=status, headers=described)


async def _wanted(storage: Storage, key: str, asked: Headers) -> tuple[int, int | None]:
    """The first and the last byte that are asked for. What is no single range is the whole (RFC 9110, 14.2)."""
    found = _RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    if found is None or "if-range" in asked:
        return 0, None
    first, last, tail = found.groups()
    if tail is not None:
        size_bytes = await storage.size_bytes(key) or 0
        return max(0, size_bytes - int(tail)), None
    return int(first), int(last) if last else None


def _description(key: str, passage: Passage, *, is_part: bool) -> dict[str, str]:
    described = {
        "Content-Type": content_type(key.rpartition("/")[2]),
        "Content-Length": str(passage.last - passage.first + 1),
    }
    if is_part:
        described["Content-Range"] = f"bytes {passage.first}-{passage.last}/{passage.size_bytes}"
    return described
