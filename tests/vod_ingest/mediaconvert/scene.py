"""Whoever does what a worker does where MediaConvert encodes, and dies over it where a test wants that."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from fastapi.testclient import TestClient

from showsondemand.adapters.transcoder.port import SourceProbe, Transcoder
from showsondemand.adapters.transcoder.remote.port import EncodingOrder, RemoteTranscoder
from showsondemand.vod_ingest import ordering, overdue
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.wiring import Wiring
from vod_ingest.conftest import Ingest, Json
from vod_ingest.ingested import change, in_the_app

ROLE = "arn:aws:iam::123456789012:role/films"


_seen: dict[bytes, SourceProbe] = {}


@dataclass(frozen=True)
class Remembering:
    """Looks at each film once: all these tests send the same."""

    inner: Transcoder

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def probe(self, source: Path) -> SourceProbe:
        content = await asyncio.to_thread(source.read_bytes)
        if content not in _seen:
            _seen[content] = await self.inner.probe(source)
        return _seen[content]


@dataclass
class Elsewhere:
    """Does what a worker does where films are encoded elsewhere."""

    client: TestClient
    wiring: Wiring
    ingest: Ingest

    @property
    def remote(self) -> RemoteTranscoder:
        assert self.wiring.remote_transcoder is not None
        return self.wiring.remote_transcoder

    def order(self, job: Json, remote: RemoteTranscoder | None = None) -> Json:
        in_the_app(self.client, ordering.order_encoding, self.wiring, remote or self.remote, UUID(job["id"]))
        return self.ingest.read(job)

    def alter(self, job: Json, **values: object) -> None:
        def set_all(row: IngestJob) -> None:
            for name, value in values.items():
                setattr(row, name, value)

        in_the_app(self.client, change, self.wiring, UUID(job["id"]), set_all)

    def ask(self, job: Json, silent: timedelta = timedelta(minutes=5)) -> Json:
        self.alter(job, heard_at=datetime.now(UTC) - silent)
        in_the_app(self.client, overdue.ask_about_silent, self.wiring, self.remote)
        return self.ingest.read(job)

    def cancel(self, job: Json) -> None:
        assert self.ingest.asked(job, "cancel").status_code == 202
        in_the_app(self.client, ordering.cancel_encoding, self.wiring, UUID(job["id"]))


class Dies(Exception):
    """The process, at this line."""


@dataclass
class DyingBefore:
    """A remote transcoder whose caller dies before, or after, the encoder has been asked."""

    inner: RemoteTranscoder
    asked_first: bool

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    async def order(self, order: EncodingOrder) -> str:
        if self.asked_first:
            await self.inner.order(order)
        raise Dies
