"""The shapes that tell a video is done, each read into one ``VideoCompleted``.

An event is a stranger's word even with the right key: nothing of it is used that is not looked at here.
"""

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

OWN_SOURCE = "showsondemand"
OWN_COMPLETED = "Video Completed"
MEDIACONVERT_SOURCE = "aws.mediaconvert"
_MEDIACONVERT_CHANGE = "MediaConvert Job State Change"
_HLS_ENDING, _DASH_ENDING = ".m3u8", ".mpd"
_LONGEST_REASON_CHARACTERS = 500
_PICTURE_ENDINGS = (".jpg", ".jpeg", ".png")

Guid = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._-]+$")]
Text = Annotated[str, StringConstraints(max_length=2_048, pattern=r"^[^\x00-\x1f\x7f]*$")]
Pixels = Annotated[int, Field(ge=1, le=16_384)]
BitsPerSecond = Annotated[int, Field(ge=1, le=1_000_000_000)]
Seconds = Annotated[float, Field(ge=0, le=7 * 24 * 3600, allow_inf_nan=False)]


class UnknownShape(Exception):
    """JSON that is none of the known shapes."""


@dataclass(frozen=True)
class VideoCompleted:
    """A video that is ready to be played. Addresses are URLs; ``attempt`` is set for a job of our own.

    ``bucket_host`` is the host of addresses that were made from ``s3://`` paths, where no delivery network has one.
    """

    guid: str
    hls_url: str | None
    dash_url: str | None
    attempt: int | None = None
    bucket_host: str | None = None
    title: str | None = None
    poster_url: str | None = None
    storyboard_url: str | None = None
    duration_seconds: float | None = None
    width: int | None = None
    height: int | None = None
    renditions: list[dict[str, Any]] = field(default_factory=list)
    captions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class EventRead:
    """An event that was understood; without ``completed`` it is none that changes anything here."""

    event_id: str
    kind: str
    guid: str | None = None
    completed: VideoCompleted | None = None
    reason: str | None = None


class _Shape(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


class _Envelope(_Shape):
    """The envelope of EventBridge, which our own events use too. Its key order and extra keys are free."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
    source: Text
    detail_type: Annotated[Text, Field(alias="detail-type")]
    region: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")] = "us-east-1"
    detail: dict[str, Any]


class _Rendition(_Shape):
    width: Pixels
    height: Pixels
    bitrate: BitsPerSecond
    codecs: Text = ""


class _Caption(_Shape):
    language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{2,35}$")]
    label: Annotated[Text, StringConstraints(min_length=1, max_length=100)]
    url: Text


class _OwnDetail(_Shape):
    guid: Guid
    attempt: Annotated[int, Field(ge=1)] | None = None
    hls_url: Text | None = None
    dash_url: Text | None = None
    poster_url: Text | None = None
    storyboard_url: Text | None = None
    title: Text | None = None
    duration_seconds: Seconds | None = None
    width: Pixels | None = None
    height: Pixels | None = None
    renditions: list[_Rendition] = Field(default_factory=list, max_length=50)
    captions: list[_Caption] = Field(default_factory=list, max_length=100)


class _VideoDetails(_Shape):
    width_in_px: Pixels
    height_in_px: Pixels
    average_bitrate: BitsPerSecond | None = None


class _OutputDetail(_Shape):
    output_file_paths: list[Text] = Field(default_factory=list)
    duration_in_ms: Annotated[int, Field(ge=0, le=7 * 24 * 3_600_000)] | None = None
    video_details: _VideoDetails | None = None


class _OutputGroup(_Shape):
    type: Text
    playlist_file_paths: list[Text] = Field(default_factory=list)
    output_details: list[_OutputDetail] = Field(default_factory=list)


class _MediaConvertDetail(_Shape):
    status: Text
    user_metadata: dict[str, Text] = Field(default_factory=dict)
    output_group_details: list[_OutputGroup] = Field(default_factory=list)


class _MediaConvertGuid(_Shape):
    guid: Guid


@dataclass(frozen=True)
class BucketAddress:
    """How an ``s3://bucket/key`` of an event becomes a URL: on the delivery network, else at the bucket itself."""

    cdn_base_url: str | None
    region: str

    def host(self, path: str) -> str | None:
        """The bucket's own host where an output is read from it; ``None`` on the delivery network."""
        return None if self.cdn_base_url else urlsplit(self.url(path)).netloc

    def url(self, path: str) -> str:
        parts = urlsplit(path)
        if parts.scheme != "s3" or not parts.netloc:
            raise UnknownShape("an output is not in S3")
        key = quote(unquote(parts.path) if "%" in parts.path else parts.path, safe="/")
        base = self.cdn_base_url or f"https://{parts.netloc}.s3.{self.region}.amazonaws.com"
        return base.rstrip("/") + key


def read_event(message: object, *, cdn_base_url: str | None) -> EventRead:
    """What ``message`` (decoded JSON) says. Raises ``UnknownShape``."""
    try:
        envelope = _Envelope.model_validate(message)
        if envelope.source == OWN_SOURCE and envelope.detail_type == OWN_COMPLETED:
            return _own(envelope)
        if envelope.source == MEDIACONVERT_SOURCE and envelope.detail_type == _MEDIACONVERT_CHANGE:
            return _mediaconvert(envelope, BucketAddress(cdn_base_url, envelope.region))
    except ValidationError as error:
        places = ", ".join(".".join(str(part) for part in fault["loc"]) for fault in error.errors()[:5])
        raise UnknownShape(f"not as expected: {_shown(places)}") from error
    return EventRead(
        envelope.id, f"{envelope.source}: {envelope.detail_type}", reason="no event that this service acts on"
    )


def _shown(places: str) -> str:
    """Names out of an event, fit to be kept and read: a sender chooses the keys of an object."""
    printable = (letter if letter.isprintable() else "?" for letter in places)
    return "".join(printable)[:_LONGEST_REASON_CHARACTERS]


def _own(envelope: _Envelope) -> EventRead:
    detail = _OwnDetail.model_validate(envelope.detail)
    if detail.hls_url is None and detail.dash_url is None:
        raise UnknownShape("a completed video without a stream")
    completed = VideoCompleted(
        **detail.model_dump(exclude={"renditions", "captions"}),
        renditions=[each.model_dump() for each in detail.renditions],
        captions=[each.model_dump() for each in detail.captions],
    )
    return EventRead(envelope.id, OWN_COMPLETED, detail.guid, completed)


def _mediaconvert(envelope: _Envelope, bucket: BucketAddress) -> EventRead:
    detail = _MediaConvertDetail.model_validate(envelope.detail)
    kind = f"MediaConvert {detail.status}"
    if "guid" not in detail.user_metadata:
        return EventRead(envelope.id, kind, reason="a job that carries no guid is none of ours")
    guid = _MediaConvertGuid.model_validate(detail.user_metadata).guid
    if detail.status != "COMPLETE":
        return EventRead(envelope.id, kind, guid, reason="only COMPLETE is acted on")
    return EventRead(envelope.id, kind, guid, _mediaconvert_completed(guid, detail, bucket))


def _mediaconvert_completed(guid: str, detail: _MediaConvertDetail, bucket: BucketAddress) -> VideoCompleted:
    groups = detail.output_group_details
    hls = _playlist(groups, _HLS_ENDING)
    dash = _playlist(groups, _DASH_ENDING)
    if hls is None and dash is None:
        raise UnknownShape("a COMPLETE without a playlist")
    streamed = [output for group in groups if group.playlist_file_paths for output in group.output_details]
    sizes = {
        (video.width_in_px, video.height_in_px): video.average_bitrate
        for video in (output.video_details for output in streamed)
        if video is not None
    }
    largest = max(sizes, key=lambda size: size[1], default=(None, None))
    milliseconds = max((output.duration_in_ms or 0 for output in streamed), default=0)
    pictures = [
        path
        for group in groups
        if group.type == "FILE_GROUP"
        for output in group.output_details
        for path in output.output_file_paths
        if path.lower().endswith(_PICTURE_ENDINGS)
    ]
    return VideoCompleted(
        guid=guid,
        bucket_host=bucket.host(hls or dash or ""),
        title=PurePosixPath(urlsplit(hls or dash or "").path).stem,
        hls_url=bucket.url(hls) if hls else None,
        dash_url=bucket.url(dash) if dash else None,
        poster_url=bucket.url(pictures[-1]) if pictures else None,
        duration_seconds=milliseconds / 1000 or None,
        width=largest[0],
        height=largest[1],
        renditions=[
            {"width": width, "height": height, "bitrate": bitrate, "codecs": ""}
            for (width, height), bitrate in sorted(sizes.items(), reverse=True)
            if bitrate
        ],
    )


def _playlist(groups: list[_OutputGroup], ending: str) -> str | None:
    """The group's playlist by its file ending: groups and their lists come in any order."""
    paths = (path for group in groups for path in group.playlist_file_paths)
    return next((path for path in paths if path.lower().endswith(ending)), None)
