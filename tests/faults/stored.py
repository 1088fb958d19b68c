"""What a house has stored, seen past the house: in its folder, or in a bucket."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from s3_fixtures import S3Server


class Stored(Protocol):
    """All that is stored, by the keys that rows name it by."""

    def sizes(self) -> dict[str, int]:
        """How many bytes each object has."""

    def text(self, key: str) -> str:
        """What stands in an object."""

    def begun_uploads(self) -> list[str] | None:
        """The names of objects whose parts are being waited for; nothing where the storage keeps no account of it."""


@dataclass(frozen=True)
class InFolder:
    folder: Path

    def sizes(self) -> dict[str, int]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.folder)): path.stat().st_size for path in files}

    def text(self, key: str) -> str:
        return (self.folder / key).read_text(encoding="utf-8")

    def begun_uploads(self) -> None:
        return None


@dataclass(frozen=True)
class InBucket:
    server: S3Server
    bucket: str
    prefix: str

    def sizes(self) -> dict[str, int]:
        pages = (
            self._client().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
        )
        found = [each for page in pages for each in page.get("Contents", ())]
        # An empty folder is an object there, whose key ends with a slash.
        return {
            each["Key"].removeprefix(self.prefix): each["Size"]
            for each in found
            if not each["Key"].endswith("/")
        }

    def text(self, key: str) -> str:
        answer = self._client().get_object(Bucket=self.bucket, Key=self.prefix + key)
        content: bytes = answer["Body"].read()
        return content.decode()

    def begun_uploads(self) -> list[str]:
        answer = self._client().list_multipart_uploads(Bucket=self.bucket)
        return [each["Key"].removeprefix(self.prefix) for each in answer.get("Uploads", ())]

    def _client(self) -> Any:
        return self.server.client()
