"""What somebody says of a film that is on its way: kept with the upload, then with its job, till there is a show."""

from uuid import UUID

from showsondemand.tokens import Caller
from showsondemand.vod_ingest import queries, upload_queries
from showsondemand.vod_ingest.errors import FilmIsShow
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.models import JobState
from showsondemand.vod_ingest.service import Label
from showsondemand.vod_ingest.upload_models import Upload, UploadState
from showsondemand.wiring import Wiring


async def describe_film(wiring: Wiring, caller: Caller, upload_id: UUID, told: FilmDetails) -> Upload:
    """Keeps what the show is to say, in place of what was told before.

    Raises ``UploadNotFound``, ``IngestJobNotFound`` and, once the film is a show, ``FilmIsShow``. Whoever completes
    the upload, and whoever makes the show, locks the same row: what is told is in the show, or refused.
    """
    async with wiring.database.transaction() as session:
        upload = await upload_queries.upload(session, caller, upload_id, lock=True)
        if upload.state == UploadState.COMPLETED:
            job = await queries.job_to_change(session, upload.id)
            if job.state == JobState.COMPLETED:
                raise FilmIsShow
            job.title = Label(job.source_name, told.title).show_title
            job.details = told.kept()
        upload.title = told.title
        upload.details = told.kept()
        return upload
