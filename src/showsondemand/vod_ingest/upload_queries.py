"""Reads of uploads."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.tokens import Caller, Role
from showsondemand.vod_ingest.errors import UploadNotFound
from showsondemand.vod_ingest.models import IngestJob, JobState
from showsondemand.vod_ingest.upload_models import Upload, UploadState

_MOST_LISTED = 100


async def upload(session: AsyncSession, caller: Caller, upload_id: UUID, *, lock: bool = False) -> Upload:
    """The upload, if it is the caller's or the caller an admin. Raises ``UploadNotFound``."""
    found = await session.get(Upload, upload_id, with_for_update=lock or None)
    if found is None or not _may_touch(found, caller):
        raise UploadNotFound
    return found


def _may_touch(upload: Upload, caller: Caller) -> bool:
    is_admin = caller.role is Role.ADMIN and caller.machine is None
    return is_admin or upload.owner_id == caller.user_id


async def newest_uploads(session: AsyncSession, owner_id: UUID, state: UploadState) -> list[Upload]:
    """The owner's uploads in that state, newest first; no more than ``_MOST_LISTED``."""
    query = select(Upload).where(Upload.owner_id == owner_id, Upload.state == state)
    return list(await session.scalars(query.order_by(Upload.created_at.desc()).limit(_MOST_LISTED)))


async def unfinished_uploads(session: AsyncSession, owner_id: UUID) -> list[Upload]:
    """What the owner has begun and not completed, newest first."""
    query = select(Upload).where(Upload.owner_id == owner_id, Upload.state == UploadState.RECEIVING)
    return list(await session.scalars(query.order_by(Upload.created_at.desc())))


async def count_begun_since(session: AsyncSession, owner_id: UUID, since: datetime) -> int:
    query = select(func.count()).where(Upload.owner_id == owner_id, Upload.created_at > since)
    return await session.scalar(query) or 0


async def bytes_waiting(session: AsyncSession, owner_id: UUID) -> int:
    """Bytes of the owner's films that are not shows yet: under way in parts, waiting, failed."""
    arriving = select(func.coalesce(func.sum(Upload.size_bytes), 0)).where(
        Upload.owner_id == owner_id, Upload.state == UploadState.RECEIVING
    )
    arrived = select(func.coalesce(func.sum(IngestJob.source_bytes), 0)).where(
        IngestJob.owner_id == owner_id, IngestJob.state != JobState.COMPLETED
    )
    return int(await session.scalar(select(arriving.scalar_subquery() + arrived.scalar_subquery())) or 0)


async def renew_claim(session: AsyncSession, upload_id: UUID, until: datetime | None) -> None:
    await session.execute(
        update(Upload)
        .where(Upload.id == upload_id, Upload.state == UploadState.RECEIVING)
        .values(claimed_until=until)
    )


async def expired_uploads(session: AsyncSession, now: datetime) -> list[Upload]:
    """Uploads whose time is over and that nobody is completing, locked; those that others hold are left out."""
    query = select(Upload).where(Upload.expires_at < now).with_for_update(skip_locked=True)
    return [each for each in await session.scalars(query) if not each.is_claimed]


async def known_ids(session: AsyncSession, ids: Iterable[UUID]) -> set[UUID]:
    return set(await session.scalars(select(Upload.id).where(Upload.id.in_(list(ids)))))


async def receiving_ids(session: AsyncSession, ids: Iterable[UUID]) -> set[UUID]:
    """Those of ``ids`` that are uploads which still take parts."""
    query = select(Upload.id).where(Upload.id.in_(list(ids)), Upload.state == UploadState.RECEIVING)
    return set(await session.scalars(query))
