"""A video is done: the one way in which it becomes a show, whoever says so and however often."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.adapters.analyser.port import Analyser
from showsondemand.admin.analyses.requesting import request_analysis
from showsondemand.admin.editing import apply_fields
from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.admin.poster_copies import have_poster_copied
from showsondemand.cache import Cache
from showsondemand.shows import service as shows
from showsondemand.shows.media_addresses import MediaAddresses, own_media
from showsondemand.shows.models import Show
from showsondemand.shows.schemas import LONGEST_TITLE_CHARACTERS
from showsondemand.shows.states import ShowState
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.event_shapes.fields import job_and_attempt
from showsondemand.vod_ingest.event_shapes.told import VideoCompleted
from showsondemand.vod_ingest.film_details import FilmDetails
from showsondemand.vod_ingest.models import IngestJob, JobState
from showsondemand.vod_ingest.queueing import let_next_begin


class ForeignFolder(Exception):
    """The media lie in the folder of another video, of whoever that may be."""


class AttemptSuperseded(Exception):
    """A newer attempt runs, or the job was cancelled: what this attempt made is not wanted any more."""


@dataclass(frozen=True)
class Press:
    """What making a show out of a video takes."""

    session: AsyncSession
    cache: Cache
    addresses: MediaAddresses
    analyser: Analyser | None = None


async def complete_video(press: Press, completed: VideoCompleted) -> Show:
    """Exactly one show in review for ``completed.guid``: made now, or found as it is by now.

    What an earlier word about the video left out is filled in; nothing is changed that is there. Raises
    ``AttemptSuperseded``, ``ForeignFolder``, and ``ForeignMediaHost`` for an address on a host that is not allowed.
    """
    job = await queries.job_of_guid(press.session, completed.guid)
    if job is not None:
        _refuse_superseded(job, completed.attempt)
        completed = _with_what_was_ordered(completed, job, press.addresses)
    # Before anything is written: what is refused leaves nothing behind.
    media = _media(completed, press.addresses.trusting(completed.bucket_hosts))
    await _refuse_foreign_folders(press.session, completed.guid, media)
    show = await shows.show_of_ingest(press.session, completed.guid)
    if show is None:
        show = await _make_show(press, completed, media, job)
    elif show.deleted_at is None:
        had_hls = show.hls_url is not None
        await _fill_in(press, show, completed, media)
        if show.state == ShowState.IN_REVIEW and not had_hls:
            await _have_looked_at(press, show, completed, job)
    await have_poster_copied(press.session, show)
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

    def folders(self) -> set[str]:
        """The names of all folders that something lies in, as whoever delivers them reads them."""
        addresses = [self.hls_url, self.dash_url, self.poster_url, self.storyboard_url]
        addresses += [caption["url"] for caption in self.captions]
        return {folder for address in addresses if address for folder in unquote(address).split("/")[:-1]}


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
    apply_fields(show, _details(completed, job), press.addresses)
    show.poster_url, show.storyboard_url = media.poster_url, media.storyboard_url
    show.duration_seconds = completed.duration_seconds
    show.width, show.height = completed.width, completed.height
    show.renditions = completed.renditions
    show.captions = media.captions
    show.use_streams(hls_url=media.hls_url, dash_url=media.dash_url)
    await shows.send_to_review(press.session, press.cache, show)
    await announce(press.session, Event.READY_FOR_REVIEW, subject_id=show.id, title=show.title)
    await _have_looked_at(press, show, completed, job)
    return show


async def _have_looked_at(press: Press, show: Show, completed: VideoCompleted, job: IngestJob | None) -> None:
    """A program looks at the film before people do, whoever has encoded it."""
    if press.analyser is not None:
        source_key = job.source_key if job else completed.source_key
        await request_analysis(press.session, press.analyser, show, source_key=source_key)


def _refuse_superseded(job: IngestJob, attempt: int | None) -> None:
    """A job that failed or waits again is completed by its newest attempt all the same: the video is there."""
    if job.state == JobState.CANCELLED or (attempt is not None and attempt != job.attempts):
        raise AttemptSuperseded


def _with_what_was_ordered(
    completed: VideoCompleted, job: IngestJob, addresses: MediaAddresses
) -> VideoCompleted:
    """With the captions and the storyboard that were laid into the set's folder when it was ordered elsewhere."""
    ordered = job.ordered or {}
    board = ordered.get("storyboard")
    captions = [
        {
            "language": text["language"],
            "label": text["label"],
            "url": addresses.public(own_media(text["key"])),
        }
        for text in ordered.get("captions", ())
    ]
    return replace(
        completed,
        storyboard_url=completed.storyboard_url or (addresses.public(own_media(board)) if board else None),
        captions=completed.captions or captions,
    )


async def _refuse_foreign_folders(session: AsyncSession, guid: str, media: _Media) -> None:
    """Encoders write below a folder that is named after the video: none may show what lies in that of another."""
    others = {
        video: id_
        for folder in media.folders()
        if (video := _video(folder)) != guid and (id_ := _uuid(video))
    }
    if not others:
        return
    if await queries.ids_of_jobs(session, others.values()) or await shows.made_by_ingest(session, others):
        raise ForeignFolder


def _video(folder: str) -> str:
    """The guid that a folder is named after; without the attempt, where a foreign encoder works for a job of ours."""
    named = job_and_attempt(folder)
    return named[0] if named else folder


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _fill_in(press: Press, show: Show, completed: VideoCompleted, media: _Media) -> None:
    """What one event does not know, another does. Streams are added only while nobody has judged the show."""
    if show.state in (ShowState.DRAFT, ShowState.IN_REVIEW):
        show.use_streams(hls_url=show.hls_url or media.hls_url, dash_url=show.dash_url or media.dash_url)
    show.poster_url = show.poster_url or media.poster_url
    show.storyboard_url = show.storyboard_url or media.storyboard_url
    show.duration_seconds = show.duration_seconds or completed.duration_seconds
    if show.width is None or show.height is None:
        show.width, show.height = completed.width, completed.height
    show.renditions = show.renditions or completed.renditions
    show.captions = show.captions or media.captions
    if press.session.is_modified(show):
        await shows.forget_show(press.session, press.cache, show.id)


def _details(completed: VideoCompleted, job: IngestJob | None) -> dict[str, Any]:
    """What was said of the film when it came in; else what travelled with it, as far as it can be read."""
    if job is not None and job.details is not None:
        return FilmDetails.model_validate(job.details).fields()
    return FilmDetails.readable(completed.details).fields()


def _title(completed: VideoCompleted, job: IngestJob | None) -> str:
    told = (completed.title or "").strip()[:LONGEST_TITLE_CHARACTERS]
    return (job.title if job else None) or told or completed.guid
