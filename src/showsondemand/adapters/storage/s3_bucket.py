"""The way to one bucket: a client that is opened once, and what its errors mean to us."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aioboto3
from aiobotocore.config import AioConfig
from aiohttp import ClientError as ConnectionFault
from botocore.exceptions import BotoCoreError, ClientError

from showsondemand.adapters.storage.port import StorageAway

_R = TypeVar("_R")
_NOT_THERE = frozenset({"404", "NoSuchKey", "NotFound"})
_NO_SUCH_UPLOAD = "NoSuchUpload"
_INVALID_RANGE = "InvalidRange"


class NoSuchUpload(Exception):
    """The multipart upload was completed or aborted, or never begun."""


class RangeBeyondEnd(Exception):
    """The object has no byte where the range begins."""


@dataclass(frozen=True)
class S3Place:
    """Where things lie: ``prefix`` is empty or ends with a slash; without ``endpoint_url`` it is AWS."""

    bucket: str
    prefix: str
    endpoint_url: str | None = None
    region: str | None = None


class Bucket:
    """Names and reaches the objects of one place."""

    def __init__(self, place: S3Place) -> None:
        self.name = place.bucket
        self._place = place
        self._stack = AsyncExitStack()
        self._client: Any = None
        self._opening = asyncio.Lock()

    def object_key(self, key: str) -> str:
        return self._place.prefix + key

    def key_of(self, object_key: str) -> str:
        return object_key.removeprefix(self._place.prefix)

    @asynccontextmanager
    async def client(self) -> AsyncIterator[Any]:
        """The client (of botocore's shape).

        Raises ``StorageAway``, ``FileNotFoundError``, ``NoSuchUpload`` and ``RangeBeyondEnd`` for what goes wrong
        inside.
        """
        try:
            yield await self._opened()
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _NOT_THERE:
                raise FileNotFoundError(code) from error
            if code == _INVALID_RANGE:
                raise RangeBeyondEnd from error
            if code == _NO_SUCH_UPLOAD:
                raise NoSuchUpload from error
            raise StorageAway(code) from error
        except FileNotFoundError:
            raise
        except (BotoCoreError, ConnectionFault, TimeoutError, OSError) as error:
            raise StorageAway(type(error).__name__) from error

    async def close(self) -> None:
        self._client = None
        await self._stack.aclose()

    async def _opened(self) -> Any:
        async with self._opening:
            if self._client is None:
                place = self._place
                opened = aioboto3.Session().client(
                    "s3", endpoint_url=place.endpoint_url, region_name=place.region, config=_config(place)
                )
                self._client = await self._stack.enter_async_context(opened)
        return self._client


async def all_of(calls: Iterable[Coroutine[None, None, _R]]) -> list[_R]:
    """What ``calls`` return, in order, all made at once; the first failure ends the others and is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in calls]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [task.result() for task in tasks]


def _config(place: S3Place) -> AioConfig:
    return AioConfig(
        connect_timeout=5,
        read_timeout=30,
        max_pool_connections=32,
        retries={"mode": "standard", "max_attempts": 4},
        signature_version="s3v4",
        # A server of one's own seldom has a name for each bucket.
        s3={"addressing_style": "path" if place.endpoint_url else "virtual"},
        # Others than AWS do not know the checksums that newer clients add by themselves.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
