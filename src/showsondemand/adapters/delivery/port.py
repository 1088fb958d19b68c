"""What we need of a content delivery network that lets nobody in without a pass."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class PassCookie:
    """A cookie that is part of a pass; a browser sends it to ``domain`` (without one: the same host) below ``path``."""

    name: str
    value: str
    domain: str | None
    path: str
    expires_at: datetime


class Delivery(Protocol):
    """A network that serves our storage, and opens a folder to whoever sends the cookies of a pass."""

    @property
    def base_url(self) -> str:
        """What the addresses on the network begin with, without a slash at the end."""

    @property
    def origin(self) -> str:
        """Scheme, host and port of the network: where browsers may send the cookies to."""

    @property
    def storage_prefix(self) -> str | None:
        """What stands before a storage key on the network; ``None`` where our storage is not what it serves."""

    def passes(self, folder: str, expires_at: datetime) -> list[PassCookie]:
        """Cookies that open everything below ``folder``, a path that begins and ends with a slash, and no more.

        Raises ``ValueError`` for a path with a character that could widen what is opened.
        """

    def opened(self, url: str, expires_at: datetime) -> str:
        """The address of a file on the network with a pass for it inside: for us, who ask for it once.

        Raises ``ValueError`` as ``passes``.
        """
