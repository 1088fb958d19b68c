"""Where media lie that events name by ``s3://`` paths or by addresses that were never percent-encoded."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from showsondemand.config import Settings
from showsondemand.vod_ingest.event_shapes.told import UnknownShape

_S3 = "s3://"
_WRITTEN_FOR_URLS = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")


@dataclass(frozen=True)
class MediaPlaces:
    """Turns ``s3://bucket/key`` into a URL: of this service for its own media, else of the delivery network.

    Without a delivery network it is the bucket's own. ``own`` is where our storage lies, ``s3://bucket/prefix/``.
    """

    media_url: str
    cdn_base_url: str | None = None
    own: str | None = None
    hosts_are_listed: bool = False
    region: str = "us-east-1"

    @classmethod
    def from_settings(cls, settings: Settings) -> "MediaPlaces":
        storage = settings.storage.url
        return cls(
            media_url=f"{settings.base_url}/media/",
            cdn_base_url=settings.media.cdn_url,
            own=f"{storage.rstrip('/')}/" if storage else None,
            hosts_are_listed=bool(settings.media.media_hosts),
        )

    @property
    def knows_hosts(self) -> bool:
        """Whether the settings say where media come from."""
        return self.hosts_are_listed or self.cdn_base_url is not None

    def url(self, path: str) -> str:
        """Raises ``UnknownShape`` for what is no path in S3. Keys are plain text: nothing in them is encoded."""
        bucket, key = _bucket_and_key(path)
        if self.is_own(path):
            return self.media_url + _quoted(path.removeprefix(self.own or ""))
        return f"{self.cdn_base_url or _bucket_url(bucket, self.region)}/{_quoted(key)}"

    def bucket_host(self, path: str) -> str | None:
        """The bucket's own host, where ``url`` leads to it."""
        bucket, _ = _bucket_and_key(path)
        if self.cdn_base_url is not None or self.is_own(path):
            return None
        return _bucket_url(bucket, self.region).removeprefix("https://")

    def own_key(self, bucket: str | None, key: str | None) -> str | None:
        """The key in our own storage of what lies in that bucket under ``key``; ``None`` where it is not ours."""
        path = f"{_S3}{bucket}/{key}"
        return path.removeprefix(self.own or "") or None if bucket and key and self.is_own(path) else None

    def is_own(self, path: str) -> bool:
        """Whether the path leads into our own storage."""
        return self.own is not None and path.startswith(self.own)


def web_url(address: str, path: str | None = None) -> str:
    """An address that was put together of a host and a key as they are, percent-encoded.

    ``path`` is where the same thing lies in S3, if known; without it an address that can be read as encoded is.
    """
    scheme, separator, rest = address.partition("://")
    host, slash, key = rest.partition("/")
    raw_key = _bucket_and_key(path)[1] if path is not None and path.startswith(_S3) else None
    if not separator or (key != raw_key and _WRITTEN_FOR_URLS.fullmatch(key)):
        return address
    return f"{scheme}://{host}{slash}{_quoted(key)}"


def _bucket_and_key(path: str) -> tuple[str, str]:
    bucket, slash, key = path.removeprefix(_S3).partition("/")
    if not path.startswith(_S3) or not bucket or not slash or not key:
        raise UnknownShape("an output is not in S3")
    return bucket, key


def _bucket_url(bucket: str, region: str) -> str:
    return f"https://{bucket}.s3.{region}.amazonaws.com"


def _quoted(key: str) -> str:
    return quote(key, safe="/")
