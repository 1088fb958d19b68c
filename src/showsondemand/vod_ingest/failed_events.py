"""Events over which we fail ourselves: kept like all others, so that neither a sender's patience nor luck decides."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import structlog

from showsondemand.database import Database
from showsondemand.errors import Problem
from showsondemand.vod_ingest import ledger, queries
from showsondemand.vod_ingest.event_shapes.told import EventRead
from showsondemand.vod_ingest.ledger import Outcome
from showsondemand.vod_ingest.models import EventStatus

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept(database: Database, text: str, event: EventRead | None = None) -> AsyncIterator[None]:
    """Keeps the event when the block fails unforeseen, in a transaction of its own; the failure goes on its way.

    Without ``event`` it failed over reading it. What is a ``Problem`` or took too long says by itself to come again.
    """
    try:
        yield
    except (Problem, TimeoutError):
        raise
    except Exception as error:
        _log.exception("event not acted on", event_id=event.event_id if event else None)
        async with database.transaction() as session:
            if event is None:
                await ledger.enter_unread(session, text, _outcome(error))
            else:
                await ledger.enter(session, event, text, _outcome(error))
        raise


async def give_up_received(database: Database, row_id: UUID, error: Exception) -> None:
    """Leaves an event that was answered, and then could not be acted on, to a person."""
    _log.exception("event not acted on", row_id=str(row_id))
    outcome = _outcome(error)
    async with database.transaction() as session:
        row = await queries.event_to_replay(session, row_id)
        row.status, row.reason = outcome.status.value, outcome.reason


def _outcome(error: Exception) -> Outcome:
    """The error by its class alone: its words may hold what is nobody's business, and the log has them."""
    return Outcome(EventStatus.FAILED, reason=f"we failed over it: {type(error).__name__}, see the log")
