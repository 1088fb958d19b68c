"""What the AWS solution "Video on Demand" says at the end of a video: bare, or inside of SQS, SNS and its machine."""

import hashlib
import json
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AwareDatetime

from showsondemand.vod_ingest.event_shapes.fields import (
    Guid,
    OrNothing,
    Pixels,
    Seconds,
    Shape,
    Text,
    decoded,
    read_as,
    shown,
)
from showsondemand.vod_ingest.event_shapes.mediaconvert import completed_by
from showsondemand.vod_ingest.event_shapes.places import MediaPlaces, web_url
from showsondemand.vod_ingest.event_shapes.told import (
    EncodingEnded,
    Ending,
    EventRead,
    Told,
    UnknownShape,
    VideoCompleted,
)

_KIND = "AWS solution"
# Metadata keys of ours begin so: names such as "title" or "status" break the solution's own table.
_OURS = "sod"
_TITLE = "sodTitle"
_OptionalText = Annotated[Text | None, OrNothing]
_OptionalTexts = Annotated[list[Text] | None, OrNothing]


class _Streams(Shape):
    """The stream addresses of a completion, in the order in which they are preferred."""

    hls_url: _OptionalText = None
    hls_playlist: _OptionalText = None
    cmaf_hls_url: _OptionalText = None
    cmaf_hls_playlist: _OptionalText = None
    dash_url: _OptionalText = None
    dash_playlist: _OptionalText = None
    cmaf_dash_url: _OptionalText = None
    cmaf_dash_playlist: _OptionalText = None
    egress_endpoints: Annotated[dict[str, Text] | None, OrNothing] = None

    def hls(self) -> tuple[str | None, str | None]:
        """The URL and the path in S3; either may be missing."""
        packaged = self.egress_endpoints or {}
        return _first(
            (self.hls_url, self.hls_playlist),
            (self.cmaf_hls_url, self.cmaf_hls_playlist),
            (packaged.get("HLS") or packaged.get("CMAF"), None),
        )

    def dash(self) -> tuple[str | None, str | None]:
        """As ``hls``."""
        packaged = self.egress_endpoints or {}
        return _first(
            (self.dash_url, self.dash_playlist),
            (self.cmaf_dash_url, self.cmaf_dash_playlist),
            (packaged.get("DASH"), None),
        )


class _Completion(_Streams):
    guid: Guid
    end_time: Annotated[AwareDatetime | None, OrNothing] = None
    src_bucket: _OptionalText = None
    src_video: _OptionalText = None
    sod_title: _OptionalText = None
    title: _OptionalText = None
    src_width: Annotated[Pixels | None, OrNothing] = None
    src_height: Annotated[Pixels | None, OrNothing] = None
    src_mediainfo: Annotated[str | None, OrNothing] = None
    thumb_nails_urls: _OptionalTexts = None
    thumb_nails: _OptionalTexts = None
    encoding_output: Annotated[dict[str, Any] | None, OrNothing] = None


class _Error(Shape):
    guid: Annotated[Guid | None, OrNothing] = None
    workflow_error_at: _OptionalText = None
    error_message: Annotated[str | None, OrNothing] = None


class _Container(Shape):
    duration: Annotated[Seconds | None, OrNothing] = None


class _MediaInfo(Shape):
    container: Annotated[_Container | None, OrNothing] = None


class _Begun(Shape):
    guid: Guid


def is_solutions(message: dict[str, Any]) -> bool:
    """Whether it is an object of the solution's own, at whatever step."""
    return "workflowStatus" in message or ("guid" in message and message.get("status") == "Ingest")


def read_solution(message: dict[str, Any], places: MediaPlaces, *, event_id: str | None = None) -> EventRead:
    """``event_id`` is what carried it here; an object that came bare is known by its content.

    Raises ``UnknownShape``.
    """
    event_id = event_id or f"solution:{content_hash(message)}"
    match message.get("workflowStatus", message.get("status")):
        case "Complete":
            completion = read_as(_Completion, message)
            told: Told = completed(message, places)
            return EventRead(
                event_id, f"{_KIND}: complete", completion.guid, told, told_at=completion.end_time
            )
        case "Error":
            return _failed(event_id, read_as(_Error, message))
        case "Ingest":
            guid = read_as(_Begun, message).guid
            return EventRead(event_id, f"{_KIND}: ingest", guid, reason="an encoding that is about to begin")
    return EventRead(event_id, _KIND, reason="no state of the solution that is known here")


def completed(
    message: dict[str, Any], places: MediaPlaces, encoder_said: VideoCompleted | None = None
) -> VideoCompleted:
    """The video of a completion object; what it leaves out of picture and time, ``encoder_said`` or it carries.

    Raises ``UnknownShape``.
    """
    completion = read_as(_Completion, message)
    encoder = encoder_said or completed_by(completion.encoding_output, places)
    hls, dash = _address(completion.hls(), places), _address(completion.dash(), places)
    if hls is None and dash is None:
        raise UnknownShape("a completion without a playlist of HLS or DASH")
    picture = _picture(completion)
    paths = [path for _, path in (completion.hls(), completion.dash(), picture) if path]
    return VideoCompleted(
        guid=completion.guid,
        hls_url=hls,
        dash_url=dash,
        bucket_hosts=tuple(sorted({host for path in paths if (host := places.bucket_host(path))})),
        source_key=places.own_key(completion.src_bucket, completion.src_video),
        title=_title(completion),
        poster_url=_address(picture, places),
        duration_seconds=(encoder.duration_seconds if encoder else None) or _duration(completion),
        width=(encoder.width if encoder else None) or completion.src_width,
        height=(encoder.height if encoder else None) or completion.src_height,
        renditions=encoder.renditions if encoder else [],
        details=_details(message),
    )


def content_hash(message: object) -> str:
    """The same for the same content, however it is laid out."""
    text = json.dumps(message, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _failed(event_id: str, error: _Error) -> EventRead:
    kind = f"{_KIND}: error"
    if error.guid is None:
        return EventRead(event_id, kind, reason="an error that names no video")
    step = shown(error.workflow_error_at or "")
    words = shown(error.error_message or "") or "The solution gave no reason."
    ended = EncodingEnded(Ending.FAILED, "encoder", f"{step}: {words}" if step else words)
    return EventRead(event_id, kind, error.guid, ended)


def _address(found: tuple[str | None, str | None], places: MediaPlaces) -> str | None:
    """The URL. While nobody says which hosts are trusted, the bucket is read, and not a host that it names."""
    url, path = found
    if path is not None and (url is None or not places.knows_hosts):
        return places.url(path)
    return web_url(url, path) if url is not None else None


def _picture(completion: _Completion) -> tuple[str | None, str | None]:
    urls, paths = completion.thumb_nails_urls or [], completion.thumb_nails or []
    return (urls[-1] if urls else None), (paths[-1] if paths else None)


def _first(*found: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
    return next((each for each in found if any(each)), (None, None))


def _duration(completion: _Completion) -> float | None:
    try:
        container = read_as(_MediaInfo, decoded(completion.src_mediainfo)).container
    except UnknownShape:
        return None
    return container.duration if container else None


def _title(completion: _Completion) -> str:
    """The first name that says anything: the one that we sent along, the solution's own, the film's."""
    told = (name for name in (completion.sod_title, completion.title) if name and name.strip())
    return next(told, PurePosixPath(completion.src_video or "").stem)


def _details(message: dict[str, Any]) -> dict[str, Any]:
    """``sodGenres`` as ``genres``: what whoever laid the film there said of it, the title aside."""
    return {
        key[len(_OURS)].lower() + key[len(_OURS) + 1 :]: value
        for key, value in message.items()
        if key.startswith(_OURS) and key[len(_OURS) : len(_OURS) + 1].isupper() and key != _TITLE
    }
