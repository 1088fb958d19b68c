"""HTTP of uploads that come in parts; the shape is that of S3's multipart upload, whatever the storage."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response, status

from showsondemand.dependencies import (
    IngesterDep,
    NobodySignedIn,
    RoleTooLow,
    ScopeMissing,
    SessionDep,
    WiringDep,
)
from showsondemand.errors import problems
from showsondemand.vod_ingest import film_description, upload_completion, uploads
from showsondemand.vod_ingest.errors import (
    FilmIsShow,
    FilmNotChecked,
    FilmTooLarge,
    FilmTypeRefused,
    IngestJobNotFound,
    NotAFilm,
    PartAddressRefused,
    PartNotFound,
    PartSizeWrong,
    QuotaExceeded,
    StorageUnavailable,
    TooManyUploads,
    UploadEnded,
    UploadIncomplete,
    UploadNotFound,
)
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.presentation import detail_of
from showsondemand.vod_ingest.schemas import JobDetail
from showsondemand.vod_ingest.upload_models import Upload, UploadState
from showsondemand.vod_ingest.upload_part_addresses import PartAddresses, PartTicket
from showsondemand.vod_ingest.upload_schemas import (
    ArrivedPart,
    Completion,
    NewUpload,
    PartTarget,
    UploadDetail,
    UploadPage,
    UploadReceipt,
    UploadSummary,
)

router = APIRouter(tags=["vod-ingest"])
_TURNED_AWAY = (NobodySignedIn, RoleTooLow, ScopeMissing)
_PART_BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


@router.post(
    "/ingest/uploads",
    status_code=status.HTTP_201_CREATED,
    responses=problems(
        *_TURNED_AWAY, FilmTooLarge, FilmTypeRefused, TooManyUploads, QuotaExceeded, StorageUnavailable
    ),
)
async def begin_upload(
    new: NewUpload, editor: IngesterDep, wiring: WiringDep, response: Response
) -> UploadReceipt:
    """Say what is to be sent. Nothing of it has to be sent twice: an upload can be gone on with for seven days."""
    upload = await uploads.begin_upload(wiring, new, owner_id=editor.user_id)
    response.headers["Location"] = f"/ingest/uploads/{upload.id}"
    return UploadReceipt(upload_id=upload.id, part_size=upload.part_bytes, expires_at=upload.expires_at)


@router.get("/ingest/uploads", responses=problems(*_TURNED_AWAY))
async def list_uploads(
    editor: IngesterDep, session: SessionDep, state: UploadState = UploadState.RECEIVING
) -> UploadPage:
    """One's own uploads, the 100 newest in a state. Those that are not complete can be gone on with from anywhere."""
    found = await uploads.newest_uploads(session, editor, state)
    return UploadPage(items=[UploadSummary(**_summary(each)) for each in found], next_cursor=None)


@router.get(
    "/ingest/uploads/{upload_id}", responses=problems(*_TURNED_AWAY, UploadNotFound, StorageUnavailable)
)
async def read_upload(upload_id: UUID, editor: IngesterDep, wiring: WiringDep) -> UploadDetail:
    """An upload and the parts that have arrived."""
    upload = await uploads.upload(wiring, editor, upload_id)
    parts = [
        ArrivedPart(part_number=part.number, size=part.size_bytes, etag=part.etag)
        for part in await uploads.arrived_parts(wiring, upload)
    ]
    return UploadDetail(**_summary(upload), parts=parts)


@router.get(
    "/ingest/uploads/{upload_id}/parts/{part_number}",
    responses=problems(*_TURNED_AWAY, UploadNotFound, PartNotFound, UploadEnded, StorageUnavailable),
)
async def read_part_target(
    upload_id: UUID, part_number: int, editor: IngesterDep, wiring: WiringDep
) -> PartTarget:
    """Where to send a part: at the storage, or here. Whoever has the address needs no token."""
    target = await uploads.part_target(wiring, editor, upload_id, part_number)
    return PartTarget(url=target.url, method="PUT", headers=target.headers, expires_at=target.expires_at)


async def _ticket(
    wiring: WiringDep,
    upload_id: str,
    part_number: str,
    size: str = "",
    expires: str = "",
    signature: str = "",
) -> PartTicket:
    addresses = PartAddresses(wiring.keys, wiring.settings.base_url)
    return addresses.read(upload_id, part_number, size=size, expires=expires, given=signature)


@router.put(
    "/ingest/uploads/{upload_id}/parts/{part_number}",
    response_class=Response,
    openapi_extra={"requestBody": _PART_BODY, "security": []},
    responses=problems(PartAddressRefused, UploadNotFound, PartSizeWrong, StorageUnavailable),
)
async def receive_part(
    request: Request, ticket: Annotated[PartTicket, Depends(_ticket)], wiring: WiringDep
) -> Response:
    """Send a part to the address that was given for it. The answer's `ETag` is the MD5 of what has arrived."""
    declared = request.headers.get("content-length")
    if declared is not None and declared != str(ticket.size_bytes):
        raise PartSizeWrong(f"It has to be {ticket.size_bytes} bytes long.")
    part = await uploads.receive_part(wiring, ticket, request.stream())
    return Response(headers={"ETag": f'"{part.etag}"'})


@router.post(
    "/ingest/uploads/{upload_id}/complete",
    status_code=status.HTTP_202_ACCEPTED,
    responses=problems(
        *_TURNED_AWAY, UploadNotFound, UploadIncomplete, NotAFilm, FilmNotChecked, StorageUnavailable
    ),
)
async def complete_upload(
    upload_id: UUID, completion: Completion, editor: IngesterDep, wiring: WiringDep, response: Response
) -> JobDetail:
    """All parts are sent: the film is put together, looked at, and transcoded by a job. Said twice: the same job."""
    said = [(part.part_number, part.etag) for part in completion.parts]
    job = await upload_completion.complete_upload(wiring, editor, upload_id, said)
    response.headers["Location"] = f"/ingest/jobs/{job.id}"
    return detail_of(job)


@router.put(
    "/ingest/uploads/{upload_id}/details",
    responses=problems(*_TURNED_AWAY, UploadNotFound, IngestJobNotFound, FilmIsShow),
)
async def describe_film(
    upload_id: UUID, told: FilmDetails, editor: IngesterDep, wiring: WiringDep
) -> UploadSummary:
    """Say what the show is to be about while the film is still arriving or being transcoded."""
    return UploadSummary(**_summary(await film_description.describe_film(wiring, editor, upload_id, told)))


@router.delete(
    "/ingest/uploads/{upload_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(*_TURNED_AWAY, UploadNotFound, UploadEnded),
)
async def drop_upload(upload_id: UUID, editor: IngesterDep, wiring: WiringDep) -> None:
    """Forget an upload and what has arrived of it. The film of a completed one belongs to its job."""
    await uploads.drop_upload(wiring, editor, upload_id)


def _summary(upload: Upload) -> dict[str, object]:
    return {
        "upload_id": upload.id,
        "filename": upload.file_name,
        "size": upload.size_bytes,
        "part_size": upload.part_bytes,
        "content_type": upload.content_type,
        "title": upload.title,
        "details": upload.details,
        "state": UploadState(upload.state),
        "job_id": upload.id if upload.state == UploadState.COMPLETED else None,
        "created_at": upload.created_at,
        "expires_at": upload.expires_at,
    }
