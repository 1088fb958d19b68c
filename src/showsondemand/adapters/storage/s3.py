"""Objects in a bucket of S3, or of a server that speaks like it."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from showsondemand.adapters.storage.content_types import content_type
from showsondemand.adapters.storage.port import NoSuchPassage, Passage, StorageAway, check_key
from showsondemand.adapters.storage.s3_bucket import Bucket, RangeBeyondEnd, S3Place, all_of
from showsondemand.adapters.storage.s3_parts import S3Parts

_COPY_BYTES = 1024 * 1024
_CHUNK_BYTES = 16 * 1024 * 1024  # 10,000 of them are the most that S3 takes: 156 GiB
_FILES_AT_ONCE = 8
_DELETED_AT_ONCE = 1_000  # S3's own bound
# Whoever sees one of these may fetch what it names: they come last.
_MANIFESTS = (".m3u8", ".mpd")


class S3Storage:
    """A ``Storage`` in a bucket. An object is seen whole or not at all; a folder's manifests come last."""

    def __init__(self, place: S3Place) -> None:
        self._bucket = Bucket(place)
        self._parts = S3Parts(self._bucket)

    @property
    def parts(self) -> S3Parts:
        return self._parts

    async def examine(self) -> None:
        """Reads only: what a credential may write, ``showsondemand doctor`` tries out."""
        try:
            async with self._bucket.client() as client:
                await client.head_bucket(Bucket=self._bucket.name)
        except FileNotFoundError as error:
            raise StorageAway("there is no such bucket") from error

    async def adopt_file(self, file: Path, key: str) -> None:
        check_key(key)
        await self._put(file, key)
        await asyncio.to_thread(file.unlink)

    async def adopt_folder(self, folder: Path, key: str) -> None:
        check_key(key)
        await self.remove(key)
        files = await asyncio.to_thread(_files_below, folder)
        manifests = [path for path in files if path.suffix in _MANIFESTS]
        try:
            await self._put_all([path for path in files if path not in manifests], folder, key)
            await self._put_all(manifests, folder, key)
        except StorageAway:
            with suppress(StorageAway):  # the sweep comes by
                await self.remove(key)
            raise
        await asyncio.to_thread(shutil.rmtree, folder)

    async def local_copy(self, key: str, scratch: Path) -> Path:
        check_key(key)
        copy = scratch / key.rpartition("/")[2]
        async with self._bucket.client() as client:
            answer = await client.get_object(Bucket=self._bucket.name, Key=self._bucket.object_key(key))
            with copy.open("wb") as file:
                async for chunk in answer["Body"].iter_chunks(_COPY_BYTES):
                    await asyncio.to_thread(file.write, chunk)
        return copy

    async def size_bytes(self, key: str) -> int | None:
        check_key(key)
        try:
            async with self._bucket.client() as client:
                found = await client.head_object(Bucket=self._bucket.name, Key=self._bucket.object_key(key))
        except FileNotFoundError:
            return None
        return int(found["ContentLength"])

    async def passage(self, key: str, first: int = 0, last: int | None = None) -> Passage:
        check_key(key)
        wanted = f"bytes={first}-{'' if last is None else last}"
        try:
            async with self._bucket.client() as client:
                answer = await client.get_object(
                    Bucket=self._bucket.name,
                    Key=self._bucket.object_key(key),
                    **({"Range": wanted} if first or last is not None else {}),
                )
        except RangeBeyondEnd as error:
            raise NoSuchPassage(await self.size_bytes(key) or 0) from error
        size_bytes = int(answer.get("ContentRange", "").rpartition("/")[2] or answer["ContentLength"])
        return Passage(
            size_bytes=size_bytes,
            first=first,
            last=first + int(answer["ContentLength"]) - 1,
            etag=answer["ETag"],
            chunks=self._chunks(answer["Body"]),
            release=answer["Body"].close,
        )

    async def remove(self, key: str) -> None:
        check_key(key)
        object_key = self._bucket.object_key(key)
        async with self._bucket.client() as client:
            below = [each["Key"] async for each in self._objects(client, f"{object_key}/")]
            for start in range(0, len(below), _DELETED_AT_ONCE):
                batch = [{"Key": each} for each in below[start : start + _DELETED_AT_ONCE]]
                answer = await client.delete_objects(
                    Bucket=self._bucket.name, Delete={"Objects": batch, "Quiet": True}
                )
                if answer.get("Errors"):
                    raise StorageAway(answer["Errors"][0].get("Code", ""))
            # Some servers keep the empty folder, as an object whose key ends with a slash.
            for emptied in (object_key, f"{object_key}/"):
                await client.delete_object(Bucket=self._bucket.name, Key=emptied)

    async def keys(self, prefix: str) -> list[str]:
        check_key(prefix)
        folder = self._bucket.object_key(f"{prefix}/")
        names: set[str] = set()
        async with self._bucket.client() as client:
            pages = client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket.name, Prefix=folder, Delimiter="/"
            )
            async for page in pages:
                names.update(each["Key"] for each in page.get("Contents", ()))
                names.update(each["Prefix"].rstrip("/") for each in page.get("CommonPrefixes", ()))
        return sorted(self._bucket.key_of(name) for name in names - {folder})

    def local_path(self, key: str) -> Path | None:  # noqa: ARG002 - it never lies on this machine
        return None

    async def close(self) -> None:
        await self._bucket.close()

    async def _put(self, file: Path, key: str) -> None:
        kind = content_type(file.name)
        if await asyncio.to_thread(_size_bytes, file) > _CHUNK_BYTES:
            await self._parts.send(file, key, kind, part_bytes=_CHUNK_BYTES)
            return
        async with self._bucket.client() as client:
            with file.open("rb") as content:
                await client.put_object(
                    Bucket=self._bucket.name, Key=self._bucket.object_key(key), Body=content, ContentType=kind
                )

    async def _put_all(self, files: Sequence[Path], folder: Path, key: str) -> None:
        gate = asyncio.Semaphore(_FILES_AT_ONCE)

        async def put(file: Path) -> None:
            async with gate:
                await self._put(file, f"{key}/{file.relative_to(folder).as_posix()}")

        await all_of(put(file) for file in files)

    async def _objects(self, client: Any, prefix: str) -> AsyncIterator[dict[str, Any]]:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket.name, Prefix=prefix)
        async for page in pages:
            for each in page.get("Contents", ()):
                yield each

    async def _chunks(self, body: Any) -> AsyncGenerator[bytes, None]:
        async with self._bucket.client():
            try:
                async for chunk in body.iter_chunks(_COPY_BYTES):
                    yield chunk
            finally:
                body.close()


def _files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _size_bytes(file: Path) -> int:
    return file.stat().st_size
