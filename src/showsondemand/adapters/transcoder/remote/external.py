"""An encoder that nobody here talks to: what is to be known of a film is laid beside it, and events tell the rest.

The file is what the AWS solution "Video on Demand" takes for its metadata, which starts it where it watches the same
bucket for such files. Keys of our own begin with ``sod``: the solution's table does not bear ``title`` or ``status``.
"""

import json
from collections.abc import Awaitable, Callable

from showsondemand.adapters.transcoder.port import SourceProbe
from showsondemand.adapters.transcoder.remote.port import EncodingOrder, RemoteReport

Put = Callable[[bytes, str], Awaitable[None]]


class ExternalTranscoder:
    """A ``RemoteTranscoder``. ``put`` lays content at a key of the storage, which has ``prefix`` before its keys."""

    def __init__(self, put: Put, prefix: str = "") -> None:
        self._put = put
        self._prefix = prefix

    @property
    def set_names(self) -> None:
        return None

    def storyboard(self, probe: SourceProbe) -> None:  # noqa: ARG002 - the port's names
        return None

    async def order(self, order: EncodingOrder) -> str:
        """Each attempt under a guid of its own: the solution publishes none twice within 90 days."""
        guid = f"{order.job_id}-{order.attempt}"
        metadata = {
            "srcVideo": f"{self._prefix}{order.source_key}",
            "guid": guid,
            "frameCapture": True,
            "inputRotate": "AUTO",
            "sodTitle": order.title,
        }
        await self._put(json.dumps(metadata).encode(), f"{order.source_key}.json")
        return guid

    async def report(self, encoding_id: str) -> RemoteReport | None:  # noqa: ARG002 - there is nobody to ask
        return None

    async def cancel(self, encoding_id: str) -> None:
        """What it makes is not taken any more."""

    async def examine(self) -> None:
        """There is nobody to talk to."""

    async def close(self) -> None:
        return
