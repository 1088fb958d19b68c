"""Acts on events that were kept while too many came at once, in every process that serves or works.

They are rows: a process that dies leaves them to the others, and one that is at it holds its row locked.
"""

import asyncio
from contextlib import suppress
from time import monotonic
from uuid import UUID

from showsondemand.database import DatabaseAway
from showsondemand.vod_ingest.event_desk import EventDesk
from showsondemand.vod_ingest.events import act_on_received
from showsondemand.vod_ingest.failed_events import give_up_received
from showsondemand.wiring import Wiring

# What another process kept and did not live to act on.
_LOOK_EVERY_SECONDS = 5.0
_LONGEST_REST_SECONDS = 1.0


async def work_off_backlog(wiring: Wiring, desk: EventDesk | None = None) -> None:
    """Goes on until it is cancelled; looks at once when ``desk`` has put something off, and now and then."""
    waiting = desk.waiting if desk is not None else asyncio.Event()
    while True:
        waiting.clear()
        with suppress(DatabaseAway):
            await work_off(wiring, desk)
            if desk is not None:
                desk.is_behind = waiting.is_set()
        with suppress(TimeoutError):
            await asyncio.wait_for(waiting.wait(), _LOOK_EVERY_SECONDS)


async def work_off(wiring: Wiring, desk: EventDesk | None = None) -> None:
    """Acts on all that waits. Raises ``DatabaseAway``."""
    while True:
        if desk is not None:
            await desk.let_others_be_answered()
        taken: list[UUID] = []
        began = monotonic()
        try:
            if not await act_on_received(wiring, taken):
                return
        except DatabaseAway:
            raise
        except Exception as error:
            if not taken:
                raise
            # It must not keep the others waiting for ever; a person finds it in the ledger.
            await give_up_received(wiring.database, taken[0], error)
        if desk is None:
            # A worker sees nobody who waits for an answer: it leaves half of the database's time to them.
            await asyncio.sleep(min(monotonic() - began, _LONGEST_REST_SECONDS))
