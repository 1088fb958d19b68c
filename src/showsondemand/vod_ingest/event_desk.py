"""Who takes events in: whether they are believed, and how many are acted on before they are answered.

Acting on an event takes several times as long as keeping it. So that an answer never waits for all that came at once,
a few are acted on at a time; one that got no turn soon is kept, answered, and acted on afterwards (``backlog.py``).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from showsondemand.vod_ingest.ledger_batches import LedgerBatches
from showsondemand.vod_ingest.sns_signatures import SnsSignatures

_TURNS = 2
_PAUSE_SECONDS = 0.05


class EventDesk:
    """One a process. ``waiting`` is set when an event was put off, ``is_behind`` until all of them were acted on."""

    def __init__(self, signatures: SnsSignatures, batches: LedgerBatches) -> None:
        self.signatures = signatures
        self.batches = batches
        self.waiting = asyncio.Event()
        self.is_behind = False
        self._turns = asyncio.Semaphore(_TURNS)
        self._present = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """Whether the event of the block is acted on now. While others wait for it, none comes before them."""
        self._present += 1
        try:
            if self._is_free():
                async with self._turns:
                    yield True
            else:
                yield False
        finally:
            self._present -= 1

    async def let_others_be_answered(self) -> None:
        """Waits a little where somebody waits for an answer: the backlog has time."""
        if self._present:
            await asyncio.sleep(_PAUSE_SECONDS)

    def put_off(self) -> None:
        """Says that an event was kept to be acted on later."""
        self.is_behind = True
        self.waiting.set()

    def _is_free(self) -> bool:
        return not self.is_behind and not self._turns.locked()
