"""Asks an encoder elsewhere about jobs of which nothing was heard for a while: events can be lost."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.remote.port import (
    EncoderAway,
    RemoteReport,
    RemoteState,
    RemoteTranscoder,
    SetNames,
)
from showsondemand.shows.media_addresses import MediaAddresses, own_media
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.applying import act_on
from showsondemand.vod_ingest.attempts import Attempt
from showsondemand.vod_ingest.completion import Press
from showsondemand.vod_ingest.event_shapes.mediaconvert import failed
from showsondemand.vod_ingest.event_shapes.own import OWN_COMPLETED, OWN_SOURCE
from showsondemand.vod_ingest.event_shapes.told import (
    EncodingEnded,
    EncodingProgress,
    Ending,
    EventRead,
    Told,
)
from showsondemand.vod_ingest.events import receive_events
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
# Three times as long as the progress of a job takes to come, at the most.
SILENT = timedelta(minutes=3)
# MediaConvert gives a job up after two.
LOST = timedelta(days=3)
_ASKED_AT_ONCE = 20


async def ask_about_silent(wiring: Wiring, remote: RemoteTranscoder) -> int:
    """Takes the encoder's word for jobs that no event told of; how many were asked about."""
    now = datetime.now(UTC)
    async with wiring.database.transaction() as session:
        silent = await queries.silent_encodings(session, since=now - SILENT, limit=_ASKED_AT_ONCE)
        for job in silent:
            job.heard_at = now  # nobody else asks meanwhile, nor again at once where this process dies
    for job in silent:
        try:
            await _ask(wiring, remote, job)
        except (EncoderAway, StorageAway) as error:
            _log.warning("encoding not asked about", job_id=str(job.id), reason=type(error).__name__)
    return len(silent)


async def _ask(wiring: Wiring, remote: RemoteTranscoder, job: IngestJob) -> None:
    report = await remote.report(job.encoding_id or "")
    if report is None:
        if job.ordered_at is not None and datetime.now(UTC) - job.ordered_at > LOST:
            lost = "Nothing was heard of the encoding for three days."
            await _act(wiring, job, EncodingEnded(Ending.FAILED, "encoding_lost", lost))
        return
    _log.info("encoding asked about", job_id=str(job.id), state=report.state.value)
    match report.state:
        case RemoteState.COMPLETED if remote.set_names is not None:
            await _complete(wiring, job, report, remote.set_names)
        case RemoteState.FAILED:
            await _act(wiring, job, failed(report.error_code, report.error_detail))
        case RemoteState.CANCELLED:
            await _act(
                wiring, job, EncodingEnded(Ending.CANCELLED, "cancelled", "The encoding was cancelled.")
            )
        case _:
            await _act(wiring, job, EncodingProgress(report.stage, report.fraction))


async def _act(wiring: Wiring, job: IngestJob, told: Told) -> None:
    event = EventRead("", "asked", str(job.id), told, told_at=datetime.now(UTC), attempt=job.attempts)
    async with wiring.database.transaction() as session:
        await act_on(Press(session, wiring.cache, MediaAddresses.from_settings(wiring.settings)), event)


async def _complete(wiring: Wiring, job: IngestJob, report: RemoteReport, names: SetNames) -> None:
    """Where the set lies we know, and what is in it the storage; so the hook is told what an event would tell it."""
    folder = Attempt(job.id, job.attempts, job.source_key, job.title).media_key
    there = {key.rpartition("/")[2] for key in await wiring.storage.keys(folder)}
    streams = {"hlsUrl": names.hls, "dashUrl": names.dash}
    if not there & set(streams.values()):
        missing = "The encoder says that it is done, and its streams are not in the storage."
        await _act(wiring, job, EncodingEnded(Ending.FAILED, "incomplete", missing))
        return
    addresses = MediaAddresses.from_settings(wiring.settings)
    pictures = sorted(name for name in there if name.startswith(f"{names.poster}."))
    files = {field: name for field, name in streams.items() if name in there}
    if pictures:
        files["posterUrl"] = pictures[(len(pictures) - 1) // 5]
    detail: dict[str, Any] = {
        field: addresses.public(own_media(f"{folder}/{name}")) for field, name in files.items()
    }
    detail |= {"guid": str(job.id), "attempt": job.attempts, "durationSeconds": report.duration_seconds}
    if report.sizes:
        detail |= dict(zip(("width", "height"), report.sizes[0], strict=True))
    event = {
        "id": f"{job.id}:{job.attempts}:asked",
        "source": OWN_SOURCE,
        "detail-type": OWN_COMPLETED,
        "detail": detail,
    }
    await receive_events(wiring, json.dumps(event).encode())
