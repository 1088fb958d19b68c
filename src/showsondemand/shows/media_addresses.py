"""Where a show's media lie: ``media:KEY`` in our own storage, or an address somewhere else.

Rows hold the short form, so that a service which moves to another public address needs no change of rows.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit

from showsondemand.config import Settings
from showsondemand.errors import Fault
from showsondemand.shows.errors import ForeignMediaHost

MEDIA_PATH = "/media/"
MEDIA_SETS = "videos"
_OWN = "media:"
_SAFE_IN_KEY = "/"
# A file of a media set: videos/JOB/ATTEMPT/FILE. Nothing else in our storage is for viewers.
_MEDIA_FILE = re.compile(rf"{MEDIA_SETS}(/[A-Za-z0-9_-][A-Za-z0-9._-]*){{3,}}")


def own_media(key: str) -> str:
    """The address, as rows hold it, of what lies under ``key`` in our storage."""
    return _OWN + key


def own_key(address: str) -> str | None:
    """The storage key of an address of our own; ``None`` for one somewhere else."""
    return address.removeprefix(_OWN) if address.startswith(_OWN) else None


@dataclass(frozen=True)
class MediaAddresses:
    """Translates between rows and what clients see."""

    base_url: str
    allowed_hosts: frozenset[str]
    hosts_are_listed: bool = False

    @classmethod
    def from_settings(cls, settings: Settings) -> "MediaAddresses":
        """Allows the hosts of ``MEDIA_HOSTS``, our own and the content delivery network's."""
        own = {urlsplit(settings.base_url).netloc}
        if settings.media.cdn_base_url is not None:
            own.add(urlsplit(str(settings.media.cdn_base_url)).netloc)
        hosts = {host.lower() for host in settings.media.media_hosts}
        return cls(settings.base_url, frozenset(own | hosts), hosts_are_listed=bool(hosts))

    def trusting(self, hosts: Iterable[str]) -> "MediaAddresses":
        """These, and media on ``hosts`` as well, unless MEDIA_HOSTS lists who media may come from."""
        if self.hosts_are_listed:
            return self
        return replace(self, allowed_hosts=self.allowed_hosts | {host.lower() for host in hosts})

    def public(self, address: str | None) -> str | None:
        """The URL of an address. One of our own needs a grant to be played, pictures aside."""
        key = own_key(address) if address else None
        return address if key is None else f"{self.base_url}{MEDIA_PATH}{quote(key, safe=_SAFE_IN_KEY)}"

    def granted(self, address: str | None, grant: str) -> str | None:
        """The URL of an address with a grant in its path, where it is one of our own."""
        key = own_key(address) if address else None
        if key is None:
            return address
        return f"{self.base_url}{MEDIA_PATH}{grant}/{quote(key, safe=_SAFE_IN_KEY)}"

    def kept(self, url: str | None, *, pointer: str) -> str | None:
        """The form for a row of a URL that a client gave.

        Raises ``ForeignMediaHost`` for a host not allowed, and for what is no file of a media set of our own.
        """
        if url is None:
            return None
        own = f"{self.base_url}{MEDIA_PATH}"
        if url.startswith(own):
            key = unquote(url.removeprefix(own))
            if not _MEDIA_FILE.fullmatch(key):
                raise ForeignMediaHost(
                    faults=[Fault(pointer, "must be a file of a media set, without a grant", "no_media_file")]
                )
            return own_media(key)
        if not self._is_allowed(url):
            raise ForeignMediaHost(
                faults=[Fault(pointer, "must be on a host that MEDIA_HOSTS lists", "foreign_host")]
            )
        return url

    def foreign_hosts(self, urls: Iterable[str | None]) -> list[str]:
        """The hosts, each once, that MEDIA_HOSTS would have to list for these addresses; what is none names none."""
        foreign = (url for url in urls if url and not self._is_allowed(url))
        return sorted({host for url in foreign if (host := _host(url))})

    def _is_allowed(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc.lower() in self.allowed_hosts


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).netloc.lower() or None
    except ValueError:
        return None
