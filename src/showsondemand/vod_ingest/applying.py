"""What an event changes: the show and job that it is about, or nothing yet, where neither is known.

Words of one encoding are taken one at a time and in the order of their own times. What has ended has ended: only a
video that is there after all is still taken from a job that had failed.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.shows import service as shows
from showsondemand.shows.errors import ForeignMediaHost
from showsondemand.vod_ingest import attempts, queries
from showsondemand.vod_ingest.attempts import Failure
from showsondemand.vod_ingest.completion import AttemptSuperseded, ForeignFolder, Press, complete_video
from showsondemand.vod_ingest.event_shapes.fields import shown
from showsondemand.vod_ingest.event_shapes.told import (
    EncodingEnded,
    EncodingProgress,
    Ending,
    EventRead,
    VideoCompleted,
)
from showsondemand.vod_ingest.ledger import Outcome
from showsondemand.vod_ingest.models import UNDER_WAY, EventStatus, IngestJob, JobState
from showsondemand.vod_ingest.queueing import let_next_begin

_OVERTAKEN = "a newer attempt of this job runs, or it was cancelled"


async def act_on(press: Press, event: EventRead) -> Outcome:
    """Does what the event says; see above."""
    told = event.told
    if event.guid is None or not isinstance(told, VideoCompleted | EncodingEnded | EncodingProgress):
        return _ignored(event.reason or "it says nothing that changes anything")
    await queries.one_word_at_a_time(press.session, event.guid)
    if isinstance(told, VideoCompleted):
        return await _complete(press, told)
    job = await queries.job_of_guid(press.session, event.guid)
    if job is not None:
        return await _move(press.session, job, event, told)
    show = await shows.show_of_ingest(press.session, event.guid)
    if show is not None:
        return Outcome(EventStatus.IGNORED, show.id, "the video is done")
    return Outcome(EventStatus.PARKED, reason="nothing is known of this encoding yet")


async def _complete(press: Press, completed: VideoCompleted) -> Outcome:
    try:
        show = await complete_video(press, completed)
    except AttemptSuperseded:
        return _ignored(_OVERTAKEN)
    except ForeignMediaHost:
        await _end_what_cannot_be_shown(press, completed)
        return _foreign("its media are on a host that MEDIA_HOSTS does not list")
    except ForeignFolder:
        return _foreign("its media lie in the folder of another video")
    await queries.settle_parked_events(press.session, completed.guid, show.id)
    return Outcome(EventStatus.ACCEPTED, show.id)


async def _end_what_cannot_be_shown(press: Press, completed: VideoCompleted) -> None:
    """A job whose film is encoded elsewhere, and lies where we may not play it from: nothing else will be heard of it.

    Whoever waits is told at once what to do; the video is taken from the job that failed when it is told or replayed.
    """
    job = await queries.job_of_guid(press.session, completed.guid)
    is_meant = job is not None and completed.attempt in (None, job.attempts)
    if job is None or not is_meant or job.state != JobState.RUNNING or job.encoding_id is None:
        return
    addresses = press.addresses.trusting(completed.bucket_hosts)
    hosts = addresses.foreign_hosts((completed.hls_url, completed.dash_url, completed.poster_url))
    if hosts and set(hosts) <= set(completed.bucket_hosts):
        return  # an encoder's own word names buckets: where the video is played from, whoever publishes it says later
    where = shown(", ".join(hosts)) or "what is no address of the web"
    lies = f"The film is encoded, but it lies on {where}, which MEDIA_HOSTS does not list."
    detail = f"{lies} Once it does, replay the event."
    await attempts.end_badly(press.session, job, Failure("foreign_media_host", detail, may_pass=False))


async def _move(
    session: AsyncSession, job: IngestJob, event: EventRead, told: EncodingEnded | EncodingProgress
) -> Outcome:
    if event.attempt is not None and event.attempt != job.attempts:
        return _ignored(_OVERTAKEN)
    if job.state not in UNDER_WAY:
        return Outcome(EventStatus.IGNORED, job.show_id, "the job has ended")
    if event.told_at is not None and job.told_at is not None and event.told_at < job.told_at:
        return _ignored("something newer is known")
    job.told_at = event.told_at or job.told_at
    if isinstance(told, EncodingProgress):
        job.get_on(told.stage, told.fraction)
    elif told.ending is Ending.CANCELLED:
        job.cancel()
        await let_next_begin(session, job.owner_id)
    else:
        failure = Failure(told.code, told.detail, may_pass=told.may_pass)
        await attempts.end_badly(session, job, failure)
    return Outcome(EventStatus.ACCEPTED)


def _foreign(reason: str) -> Outcome:
    return Outcome(EventStatus.IGNORED, reason=reason, is_foreign=True)


def _ignored(reason: str) -> Outcome:
    return Outcome(EventStatus.IGNORED, reason=reason)
