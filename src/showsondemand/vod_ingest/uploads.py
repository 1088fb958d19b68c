"""What somebody wants done with a film that comes in parts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from uuid6 import uuid7

from showsondemand import audit
from showsondemand.adapters.storage.port import Arrival, Part, PartSizeDiffers, StorageAway
from showsondemand.audit import Action
from showsondemand.errors import Problem
from showsondemand.tokens import Caller
from showsondemand.vod_ingest import upload_queries
from showsondemand.vod_ingest.errors import PartSizeWrong, StorageUnavailable, UploadNotFound
from showsondemand.vod_ingest.models import source_key
from showsondemand.vod_ingest.service import Label
from showsondemand.vod_ingest.upload_limits import refuse_one_more, refuse_strange_film
from showsondemand.vod_ingest.upload_models import LIFETIME, PART_BYTES, Upload, UploadState
from showsondemand.vod_ingest.upload_part_addresses import ADDRESS_LIFETIME, PartAddresses, PartTicket
from showsondemand.vod_ingest.upload_schemas import NewUpload
from showsondemand.wiring import Wiring


@dataclass(frozen=True)
class Target:
    """Where a part is to be sent."""

    url: str
    headers: dict[str, str]
    expires_at: datetime


@asynccontextmanager
async def reaching_storage() -> AsyncIterator[None]:
    """What the storage fails to do inside is ``StorageUnavailable``."""
    try:
        yield
    except StorageAway as error:
        raise StorageUnavailable from error


async def begin_upload(wiring: Wiring, new: NewUpload, *, owner_id: UUID) -> Upload:
    """Makes ready for a film's parts.

    Raises ``FilmTooLarge``, ``FilmTypeRefused``, ``TooManyUploads``, ``QuotaExceeded`` and
    ``StorageUnavailable``. Dying on the way leaves an arrival without an upload, which the sweep removes.
    """
    refuse_strange_film(new.size, new.content_type)
    upload_id = uuid7()
    async with reaching_storage():
        arrival = await wiring.storage.parts.begin(source_key(upload_id))
    upload = Upload(
        id=upload_id,
        owner_id=owner_id,
        file_name=Label(new.filename).safe_file_name,
        content_type=new.content_type,
        title=new.title,
        size_bytes=new.size,
        part_bytes=PART_BYTES,
        storage_reference=arrival.reference,
        expires_at=datetime.now(UTC) + LIFETIME,
    )
    try:
        async with wiring.database.transaction() as session:
            await refuse_one_more(session, owner_id, new.size)
            session.add(upload)
            await session.flush()
            await session.refresh(upload)
    except Problem:
        with suppress(StorageAway):
            await wiring.storage.parts.drop(arrival)
        raise
    return upload


async def upload(wiring: Wiring, caller: Caller, upload_id: UUID) -> Upload:
    """Raises ``UploadNotFound``, also when it is another's and the caller no admin."""
    async with wiring.database.transaction() as session:
        return await upload_queries.upload(session, caller, upload_id)


async def newest_uploads(session: AsyncSession, owner: Caller, state: UploadState) -> list[Upload]:
    """Those of ``owner`` in that state, newest first."""
    return await upload_queries.newest_uploads(session, owner.user_id, state)


async def arrived_parts(wiring: Wiring, upload: Upload) -> list[Part]:
    """What of the film has arrived. Raises ``StorageUnavailable``."""
    if upload.state != UploadState.RECEIVING:
        return []
    async with reaching_storage():
        return await wiring.storage.parts.arrived(upload.arrival)


async def part_target(wiring: Wiring, caller: Caller, upload_id: UUID, number: int) -> Target:
    """Where to send a part. Raises ``UploadNotFound``, ``PartNotFound``, ``UploadEnded``, ``StorageUnavailable``."""
    async with wiring.database.transaction() as session:
        upload = await upload_queries.upload(session, caller, upload_id, lock=True)
        size_bytes = upload.size_of_part(number)
        upload.refuse_unless_receiving()
        upload.active_at = datetime.now(UTC)
    expires_at = datetime.now(UTC).replace(microsecond=0) + ADDRESS_LIFETIME
    async with reaching_storage():
        elsewhere = await wiring.storage.parts.address(upload.arrival, number, size_bytes, ADDRESS_LIFETIME)
    if elsewhere is not None:
        return Target(elsewhere.url, dict(elsewhere.headers), expires_at)
    addresses = PartAddresses(wiring.keys, wiring.settings.base_url)
    return Target(addresses.write(PartTicket(upload.id, number, size_bytes, expires_at)), {}, expires_at)


async def receive_part(wiring: Wiring, ticket: PartTicket, chunks: AsyncIterator[bytes]) -> Part:
    """Keeps a part. Raises ``PartSizeWrong``, ``UploadNotFound`` once it has ended, ``StorageUnavailable``."""
    arrival = Arrival(source_key(ticket.upload_id))
    try:
        async with reaching_storage():
            return await wiring.storage.parts.write(arrival, ticket.number, ticket.size_bytes, chunks)
    except PartSizeDiffers as error:
        raise PartSizeWrong(f"It has to be {ticket.size_bytes} bytes long.") from error
    except FileNotFoundError as error:
        raise UploadNotFound from error


async def drop_upload(wiring: Wiring, caller: Caller, upload_id: UUID) -> None:
    """Forgets an upload and what has arrived of it. Raises ``UploadNotFound`` and, once complete, ``UploadEnded``."""
    async with wiring.database.transaction() as session:
        upload = await upload_queries.upload(session, caller, upload_id, lock=True)
        if upload.state != UploadState.REFUSED:
            upload.refuse_unless_receiving()
        await session.delete(upload)
        await audit.record(session, Action.UPLOAD_DROPPED, target=audit.Target("upload", upload_id))
    await remove_film(wiring, upload)


async def remove_film(wiring: Wiring, upload: Upload) -> None:
    """Whatever of the film lies in the storage; what cannot be removed now is left to the sweep."""
    with suppress(StorageAway):
        await wiring.storage.parts.drop(upload.arrival)
        await wiring.storage.remove(upload.arrival.key)
