"""What other processes say over PostgreSQL's NOTIFY: sent with a transaction's commit, heard by every replica."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import asyncpg
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_log = structlog.get_logger(__name__)
_RECONNECT_SECONDS = 0.5
_PROBE_SECONDS = 5.0

Hear = Callable[[str], None]


_SENT = "sent_notices"
_NOTIFY = text("SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) payload")


async def send_notice(session: AsyncSession, channel: str, *payloads: str) -> None:
    """Every listener on ``channel`` hears each of ``payloads`` (under 8,000 bytes) when, and only if, this commits.

    Those of this process hear it before whoever committed goes on, see ``Notices.hear_own``.
    """
    session.info.setdefault(_SENT, []).extend((channel, payload) for payload in payloads)
    await session.execute(_NOTIFY, {"channel": channel, "payloads": payloads})


class Notices:
    """One connection that listens, made again whenever it breaks.

    After each gap in listening, the first one included, whoever listens is told that notices may have been
    missed, and must drop all copies of what they are about.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._heard: dict[str, Hear] = {}
        self._missed: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None
        self._connected = asyncio.Event()

    @property
    def listening(self) -> bool:
        """Whether notices arrive right now. While they do not, a copy may be stale."""
        return self._connected.is_set()

    def on(self, channel: str, hear: Hear, *, missed: Callable[[], None]) -> None:
        """Calls ``hear`` with each payload on ``channel`` and ``missed`` after a gap. To be said before ``start``."""
        self._heard[channel] = hear
        self._missed.append(missed)

    def hear_own(self, session: AsyncSession) -> None:
        """Lets this process hear what the session, just committed, has sent: its own answers are never stale."""
        for channel, payload in session.info.pop(_SENT, ()):
            if channel in self._heard:
                self._heard[channel](payload)

    def start(self) -> None:
        self._task = asyncio.create_task(self._listen_for_ever(), name="notices")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _listen_for_ever(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                _log.warning("notices interrupted", reason=type(error).__name__)
            self._connected.clear()
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _listen(self) -> None:
        connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(
            self._url, timeout=_PROBE_SECONDS
        )
        try:
            closed = asyncio.Event()
            connection.add_termination_listener(lambda _connection: self._stop_trusting(closed))
            for channel, hear in self._heard.items():
                await connection.add_listener(channel, _payload_to(hear))
            for missed in self._missed:
                missed()
            self._connected.set()
            while not closed.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(closed.wait(), _PROBE_SECONDS)
                # A connection that died without a word is found by asking it something.
                await connection.execute("SELECT 1", timeout=_PROBE_SECONDS)
        finally:
            self._connected.clear()
            connection.terminate()

    def _stop_trusting(self, closed: asyncio.Event) -> None:
        """The moment a connection ends, and not when somebody next asks for it: copies may be stale from now on."""
        self._connected.clear()
        closed.set()


def _payload_to(hear: Hear) -> Callable[..., None]:
    def heard(_connection: object, _process: int, _channel: str, payload: object) -> None:
        hear(str(payload))

    return heard
