"""A video is done: the one way in which it becomes a show, whoever says so and however often."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.admin.editing import apply_fields
from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.cache import Cache
from showsondemand.shows import service as shows
from showsondemand.shows.media_addresses import MediaAddresses
from showsondemand.shows.models import Show
from showsondemand.shows.schemas import LONGEST_TITLE_CHARACTERS
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.errors import IngestJobNotFound
from showsondemand.vod_ingest.event_shapes import VideoCompleted
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.models import IngestJob, JobState
from showsondemand.vod_ingest.queueing import let_next_begin


class AttemptSuperseded(Exception):
    """A newer attempt runs, or the job was cancelled: what this attempt made is not wanted any more."""


@dataclass(frozen=True)
class Press:
    """What making a show out of a video takes."""

    session: AsyncSession
    cache: Cache
    addresses: MediaAddresses


async def complete_video(press: Press, completed: VideoCompleted) -> Show:
    """Exactly one show in review for ``completed.guid``: made now, or found as it is by now.

    Raises ``AttemptSuperseded``, and ``ForeignMediaHost`` for an address on a host that is not allowed.
    """
    media = _media(
        completed, press.addresses.trusting(completed.bucket_host)
    )  # first: what is refused leaves nothing behind
    job = await _job_of(press.session, completed.guid)
    if job is not None and completed.attempt is not None:
        _refuse_superseded(job, completed.attempt)
    show = await shows.show_of_ingest(press.session, completed.guid)
    if show is None:
        show = await _make_show(press, completed, media, job)
    if job is not None and job.state != JobState.COMPLETED:
        job.complete(show.id)
        await let_next_begin(press.session, job.owner_id)
    return show


@dataclass(frozen=True)
class _Media:
    """Where the video's media lie, in the form that rows hold."""

    hls_url: str | None
    dash_url: str | None
    poster_url: str | None
    storyboard_url: str | None
    captions: list[dict[str, Any]]


def _media(completed: VideoCompleted, addresses: MediaAddresses) -> _Media:
    return _Media(
        hls_url=addresses.kept(completed.hls_url, pointer="/hlsUrl"),
        dash_url=addresses.kept(completed.dash_url, pointer="/dashUrl"),
        poster_url=addresses.kept(completed.poster_url, pointer="/posterUrl"),
        storyboard_url=addresses.kept(completed.storyboard_url, pointer="/storyboardUrl"),
        captions=[
            caption | {"url": addresses.kept(caption["url"], pointer="/captions")}
            for caption in completed.captions
        ],
    )


async def _make_show(press: Press, completed: VideoCompleted, media: _Media, job: IngestJob | None) -> Show:
    show = await shows.show_for_ingest(press.session, completed.guid, title=_title(completed, job))
    if show.has_stream:  # another transaction made it while this one waited for its row
        return show
    show.created_by = job.owner_id if job else None
    if job is not None and job.details is not None:
        apply_fields(show, FilmDetails.model_validate(job.details).fields(), press.addresses)
    show.poster_url, show.storyboard_url = media.poster_url, media.storyboard_url
    show.duration_seconds = completed.duration_seconds
    show.width, show.height = completed.width, completed.height
    show.renditions = completed.renditions
    show.captions = media.captions
    show.use_streams(hls_url=media.hls_url, dash_url=media.dash_url)
    await shows.send_to_review(press.session, press.cache, show)
    await announce(press.session, Event.READY_FOR_REVIEW, subject_id=show.id, title=show.title)
    return show


async def _job_of(session: AsyncSession, guid: str) -> IngestJob | None:
    """The job that ``guid`` names, locked, so that completions of one video come one after the other."""
    try:
        return await queries.job_to_change(session, UUID(guid))
    except (ValueError, IngestJobNotFound):
        return None


def _refuse_superseded(job: IngestJob, attempt: int) -> None:
    ended_by_it = job.state == JobState.COMPLETED
    if job.attempts != attempt or (job.state != JobState.RUNNING and not ended_by_it):
        raise AttemptSuperseded


def _title(completed: VideoCompleted, job: IngestJob | None) -> str:
    told = (completed.title or "").strip()[:LONGEST_TITLE_CHARACTERS]
    return (job.title if job else None) or told or completed.guid
