"""How many requests one account, one key or one address may make: counted in this process, in a microsecond.

Of several processes behind one address each counts for itself, so that together they let pass at most as many times as
much; what must hold exactly (passwords, letters) is counted in ``throttle.py``. The latest list and media
are not counted: they cost less than what they would be refused by.
"""

from dataclasses import dataclass
from math import ceil
from time import monotonic

from showsondemand.errors import TooManyRequests

_MINUTE_SECONDS = 60
_REMEMBERED_AT_MOST = 50_000


class TooManyAsked(TooManyRequests):
    title = "Too many requests in too short a time"


@dataclass(frozen=True)
class Rate:
    """``a_minute`` requests in the long run, ``burst`` of them at once."""

    name: str
    a_minute: int
    burst: int

    @property
    def seconds_each(self) -> float:
        return _MINUTE_SECONDS / self.a_minute


# docs/security.md, limits.
READS = Rate("reads", 600, 100)
WRITES = Rate("writes", 60, 60)
SEARCHES = Rate("searches", 60, 60)
STRANGERS = Rate("strangers", 120, 120)
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


def rate_of(method: str, *, is_search: bool, is_known: bool) -> Rate:
    """Which rate a request counts for."""
    if is_search:
        return SEARCHES
    if not is_known:
        return STRANGERS
    return READS if method in _READING else WRITES


class Rates:
    """The generic cell rate algorithm: of each subject one number, the moment at which it has no debt any more."""

    def __init__(self) -> None:
        self._free_at: dict[tuple[str, str], float] = {}

    def __len__(self) -> int:
        return len(self._free_at)

    def count(self, rate: Rate, subject: str) -> None:
        """Counts one request of ``subject``. Raises ``TooManyAsked`` when that is one too many."""
        now = monotonic()
        key = (rate.name, subject)
        free_at = max(self._free_at.get(key, 0.0), now) + rate.seconds_each
        wait = free_at - now - rate.burst * rate.seconds_each
        if wait > 0:
            raise TooManyAsked(headers=_headers(rate, ceil(wait)))
        if len(self._free_at) >= _REMEMBERED_AT_MOST and key not in self._free_at:
            self._forget(now)
        self._free_at[key] = free_at

    def _forget(self, now: float) -> None:
        """Those who owe nothing; if all do, they are too many for anybody to be held to anything."""
        self._free_at = {key: free_at for key, free_at in self._free_at.items() if free_at > now}
        if len(self._free_at) >= _REMEMBERED_AT_MOST:
            self._free_at.clear()


def _headers(rate: Rate, seconds: int) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them."""
    return {
        "Retry-After": str(seconds),
        "RateLimit-Policy": f'"{rate.name}";q={rate.a_minute};w={_MINUTE_SECONDS}',
        "RateLimit": f'"{rate.name}";r=0;t={seconds}',
    }
