"""The analyser that is AWS's content moderation: it reads the film out of the bucket itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aioboto3
from aiohttp import ClientError as ConnectionFault
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from showsondemand.adapters.analyser.port import (
    AnalyserAway,
    CannotAnalyse,
    Film,
    Finding,
    Pending,
    Report,
)

_SECONDS = 10
_ASK_AGAIN_SECONDS = 20.0
_PAGE = 1_000
# An hour of film in which every shot is something fills some of these; more is the same again.
_MOST_PAGES = 50
_LASTING = frozenset(
    {"InvalidParameterException", "InvalidS3ObjectException", "VideoTooLargeException", "ValidationException"}
)
_FORGOTTEN = "ResourceNotFoundException"
_NO_JOB = "0" * 64


class _Forgotten(Exception):
    """AWS does not know the job any more: results are kept for seven days."""


@dataclass(frozen=True)
class RekognitionAnalyser:
    """An ``Analyser`` of what is to be seen. ``prefix`` is empty or ends with a slash, as in the storage."""

    bucket: str
    prefix: str
    region: str | None = None
    endpoint_url: str | None = None
    name: str = "rekognition"
    works_here: bool = False
    # It has read what the service can do, which takes a second, and need not again.
    _session: aioboto3.Session = field(default_factory=aioboto3.Session, compare=False)

    async def analyse(self, film: Film, reference: str) -> Report | Pending:
        """Begins the look, or fetches what was found; see the port."""
        if not film.source_key:
            raise CannotAnalyse("The film as it was sent does not lie in the bucket.")
        async with self._client() as client:
            try:
                if reference:
                    return await _outcome(client, reference)
            except _Forgotten:
                pass
            begun = await client.start_content_moderation(
                Video={"S3Object": {"Bucket": self.bucket, "Name": self.prefix + film.source_key}},
                MinConfidence=round(100 * film.least_score, 2),
                ClientRequestToken=film.token,
            )
            return Pending(str(begun["JobId"]), _ASK_AGAIN_SECONDS)

    async def answers(self) -> None:
        """Asks for a look that there never was: whoever says so would answer for another."""
        async with self._client() as client:
            try:
                await client.get_content_moderation(JobId=_NO_JOB)
            except ClientError as error:
                if _code(error) not in (_FORGOTTEN, "InvalidParameterException"):
                    raise

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Any]:
        config = Config(connect_timeout=_SECONDS, read_timeout=_SECONDS, retries={"max_attempts": 1})
        try:
            async with self._session.client(
                "rekognition", region_name=self.region, endpoint_url=self.endpoint_url, config=config
            ) as client:
                yield client
        except ClientError as error:
            code = _code(error)
            if code in _LASTING:
                raise CannotAnalyse(f"AWS does not take the film: {code}.") from error
            raise AnalyserAway(f"AWS answered {code}.") from error
        except (BotoCoreError, ConnectionFault, OSError) as error:
            raise AnalyserAway(f"AWS could not be asked: {type(error).__name__}.") from error


async def _outcome(client: Any, job_id: str) -> Report | Pending:
    found: list[Finding] = []
    asked: dict[str, Any] = {"JobId": job_id, "MaxResults": _PAGE, "AggregateBy": "SEGMENTS"}
    for _ in range(_MOST_PAGES):
        page = await _page(client, asked)
        if page["JobStatus"] == "IN_PROGRESS":
            return Pending(job_id, _ASK_AGAIN_SECONDS)
        if page["JobStatus"] == "FAILED":
            raise CannotAnalyse(
                f"AWS could not look at the film: {page.get('StatusMessage', 'no reason given')}"
            )
        found += [_finding(label) for label in page.get("ModerationLabels", ())]
        if not page.get("NextToken"):
            break
        asked["NextToken"] = page["NextToken"]
    found.sort(key=lambda finding: (finding.start_seconds or 0.0, finding.label))
    version = page.get("ModerationModelVersion", "unknown")
    return Report(tuple(found), f"Content moderation, model {version}.")


async def _page(client: Any, asked: dict[str, Any]) -> dict[str, Any]:
    try:
        page: dict[str, Any] = await client.get_content_moderation(**asked)
    except ClientError as error:
        if _code(error) == _FORGOTTEN:
            raise _Forgotten from error
        raise
    return page


def _finding(detected: dict[str, Any]) -> Finding:
    label = detected["ModerationLabel"]
    parent = label.get("ParentName")
    begins = detected.get("StartTimestampMillis", detected.get("Timestamp", 0))
    return Finding(
        label["Name"],
        round(label["Confidence"] / 100, 4),
        begins / 1000,
        detected.get("EndTimestampMillis", begins) / 1000,
        f"A kind of: {parent}." if parent else "",
    )


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))
