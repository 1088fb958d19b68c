"""Streams on our own delivery network, which lets nobody in without a pass, not even us."""

from datetime import UTC, datetime, timedelta

from showsondemand.adapters.delivery.port import Delivery
from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher

# A pass is looked at when a request begins.
_PASS_LIFETIME = timedelta(minutes=10)


class DeliveredStreams:
    """A ``Fetcher`` that shows a pass for each file on the network; everything else is asked as it is."""

    def __init__(self, network: Delivery | None, fetcher: Fetcher) -> None:
        self._network = network
        self._fetcher = fetcher

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        """See the port."""
        return await self._fetcher.fetch(self._opened(url), most_bytes=most_bytes, wanted=wanted)

    def _opened(self, url: str) -> str:
        if self._network is None or not url.startswith(f"{self._network.origin}/"):
            return url
        try:
            return self._network.opened(url, datetime.now(UTC) + _PASS_LIFETIME)
        except ValueError:  # an address that no pass is written for is asked as a stranger would
            return url
