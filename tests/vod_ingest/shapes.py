"""Shapes of AWS to be changed by tests, and what is read out of them."""

from copy import deepcopy
from typing import Any

from showsondemand.vod_ingest.event_shapes.places import MediaPlaces
from showsondemand.vod_ingest.event_shapes.reading import read_event
from showsondemand.vod_ingest.event_shapes.told import (
    EventRead,
    VideoCompleted,
)
from vod_ingest.told import aws

Json = dict[str, Any]
GUID = "a1c8e2d4-6f70-4b92-8d34-5e6f7a8b9c01"
CDN = "https://d1234abcdef8xy.cloudfront.net"
BUCKET = "s3://films-destination-7f3a9c21"
PLACES = MediaPlaces("https://shows.example.org/media/", CDN, own="s3://ours/prefix/")
BUCKETS_ONLY = MediaPlaces("https://shows.example.org/media/")


def read(message: object, places: MediaPlaces = PLACES) -> EventRead:
    return read_event(message, places)


def completed(message: object, places: MediaPlaces = PLACES) -> VideoCompleted:
    told = read(message, places).told
    assert isinstance(told, VideoCompleted), told
    return told


def changed(event: Json, **detail: Any) -> Json:
    event = deepcopy(event)
    event["detail"].update(detail)
    return event


def mediaconvert(status: str, **detail: Any) -> Json:
    return changed(aws("mediaconvert_progressing"), status=status, **detail)


COMPLETE = aws("mediaconvert_complete_hls_dash")
OBJECT = aws("vod_sqs_completion")
PUBLISHED = aws("stepfunctions_publish_succeeded")
# What is left of the object in messages of SNS, and so in the output of the machine while SNS is on.
TRIMMED = {
    key: value
    for key, value in OBJECT.items()
    if not key.startswith("jobTemplate_") and key not in ("srcMediainfo", "encodingJob", "encodingOutput")
}
PACKAGED = {
    key: value
    for key, value in TRIMMED.items()
    if key not in ("hlsPlaylist", "hlsUrl", "dashPlaylist", "dashUrl")
} | {
    "enableMediaPackage": True,
    "mediaPackageResourceId": "0123456789abcdef0123456789abcdef",
    "egressEndpoints": {"HLS": f"{CDN}/out/v1/a/index.m3u8", "DASH": f"{CDN}/out/v1/b/index.mpd"},
}
