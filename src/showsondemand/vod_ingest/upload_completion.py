"""The last step of an upload: its parts become a film, and the film a job, once however often it is asked for."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from showsondemand import audit
from showsondemand.adapters.storage.port import PartsDiffer, StorageAway
from showsondemand.audit import Action
from showsondemand.database import DatabaseAway
from showsondemand.scratch import scratch_folder
from showsondemand.tokens import Caller
from showsondemand.vod_ingest import queries, upload_queries
from showsondemand.vod_ingest.errors import NotAFilm, UploadIncomplete, UploadNotFound
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.vod_ingest.service import Label, StoredFilm, add_job, check_film
from showsondemand.vod_ingest.upload_models import CLAIM, Upload, UploadState
from showsondemand.vod_ingest.uploads import reaching_storage, remove_film
from showsondemand.wiring import Wiring

_LOOK_AGAIN_SECONDS = 0.25


async def complete_upload(
    wiring: Wiring, caller: Caller, upload_id: UUID, said: Sequence[tuple[int, str]]
) -> IngestJob:
    """Puts the film together, looks at it and has it transcoded: one job, however often and at once this is said.

    ``said`` are the numbers and ETags of all parts. Raises ``UploadNotFound``, ``UploadIncomplete`` naming each
    faulty part, ``NotAFilm`` (which ends the upload), ``FilmNotChecked`` and ``StorageUnavailable``.
    """
    claimed = await _claimed(wiring, caller, upload_id)
    if isinstance(claimed, IngestJob):
        return claimed
    async with _claim_kept(wiring, upload_id):
        try:
            film = await _joined(wiring, claimed, said)
        except NotAFilm as refusal:
            if await _refused(wiring, upload_id, refusal):
                await remove_film(wiring, claimed)
            raise
        job = await _completed(wiring, upload_id, film)
    with suppress(StorageAway):  # the sweep comes by
        await wiring.storage.parts.drop(claimed.arrival)
    return job


async def _claimed(wiring: Wiring, caller: Caller, upload_id: UUID) -> Upload | IngestJob:
    """The upload, to be completed by nobody else meanwhile; or its job, when somebody else has done it."""
    while True:
        async with wiring.database.transaction() as session:
            upload = await upload_queries.upload(session, caller, upload_id, lock=True)
            if upload.state == UploadState.COMPLETED:
                return await queries.job(session, upload.id)
            if upload.claim():
                return upload
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)


@asynccontextmanager
async def _claim_kept(wiring: Wiring, upload_id: UUID) -> AsyncIterator[None]:
    """Says again and again that somebody is at it, and at the end that nobody is."""

    async def say(until: datetime | None) -> None:
        with suppress(DatabaseAway):
            async with wiring.database.transaction() as session:
                await upload_queries.renew_claim(session, upload_id, until)

    async def keep_saying() -> None:
        while True:
            await asyncio.sleep(CLAIM.total_seconds() / 3)
            await say(datetime.now(UTC) + CLAIM)

    keeping = asyncio.create_task(keep_saying())
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        await say(None)


async def _joined(wiring: Wiring, upload: Upload, said: Sequence[tuple[int, str]]) -> StoredFilm:
    """The film, whole in the storage and looked at."""
    key = upload.arrival.key
    async with reaching_storage():
        # Whoever died after joining has left the film whole, and on S3 no parts.
        is_joined = await wiring.storage.size_bytes(key) == upload.size_bytes
        sha256 = None if is_joined else await _join(wiring, upload, said)
        with scratch_folder(wiring.settings.data_folder, f"upload-{upload.id}") as scratch:
            film = await wiring.storage.local_copy(key, scratch)
            await check_film(wiring, film)
            if sha256 is None:
                sha256 = await asyncio.to_thread(_sha256, film)
    return StoredFilm(upload.id, upload.size_bytes, sha256)


async def _join(wiring: Wiring, upload: Upload, said: Sequence[tuple[int, str]]) -> str | None:
    parts = upload.whole(said, await wiring.storage.parts.arrived(upload.arrival))
    try:
        return await wiring.storage.parts.join(upload.arrival, parts)
    except PartsDiffer as error:
        raise UploadIncomplete("A part has come again meanwhile.") from error


async def _refused(wiring: Wiring, upload_id: UUID, refusal: NotAFilm) -> bool:
    """Writes down that it was no film, unless another has completed the upload meanwhile."""
    async with wiring.database.transaction() as session:
        upload = await session.get(Upload, upload_id, with_for_update=True)
        if upload is None or upload.state != UploadState.RECEIVING:
            return False
        upload.end(UploadState.REFUSED, refusal=refusal.detail)
        await audit.record(
            session,
            Action.FILM_REFUSED,
            target=audit.Target("upload", upload_id),
            details={"reason": refusal.detail},
        )
        return True


async def _completed(wiring: Wiring, upload_id: UUID, film: StoredFilm) -> IngestJob:
    async with wiring.database.transaction() as session:
        upload = await session.get(Upload, upload_id, with_for_update=True)
        if upload is None:
            raise UploadNotFound
        if upload.state == UploadState.COMPLETED:  # by another, after this one stood still for too long
            return await queries.job(session, upload_id)
        upload.end(UploadState.COMPLETED)
        details = FilmDetails.model_validate(upload.details) if upload.details is not None else None
        label = Label(upload.file_name, upload.title, details)
        return await add_job(session, film, label, owner_id=upload.owner_id)


def _sha256(film: Path) -> str:
    with film.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
