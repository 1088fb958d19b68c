"""Enters events that come at once into the ledger together: one transaction for all that wait, not one for each."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from showsondemand.database import Database
from showsondemand.vod_ingest import ledger
from showsondemand.vod_ingest.event_shapes.told import EventRead

# A slow database takes more at once, not fewer in all; an event has at most 2 MiB.
_MOST_AT_ONCE = 500
_MOST_CHARACTERS = 16 * 1024 * 1024


@dataclass(frozen=True)
class _Waiting:
    event: EventRead
    text: str
    is_first: "asyncio.Future[bool]"


class LedgerBatches:
    """One a process. While one batch is written the next one gathers."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, event: EventRead, text: str) -> bool:
        """Keeps an event, to be acted on later; false when it stands there already. Raises ``DatabaseAway``."""
        waiting = _Waiting(event, text, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all(), name="ledger batches")
        return await waiting.is_first

    async def _write_all(self) -> None:
        while self._waiting:
            batch = self._next_batch()
            try:
                await self._write(batch)
            except Exception as error:  # noqa: BLE001 - it is raised where each of them is waited for
                for each in batch:
                    if not each.is_first.done():
                        each.is_first.set_exception(error)

    def _next_batch(self) -> list[_Waiting]:
        count, characters = 0, 0
        for each in self._waiting[:_MOST_AT_ONCE]:
            characters += len(each.text)
            if count and characters > _MOST_CHARACTERS:
                break
            count += 1
        batch, self._waiting = self._waiting[:count], self._waiting[count:]
        return batch

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        async with self._database.transaction() as session:
            new = await ledger.enter_received(session, [(each.event, each.text) for each in batch])
        for each in batch:
            is_first = each.event.event_id in new
            new.discard(each.event.event_id)
            if not each.is_first.done():
                each.is_first.set_result(is_first)
