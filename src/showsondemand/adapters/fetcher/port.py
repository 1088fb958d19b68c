"""What we need of whoever fetches what lies at an address that a person gave us."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class FetchFault(StrEnum):
    """Why nothing came, or not all of it."""

    ADDRESS_REFUSED = "address_refused"
    NO_SUCH_HOST = "no_such_host"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BROKEN_ANSWER = "broken_answer"


class FetchFailed(Exception):
    """There is no answer to work with. ``detail`` says why in a sentence; nothing of the answer is in it.

    ``limit`` is the most seconds, bytes or redirects, where it is about one of those.
    """

    def __init__(self, fault: FetchFault, detail: str, *, limit: float | None = None) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail
        self.limit = limit


@dataclass(frozen=True)
class ByteRange:
    """``length`` bytes from ``first`` on."""

    first: int
    length: int


@dataclass(frozen=True)
class Fetched:
    """An answer: from ``url`` (after redirects), header names in lower case, the time to its last byte."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class WebhookSender(Protocol):
    """Sends to addresses that somebody else gave us, within the bounds of a ``Fetcher``."""

    async def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Posts ``body`` and gives the status of the answer, of which nothing else is read.

        A redirect is an answer like any other: what was signed for one address is for no other. Raises
        ``FetchFailed``.
        """


class Fetcher(Protocol):
    """Fetches with GET, within bounds of time and size, from where we may be sent and nowhere else.

    An address is refused unless it is http or https without credentials, and every address of its host is public;
    the connection goes to an address that was checked, and each redirect is checked anew. Neither proxies of the
    environment nor cookies are used. Every failure is ``FetchFailed``; any HTTP status is an answer.
    """

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        """What lies at ``url``, all of it or the ``wanted`` range; longer than ``most_bytes`` is a failure."""
