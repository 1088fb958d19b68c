"""Asks for parts of a stream as somebody who wants all of it: a server in trouble is asked again, and not believed."""

import asyncio
from dataclasses import dataclass

from showsondemand.adapters.analyser.port import AnalyserAway
from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher, FetchFailed, FetchFault

_PASSING = frozenset(
    {FetchFault.NO_SUCH_HOST, FetchFault.UNREACHABLE, FetchFault.TOO_SLOW, FetchFault.BROKEN_ANSWER}
)
_TOO_MANY_REQUESTS, _SERVER_ERRORS = 429, 500
_PAUSES_SECONDS = (1.0, 4.0)


@dataclass(frozen=True)
class PatientFetcher:
    """A ``Fetcher`` that raises ``AnalyserAway`` where another day may bring another answer."""

    fetcher: Fetcher
    pauses_seconds: tuple[float, ...] = _PAUSES_SECONDS

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        """See the port."""
        for pause in self.pauses_seconds:
            try:
                return await self._once(url, most_bytes, wanted)
            except AnalyserAway:
                await asyncio.sleep(pause)
        return await self._once(url, most_bytes, wanted)

    async def _once(self, url: str, most_bytes: int, wanted: ByteRange | None) -> Fetched:
        try:
            fetched = await self.fetcher.fetch(url, most_bytes=most_bytes, wanted=wanted)
        except FetchFailed as failed:
            if failed.fault not in _PASSING:
                raise
            raise AnalyserAway(f"The stream cannot be fetched now. {failed.detail}") from failed
        if fetched.status >= _SERVER_ERRORS or fetched.status == _TOO_MANY_REQUESTS:
            raise AnalyserAway(f"The stream cannot be fetched now: the server answered {fetched.status}.")
        return fetched
