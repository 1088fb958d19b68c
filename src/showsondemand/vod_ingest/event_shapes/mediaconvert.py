"""MediaConvert's job events: started, how far, what it saw, done, failed, cancelled."""

from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field

from showsondemand.vod_ingest.event_shapes.envelope import Envelope
from showsondemand.vod_ingest.event_shapes.fields import (
    BitsPerSecond,
    EpochMilliseconds,
    Guid,
    Milliseconds,
    OrNothing,
    Pixels,
    Shape,
    Text,
    moment,
    read_as,
    shown,
)
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.told import (
    EncodingEnded,
    EncodingProgress,
    Ending,
    EventRead,
    Told,
    UnknownShape,
    VideoCompleted,
)

MEDIACONVERT_SOURCE = "aws.mediaconvert"
JOB_CHANGE = "MediaConvert Job State Change"
# The key of UserMetadata that the solution sets, and our own orders too.
_GUID = "guid"

_HLS_ENDING, _DASH_ENDING = ".m3u8", ".mpd"
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png")
_FILES, _BOTH = "FILE_GROUP", "CMAF_GROUP"
# Of the pictures that our own orders ask for, these are for posters.
_LARGE = "_poster."
_STAGES = {"PROBING": "probing", "TRANSCODING": "encoding", "UPLOADING": "storing"}
# Faults of the service, or of nobody knows whom: the same film may do better next time. All others last.
_PASSING = frozenset({1550, 1999})
_WITHOUT_EFFECT = frozenset({"SUBMITTED", "INPUT_INFORMATION", "NEW_WARNING", "QUEUE_HOP"})


class _VideoDetails(Shape):
    width_in_px: Annotated[Pixels | None, OrNothing] = None
    height_in_px: Annotated[Pixels | None, OrNothing] = None
    average_bitrate: Annotated[BitsPerSecond | None, OrNothing] = None


class _OutputDetail(Shape):
    output_file_paths: Annotated[list[Text] | None, OrNothing] = None
    duration_in_ms: Annotated[Milliseconds | None, OrNothing] = None
    video_details: Annotated[_VideoDetails | None, OrNothing] = None


class _OutputGroup(Shape):
    type: Text = ""
    playlist_file_paths: list[Text] | None = None
    output_details: list[_OutputDetail] | None = None


class _JobProgress(Shape):
    job_percent_complete: Annotated[float | None, OrNothing] = None
    current_phase: Annotated[Text | None, OrNothing] = None


class _Detail(Shape):
    status: Text
    timestamp: Annotated[EpochMilliseconds | None, OrNothing] = None
    user_metadata: dict[str, Any] | None = None
    output_group_details: list[_OutputGroup] | None = None
    job_progress: Annotated[_JobProgress | None, OrNothing] = None
    error_code: Annotated[int | None, OrNothing] = None
    error_message: Annotated[str | None, OrNothing] = None


class _Ours(Shape):
    guid: Guid
    sod_attempt: Annotated[int | None, Field(ge=1), OrNothing] = None


def read_mediaconvert(envelope: Envelope, places: MediaPlaces) -> EventRead:
    """Raises ``UnknownShape``."""
    detail = read_as(_Detail, envelope.detail)
    kind = f"MediaConvert {detail.status}"
    metadata = detail.user_metadata or {}
    if _GUID not in metadata:
        return EventRead(envelope.id, kind, reason="a job that carries no guid is none of ours")
    ours = read_as(_Ours, metadata)
    told, reason = _told(ours, detail, places)
    return EventRead(
        envelope.id,
        kind,
        ours.guid,
        told,
        reason,
        told_at=moment(detail.timestamp) or envelope.time,
        attempt=ours.sod_attempt,
    )


def completed_by(event: object, places: MediaPlaces) -> VideoCompleted | None:
    """What a COMPLETE says that another event carries along; ``None`` where it is none, or of another bucket."""
    try:
        envelope = read_as(Envelope, event)
        told = read_mediaconvert(envelope, places).told
    except UnknownShape:
        return None
    return told if isinstance(told, VideoCompleted) else None


def _told(ours: _Ours, detail: _Detail, places: MediaPlaces) -> tuple[Told | None, str | None]:
    match detail.status:
        case "COMPLETE":
            return _completed(ours, detail, places)
        case "ERROR":
            return failed(detail.error_code, detail.error_message), None
        case "CANCELED":
            return EncodingEnded(Ending.CANCELLED, "cancelled", "The encoding was cancelled."), None
        case "PROGRESSING" | "STATUS_UPDATE":
            return _progress(detail), None
        case status if status in _WITHOUT_EFFECT:
            return None, "it says nothing that changes a job"
    return None, "no state of a job that is known here"


def failed(code: int | None, message: str | None) -> EncodingEnded:
    """What MediaConvert's error code and words mean to a job."""
    return EncodingEnded(
        Ending.FAILED,
        code=f"mediaconvert_{code}" if code is not None else "mediaconvert",
        detail=shown(message or "") or "MediaConvert gave no reason.",
        may_pass=code in _PASSING,
    )


def _progress(detail: _Detail) -> EncodingProgress:
    progress = detail.job_progress
    if progress is None:
        return EncodingProgress()
    percent = progress.job_percent_complete
    return EncodingProgress(
        stage=_STAGES.get(progress.current_phase or ""),
        fraction=None if percent is None else min(max(percent / 100, 0.0), 1.0),
    )


def _completed(ours: _Ours, detail: _Detail, places: MediaPlaces) -> tuple[VideoCompleted | None, str | None]:
    groups = detail.output_group_details
    if not groups:
        raise UnknownShape("a COMPLETE without outputs")
    hls, dash = _playlist(groups, _HLS_ENDING), _playlist(groups, _DASH_ENDING)
    first = hls or dash
    if first is None:
        return None, "a job without a playlist of HLS or DASH"
    streamed = [
        output for group in groups if group.playlist_file_paths for output in group.output_details or ()
    ]
    picture = _picture(groups, places)
    paths = [path for path in (hls, dash, picture) if path]
    completed = VideoCompleted(
        guid=ours.guid,
        attempt=ours.sod_attempt,
        bucket_hosts=tuple(sorted({host for path in paths if (host := places.bucket_host(path))})),
        title=PurePosixPath(first).stem,
        hls_url=places.url(hls) if hls else None,
        dash_url=places.url(dash) if dash else None,
        poster_url=places.url(picture) if picture else None,
        duration_seconds=max((each.duration_in_ms or 0 for each in streamed), default=0) / 1000 or None,
        **_sizes(streamed),
    )
    return completed, None


def _sizes(outputs: list[_OutputDetail]) -> dict[str, Any]:
    """The largest picture, and each size once: two groups of one job hold the same."""
    sizes: dict[tuple[int, int], int | None] = {}
    for video in (output.video_details for output in outputs):
        if video is not None and video.width_in_px and video.height_in_px:
            size = (video.width_in_px, video.height_in_px)
            sizes[size] = sizes.get(size) or video.average_bitrate
    width, height = max(sizes, key=lambda size: size[0] * size[1], default=(None, None))
    renditions = [
        {"width": size[0], "height": size[1], "bitrate": bitrate, "codecs": ""}
        for size, bitrate in sorted(sizes.items(), reverse=True)
        if bitrate
    ]
    return {"width": width, "height": height, "renditions": renditions}


def _playlist(groups: list[_OutputGroup], ending: str) -> str | None:
    """A group's playlist by its file ending: groups and their lists come in any order.

    A group of that kind alone comes before one that serves both. Of several groups of one kind the last one counts,
    as it does for the solution; of one group's several playlists the first, which is the one of all its outputs.
    """
    of_both, of_one = None, None
    for group in groups:
        paths = (path for path in group.playlist_file_paths or () if path.lower().endswith(ending))
        path = next(paths, None)
        if path is not None and group.type == _BOTH:
            of_both = path
        elif path is not None:
            of_one = path
    return of_one or of_both


def _picture(groups: list[_OutputGroup], places: MediaPlaces) -> str | None:
    """The captured frame that is named, always the last; of our own orders one that is nearer to the beginning."""
    pictures = [
        path
        for group in groups
        if group.type == _FILES
        for output in group.output_details or ()
        for path in output.output_file_paths or ()
        if path.lower().endswith(_PICTURE_ENDINGS)
    ]
    if not pictures:
        return None
    if not places.is_own(pictures[-1]):
        return pictures[-1]
    return earlier_frame(next((each for each in pictures if _LARGE in each), pictures[-1]))


def earlier_frame(path: str) -> str:
    """A frame a fifth into the film that ends with the frame ``NAME.0000119.jpg``; the end is black or credits.

    The counter may begin with 0 or 1: of fewer than five frames the last is kept.
    """
    stem, _, ending = path.rpartition(".")
    before, _, number = stem.rpartition(".")
    if not number.isdecimal() or int(number) // 5 < 1:
        return path
    return f"{before}.{int(number) // 5:0{len(number)}}.{ending}"
