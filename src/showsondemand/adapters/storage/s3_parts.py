"""Files that arrive in parts straight at S3: its own multipart uploads, each part to an address that we signed."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from showsondemand.adapters.storage.port import (
    Arrival,
    Part,
    PartAddress,
    PartsDiffer,
    StorageAway,
    check_key,
)
from showsondemand.adapters.storage.s3_bucket import Bucket, NoSuchUpload, all_of
from showsondemand.adapters.storage.s3_cors import cors_fault

_AT_ONCE = 4


class S3Parts:
    """``Parts`` in a bucket; an arrival's reference is the id of its multipart upload."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    async def begin(self, key: str) -> Arrival:
        check_key(key)
        return await self._begin(key, {})

    async def send(self, file: Path, key: str, content_type: str, *, part_bytes: int) -> None:
        """Puts a large local file at ``key``, with ``_AT_ONCE`` parts of it in memory."""
        arrival = await self._begin(key, {"ContentType": content_type})
        try:
            await self.join(arrival, await self._send_parts(arrival, file, part_bytes))
        except BaseException:
            with suppress(StorageAway):  # the sweep comes by
                await self.drop(arrival)
            raise

    async def arrived(self, arrival: Arrival) -> list[Part]:
        found: list[dict[str, Any]] = []
        with suppress(NoSuchUpload, FileNotFoundError):
            async with self._bucket.client() as client:
                async for page in client.get_paginator("list_parts").paginate(**self._named(arrival)):
                    found += page.get("Parts", ())
        parts = [Part(each["PartNumber"], int(each["Size"]), each["ETag"].strip('"')) for each in found]
        return sorted(parts, key=lambda part: part.number)

    async def address(
        self, arrival: Arrival, number: int, size_bytes: int, lifetime: timedelta
    ) -> PartAddress | None:
        async with self._bucket.client() as client:
            url = await client.generate_presigned_url(
                "upload_part",
                Params={**self._named(arrival), "PartNumber": number, "ContentLength": size_bytes},
                ExpiresIn=int(lifetime.total_seconds()),
            )
        return PartAddress(url)

    async def refusal(self, origin: str) -> str | None:
        async with self._bucket.client() as client:
            try:
                answer = await client.get_bucket_cors(Bucket=self._bucket.name)
            except client.exceptions.ClientError as error:
                if error.response["Error"]["Code"] == "NoSuchCORSConfiguration":
                    return "it has no CORS rules"
                raise
        return cors_fault(answer["CORSRules"], origin)

    async def write(
        self,
        arrival: Arrival,
        number: int,  # noqa: ARG002 - parts go straight to S3
        size_bytes: int,  # noqa: ARG002
        chunks: AsyncIterator[bytes],  # noqa: ARG002
    ) -> Part:
        raise FileNotFoundError(arrival.key)

    async def join(self, arrival: Arrival, parts: Sequence[Part]) -> str | None:
        """See the port; S3 joins by itself, so no SHA-256 comes of it."""
        named = [{"PartNumber": part.number, "ETag": f'"{part.etag}"'} for part in parts]
        try:
            async with self._bucket.client() as client:
                try:
                    await client.complete_multipart_upload(
                        **self._named(arrival), MultipartUpload={"Parts": named}
                    )
                except client.exceptions.ClientError as error:
                    if error.response["Error"]["Code"] in ("InvalidPart", "InvalidPartOrder"):
                        raise PartsDiffer from error
                    raise
        except NoSuchUpload as error:
            raise PartsDiffer from error
        return None

    async def drop(self, arrival: Arrival) -> None:
        with suppress(NoSuchUpload, FileNotFoundError):
            async with self._bucket.client() as client:
                await client.abort_multipart_upload(**self._named(arrival))

    async def under_way(self, prefix: str) -> list[Arrival]:
        async with self._bucket.client() as client:
            pages = client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket.name, Prefix=self._bucket.object_key(f"{prefix}/")
            )
            return [
                Arrival(self._bucket.key_of(each["Key"]), each["UploadId"])
                async for page in pages
                for each in page.get("Uploads", ())
            ]

    async def _begin(self, key: str, headers: dict[str, str]) -> Arrival:
        async with self._bucket.client() as client:
            begun = await client.create_multipart_upload(
                Bucket=self._bucket.name, Key=self._bucket.object_key(key), **headers
            )
        return Arrival(key, begun["UploadId"])

    async def _send_parts(self, arrival: Arrival, file: Path, part_bytes: int) -> list[Part]:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def send(number: int) -> Part:
            async with gate, self._bucket.client() as client:
                data = await asyncio.to_thread(_read, file, (number - 1) * part_bytes, part_bytes)
                # In a stream, because aiohttp writes plain bytes in one go, with the event loop standing still.
                answer = await client.upload_part(
                    **self._named(arrival), PartNumber=number, Body=BytesIO(data)
                )
            return Part(number, len(data), answer["ETag"].strip('"'))

        count = -(-(await asyncio.to_thread(file.stat)).st_size // part_bytes)
        return await all_of(send(number) for number in range(1, count + 1))

    def _named(self, arrival: Arrival) -> dict[str, str]:
        return {
            "Bucket": self._bucket.name,
            "Key": self._bucket.object_key(arrival.key),
            "UploadId": arrival.reference,
        }


def _read(file: Path, start: int, size_bytes: int) -> bytes:
    with file.open("rb") as content:
        content.seek(start)
        return content.read(size_bytes)
