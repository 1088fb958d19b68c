"""Orders at AWS Elemental MediaConvert.

Exactly one job for an attempt: MediaConvert forgets a request's token after a minute, so an order that may have been
placed before is first looked for among the newest jobs, by what we have written into it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aioboto3
from aiobotocore.config import AioConfig
from aiohttp import ClientError as ConnectionFault
from botocore.exceptions import BotoCoreError, ClientError

from showsondemand.adapters.transcoder.plan import plan_for
from showsondemand.adapters.transcoder.port import SourceProbe
from showsondemand.adapters.transcoder.remote.mediaconvert_pictures import storyboard_vtt
from showsondemand.adapters.transcoder.remote.mediaconvert_request import (
    ATTEMPT,
    GUID,
    SET_NAMES,
    Payer,
    job_request,
)
from showsondemand.adapters.transcoder.remote.port import (
    EncoderAway,
    EncodingOrder,
    OrderRefused,
    RemoteReport,
    RemoteState,
    SetNames,
)
from showsondemand.transcoder_settings import LadderKind

_REFUSED = frozenset(
    {"BadRequestException", "ForbiddenException", "AccessDeniedException", "NotFoundException"}
)
_ENDED, _NOT_THERE = "ConflictException", "NotFoundException"
_STATES = {
    "COMPLETE": RemoteState.COMPLETED,
    "ERROR": RemoteState.FAILED,
    "CANCELED": RemoteState.CANCELLED,
}
_STAGES = {"PROBING": "probing", "TRANSCODING": "encoding", "UPLOADING": "storing"}
_JOBS_A_PAGE = 20
# How far two clocks may differ.
_SLACK = timedelta(minutes=10)
_LONGEST_REASON_CHARACTERS = 500


@dataclass(frozen=True)
class MediaConvertPlace:
    """Where MediaConvert is asked; without ``endpoint_url`` it is AWS. ``attempts`` are made at each call."""

    region: str | None = None
    endpoint_url: str | None = None
    attempts: int = 4


class MediaConvertTranscoder:
    """A ``RemoteTranscoder``. ``storage`` is where films and sets lie: ``s3://bucket/prefix/``."""

    def __init__(
        self, storage: str, payer: Payer, place: MediaConvertPlace, ladder: LadderKind = LadderKind.OURS
    ) -> None:
        self._storage = storage
        self._payer = payer
        self._ladder = ladder
        self._place = place
        self._stack = AsyncExitStack()
        self._opening = asyncio.Lock()
        self._client: Any = None

    @property
    def set_names(self) -> SetNames:
        return SET_NAMES

    def storyboard(self, probe: SourceProbe) -> str:
        return storyboard_vtt(plan_for(probe))

    async def order(self, order: EncodingOrder) -> str:
        request = job_request(order, self._storage, self._payer, self._ladder)
        try:
            async with self._calling() as client:
                found = await self._found(client, order) if order.is_repeated else None
                if found is None:
                    found = (await client.create_job(**request))["Job"]
                return str(found["Id"])
        except ClientError as error:
            if _code(error) in _REFUSED:
                raise OrderRefused(_message(error)) from error
            raise EncoderAway(_code(error)) from error

    async def report(self, encoding_id: str) -> RemoteReport | None:
        try:
            async with self._calling() as client:
                return _report((await client.get_job(Id=encoding_id))["Job"])
        except ClientError as error:
            if _code(error) == _NOT_THERE:
                return None
            raise EncoderAway(_code(error)) from error

    async def cancel(self, encoding_id: str) -> None:
        try:
            async with self._calling() as client:
                await client.cancel_job(Id=encoding_id)
        except ClientError as error:
            if _code(error) not in (_ENDED, _NOT_THERE):
                raise EncoderAway(_code(error)) from error

    async def examine(self) -> None:
        try:
            async with self._calling() as client:
                await client.list_jobs(MaxResults=1)
        except ClientError as error:
            if _code(error) in _REFUSED:
                raise OrderRefused(_message(error)) from error
            raise EncoderAway(_code(error)) from error

    async def close(self) -> None:
        self._client = None
        await self._stack.aclose()

    async def _found(self, client: Any, order: EncodingOrder) -> dict[str, Any] | None:
        """The job of this attempt among those since it was first meant to be ordered."""
        wanted = (str(order.job_id), str(order.attempt))
        token: dict[str, str] = {}
        while True:
            page = await client.list_jobs(MaxResults=_JOBS_A_PAGE, Order="DESCENDING", **token)
            for job in page.get("Jobs", ()):
                metadata = job.get("UserMetadata", {})
                if (metadata.get(GUID), metadata.get(ATTEMPT)) == wanted:
                    found: dict[str, Any] = job
                    return found
                if job["CreatedAt"] < order.ordered_at - _SLACK:
                    return None
            if not page.get("NextToken"):
                return None
            token = {"NextToken": page["NextToken"]}

    @asynccontextmanager
    async def _calling(self) -> AsyncIterator[Any]:
        """The client. Raises ``EncoderAway`` where nobody answers; what is answered goes through."""
        try:
            yield await self._opened()
        except ClientError:
            raise
        except (BotoCoreError, ConnectionFault, TimeoutError, OSError) as error:
            raise EncoderAway(type(error).__name__) from error

    async def _opened(self) -> Any:
        async with self._opening:
            if self._client is None:
                opened = aioboto3.Session().client(
                    "mediaconvert",
                    region_name=self._place.region,
                    endpoint_url=self._place.endpoint_url,
                    config=_config(self._place),
                )
                self._client = await self._stack.enter_async_context(opened)
        return self._client


def _config(place: MediaConvertPlace) -> AioConfig:
    return AioConfig(
        connect_timeout=5,
        read_timeout=20,
        retries={"mode": "standard", "max_attempts": place.attempts},
    )


def _report(job: dict[str, Any]) -> RemoteReport:
    percent = job.get("JobPercentComplete")
    outputs = [each for group in job.get("OutputGroupDetails", ()) for each in group.get("OutputDetails", ())]
    videos = [each["VideoDetails"] for each in outputs if each.get("VideoDetails")]
    sizes = {(video.get("WidthInPx", 0), video.get("HeightInPx", 0)) for video in videos}
    return RemoteReport(
        state=_STATES.get(job.get("Status", ""), RemoteState.RUNNING),
        stage=_STAGES.get(job.get("CurrentPhase", "")),
        fraction=None if percent is None else min(max(percent / 100, 0.0), 1.0),
        error_code=job.get("ErrorCode"),
        error_detail=job.get("ErrorMessage"),
        duration_seconds=max((each.get("DurationInMs", 0) for each in outputs), default=0) / 1000 or None,
        sizes=tuple(sorted(sizes, reverse=True)),
    )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _message(error: ClientError) -> str:
    said = str(error.response.get("Error", {}).get("Message", "")) or _code(error)
    return "".join(each for each in said if each.isprintable())[:_LONGEST_REASON_CHARACTERS]
