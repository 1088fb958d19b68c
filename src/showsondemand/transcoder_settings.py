"""Settings of who turns films into streams."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field, HttpUrl, StringConstraints

from showsondemand.setting_sources import Subject

_ROLE_ARN = r"^arn:aws[a-z-]*:iam::\d{12}:role/[A-Za-z0-9_+=,.@/-]+$"


class TranscoderKind(StrEnum):
    """We, AWS MediaConvert at our order, or somebody who only tells us."""

    FFMPEG = "ffmpeg"
    MEDIACONVERT = "mediaconvert"
    EXTERNAL = "external"


class LadderKind(StrEnum):
    """Who chooses the sizes and bitrates of what MediaConvert makes: we, or MediaConvert by looking at the film."""

    OURS = "ours"
    AUTOMATED = "automated"


class TranscoderSettings(Subject):
    kind: TranscoderKind = Field(TranscoderKind.FFMPEG, validation_alias="TRANSCODER")
    role: Annotated[str, StringConstraints(pattern=_ROLE_ARN)] | None = Field(
        None, validation_alias="MEDIACONVERT_ROLE"
    )
    queue: Annotated[str, StringConstraints(max_length=300)] | None = Field(
        None, validation_alias="MEDIACONVERT_QUEUE"
    )
    ladder: LadderKind = Field(LadderKind.OURS, validation_alias="MEDIACONVERT_LADDER")
    endpoint_url: HttpUrl | None = Field(None, validation_alias="AWS_ENDPOINT_URL_MEDIACONVERT")

    def lacks(self, storage_url: str | None) -> Iterator[str]:
        """What the chosen encoder does not start without, a sentence each."""
        if self.kind is not TranscoderKind.MEDIACONVERT:
            return
        if self.role is None:
            yield "MEDIACONVERT_ROLE must name the role that MediaConvert reads and writes with"
        if storage_url is None:
            yield "STORAGE_URL must name a bucket, which MediaConvert reads films from"
