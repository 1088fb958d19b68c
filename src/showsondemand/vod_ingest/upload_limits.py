"""What is refused of an upload before its first byte: too large, of a wrong type, too many, too much."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.errors import Fault
from showsondemand.vod_ingest import queries, upload_queries
from showsondemand.vod_ingest.errors import FilmTypeRefused, QuotaExceeded, TooManyUploads
from showsondemand.vod_ingest.incoming import MOST_FILM_BYTES, film_too_large

# docs/security.md, limits
MOST_AT_ONCE = 3
MOST_A_DAY = 50
MOST_BYTES_WAITING = 100 * 1024**3
# An upload that nobody has asked a part's address for in this time does not count as being under way.
_ACTIVE = timedelta(minutes=15)
_DAY = timedelta(days=1)
# The probe has the last word; this spares whoever picked the wrong file the way there. Browsers name no type
# for what their system does not know.
_TYPES = frozenset(
    {
        "application/octet-stream",
        "application/mp4",
        "application/mxf",
        "application/ogg",
        "application/vnd.ms-asf",
        "application/x-matroska",
    }
)
_NO_FILMS = frozenset({"video/mpegurl", "video/x-mpegurl", "video/vnd.mpegurl"})  # playlists


def refuse_strange_film(size_bytes: int, content_type: str) -> None:
    """Raises ``FilmTooLarge`` and ``FilmTypeRefused``."""
    if size_bytes > MOST_FILM_BYTES:
        raise film_too_large()
    kind = content_type.partition(";")[0].strip().lower()
    if kind in _NO_FILMS or not (kind.startswith("video/") or kind in _TYPES):
        raise FilmTypeRefused(faults=[Fault("/contentType", "must be a video type", "not_a_video")])


async def refuse_one_more(session: AsyncSession, owner_id: UUID, size_bytes: int) -> None:
    """Raises ``TooManyUploads`` and ``QuotaExceeded``. Holds other beginnings of the owner back until the commit."""
    now = datetime.now(UTC)
    await queries.one_owner_at_a_time(session, owner_id)
    unfinished = await upload_queries.unfinished_uploads(session, owner_id)
    active = sorted(each.active_at for each in unfinished if each.active_at > now - _ACTIVE)
    if len(active) >= MOST_AT_ONCE:
        raise TooManyUploads(
            f"{MOST_AT_ONCE} at once is the most: complete or delete one first.",
            headers=_retry_after(active[0] + _ACTIVE - now),
            params={"mostAtOnce": MOST_AT_ONCE},
        )
    if await upload_queries.count_begun_since(session, owner_id, now - _DAY) >= MOST_A_DAY:
        raise TooManyUploads(
            f"{MOST_A_DAY} a day is the most.",
            headers=_retry_after(timedelta(hours=1)),
            params={"mostADay": MOST_A_DAY},
        )
    await refuse_over_quota(session, owner_id, size_bytes)


async def refuse_over_quota(session: AsyncSession, owner_id: UUID, size_bytes: int) -> None:
    """Raises ``QuotaExceeded`` when the owner's films that are no shows yet would be too much with this one."""
    if await upload_queries.bytes_waiting(session, owner_id) + size_bytes > MOST_BYTES_WAITING:
        raise QuotaExceeded(
            f"Films that are no shows yet may take {MOST_BYTES_WAITING // 1024**3} GiB: delete uploads, "
            "or wait for jobs to end.",
            params={"mostGibibytes": MOST_BYTES_WAITING // 1024**3},
        )


def _retry_after(wait: timedelta) -> dict[str, str]:
    return {"Retry-After": str(max(1, int(wait.total_seconds())))}
