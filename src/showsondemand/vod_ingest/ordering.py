"""A slow step, where films are encoded elsewhere: a film is looked at and ordered, once, whatever dies on the way."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.port import (
    NotAVideo,
    ProbeUnavailable,
    SourceProbe,
    TranscodeFailed,
)
from showsondemand.adapters.transcoder.remote.port import (
    EncoderAway,
    EncodingOrder,
    OrderRefused,
    RemoteTranscoder,
    TextTrack,
)
from showsondemand.adapters.transcoder.set_names import STORYBOARD
from showsondemand.jobs import enqueue
from showsondemand.scratch import scratch_folder
from showsondemand.vod_ingest import orders, queries
from showsondemand.vod_ingest.attempts import Attempt, Failure
from showsondemand.vod_ingest.errors import IngestJobNotFound
from showsondemand.vod_ingest.failures import failure_of
from showsondemand.vod_ingest.models import JobState
from showsondemand.vod_ingest.orders import Order
from showsondemand.vod_ingest.service import CANCEL_AGAIN, CANCEL_ENCODING
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)


async def order_encoding(wiring: Wiring, remote: RemoteTranscoder, job_id: UUID) -> None:
    """Has one job's film encoded elsewhere. Bears being called again at any point."""
    async with wiring.database.transaction() as session:
        order = await orders.mean_order(session, job_id)
    if order is None:
        return
    if order.abandoned is not None:
        with suppress(EncoderAway):  # its words are passed over, should it run on
            await remote.cancel(order.abandoned)
    try:
        with scratch_folder(wiring.settings.data_folder, f"{job_id}-{order.attempt.number}") as folder:
            film = await _film(wiring, remote, order.attempt, folder)
        async with wiring.database.transaction() as session:
            if not await orders.note_made(session, order, film.made):
                return
        encoding_id = await remote.order(_words(order, film))
    except EncoderAway as error:
        _log.warning("order not placed", attempt=order.attempt.number, reason=str(error))
        async with wiring.database.transaction() as session:
            await orders.come_again(session, order, str(error))
    except (NotAVideo, ProbeUnavailable, TranscodeFailed, StorageAway, FileNotFoundError) as error:
        await _give_up(wiring, order, failure_of(error, wiring.settings.data_folder))
    except OrderRefused as error:
        detail = f"The encoder does not take the order: {error}"
        await _give_up(wiring, order, Failure("order_refused", detail, may_pass=False))
    else:
        await _note(wiring, remote, order, encoding_id)


@dataclass(frozen=True)
class _Film:
    """What is known of a film, and what was laid into its set's folder for its encoding."""

    probe: SourceProbe | None
    texts: tuple[TextTrack, ...]
    storyboard: str | None

    @property
    def made(self) -> dict[str, Any]:
        """What no event will tell, for the job's row. Addresses are keys."""
        captions = [{"language": each.language, "label": each.label, "key": each.key} for each in self.texts]
        return {"storyboard": self.storyboard, "captions": captions}


async def _film(wiring: Wiring, remote: RemoteTranscoder, attempt: Attempt, folder: Path) -> _Film:
    """Looks at the film, and lays beside its encoding what the encoder needs of us: text tracks, a storyboard."""
    if remote.set_names is None:  # it looks at films by itself, and writes somewhere else
        return _Film(None, (), None)
    source = await wiring.storage.local_copy(attempt.source_key, folder)
    probe = await wiring.transcoder.probe(source)
    made = folder / "made"
    made.mkdir()
    texts = []
    for text in await wiring.transcoder.extract_texts(source, probe, made):
        key = f"{attempt.media_key}/{text.file}"
        await wiring.storage.adopt_file(made / text.file, key)
        texts.append(TextTrack(text.language, text.label, key))
    board, key = remote.storyboard(probe), f"{attempt.media_key}/{STORYBOARD}"
    if board is not None:
        await asyncio.to_thread((made / STORYBOARD).write_text, board, encoding="utf-8")
        await wiring.storage.adopt_file(made / STORYBOARD, key)
    return _Film(probe, tuple(texts), key if board is not None else None)


def _words(order: Order, film: _Film) -> EncodingOrder:
    attempt = order.attempt
    return EncodingOrder(
        job_id=attempt.job_id,
        attempt=attempt.number,
        source_key=attempt.source_key,
        media_key=attempt.media_key,
        title=attempt.title,
        probe=film.probe,
        texts=film.texts,
        ordered_at=order.meant_at,
        is_repeated=order.is_repeated,
    )


async def _note(wiring: Wiring, remote: RemoteTranscoder, order: Order, encoding_id: str) -> None:
    _log.info("order placed", attempt=order.attempt.number, encoding_id=encoding_id)
    async with wiring.database.transaction() as session:
        wanted = await orders.note_order(session, order, encoding_id)
    if not wanted:
        with suppress(EncoderAway):
            await remote.cancel(encoding_id)


async def _give_up(wiring: Wiring, order: Order, failure: Failure) -> None:
    _log.warning("order given up", attempt=order.attempt.number, code=failure.code, detail=failure.detail)
    async with wiring.database.transaction() as session:
        await orders.give_up_order(session, order, failure)


async def cancel_encoding(wiring: Wiring, job_id: UUID) -> None:
    """Ends what is encoded elsewhere for a job that was cancelled; again and again while the encoder is away."""
    async with wiring.database.transaction() as session:
        try:
            job = await queries.job(session, job_id)
        except IngestJobNotFound:
            return
    remote = wiring.remote_transcoder
    if job.state != JobState.CANCELLED or job.encoding_id is None or remote is None:
        return
    try:
        await remote.cancel(job.encoding_id)
    except EncoderAway:
        async with wiring.database.transaction() as session:
            await enqueue(session, CANCEL_ENCODING, job_id, after=CANCEL_AGAIN)
