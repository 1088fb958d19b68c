"""The parts of one running process, put together once; tests swap a part with ``dataclasses.replace``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from showsondemand.adapters.analyser.port import Analyser
from showsondemand.adapters.delivery.port import Delivery
from showsondemand.adapters.fetcher.port import Fetcher, WebhookSender
from showsondemand.adapters.notifier.port import Notifier
from showsondemand.adapters.pictures.port import PictureMaker
from showsondemand.adapters.storage.port import Storage
from showsondemand.adapters.texts.port import TextMessenger
from showsondemand.adapters.transcoder.port import Transcoder
from showsondemand.adapters.transcoder.remote.port import RemoteTranscoder
from showsondemand.cache import Cache
from showsondemand.config import Settings
from showsondemand.database import Database
from showsondemand.notices import Notices
from showsondemand.pagination import Cursors
from showsondemand.personal_data import PersonalData
from showsondemand.rates import Rates
from showsondemand.signing import KeyRing
from showsondemand.throttle import Throttle
from showsondemand.tokens import AccessTokens, Caller, Claims, Identify, IdentifyMachine


class Hasher(Protocol):
    """Turns passwords into hashes, slowly on purpose and never on the event loop."""

    async def hash(self, password: str) -> str:
        """A salted hash of ``password``."""

    async def verify(self, password: str, kept: str | None) -> bool:
        """Whether ``kept`` is a hash of ``password``; with ``None`` false, after the same work."""

    def is_outdated(self, kept: str) -> bool:
        """Whether ``kept`` was made at another cost than hashes are made at now."""


@dataclass(frozen=True)
class Wiring:
    settings: Settings
    keys: KeyRing
    database: Database
    notices: Notices
    cache: Cache
    storage: Storage
    delivery: Delivery | None
    transcoder: Transcoder
    analyser: Analyser | None
    remote_transcoder: RemoteTranscoder | None
    pictures: PictureMaker
    fetcher: Fetcher
    webhooks: WebhookSender
    texts: TextMessenger | None
    access_tokens: AccessTokens
    cursors: Cursors
    identify: Identify
    remembered: Callable[[Claims], Caller | None]
    identify_machine: IdentifyMachine
    hasher: Hasher
    throttle: Throttle
    rates: Rates | None
    notifier: Notifier
    personal_data: tuple[PersonalData, ...]

    async def start(self) -> None:
        self.notices.start()

    async def close(self) -> None:
        await self.notices.stop()
        await self.cache.close()
        if self.remote_transcoder is not None:
            await self.remote_transcoder.close()
        await self.storage.close()
        await self.database.close()
