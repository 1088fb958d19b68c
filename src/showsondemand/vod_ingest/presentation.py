"""An ingest job's row as everybody who may see it reads it."""

from showsondemand.vod_ingest.models import IngestJob, JobState, Priority
from showsondemand.vod_ingest.schemas import JobDetail, JobError


def detail_of(job: IngestJob) -> JobDetail:
    return JobDetail(
        id=job.id,
        state=JobState(job.state),
        stage=job.stage,
        progress=job.progress,
        speed=job.speed,
        seconds_left=job.seconds_left,
        priority=Priority(job.priority),
        attempts=job.attempts,
        source_name=job.source_name,
        source_bytes=job.source_bytes,
        title=job.title,
        error=JobError(code=job.error_code, detail=job.error_detail or "") if job.error_code else None,
        show_id=job.show_id,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )
