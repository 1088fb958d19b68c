"""Slow steps: a film becomes a media set, and what nobody refers to any more is swept away."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import structlog
from pydantic.alias_generators import to_camel

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.port import (
    NotAVideo,
    ProbeUnavailable,
    SourceProbe,
    TranscodeFailed,
    TranscodeProgress,
    TranscodeResult,
)
from showsondemand.database import DatabaseAway
from showsondemand.scratch import scratch_folder
from showsondemand.shows.media_addresses import MediaAddresses, own_media
from showsondemand.vod_ingest import attempts
from showsondemand.vod_ingest.attempts import Attempt, Progress
from showsondemand.vod_ingest.completion import AttemptSuperseded
from showsondemand.vod_ingest.errors import HookBusy
from showsondemand.vod_ingest.event_shapes.own import OWN_COMPLETED, OWN_SOURCE
from showsondemand.vod_ingest.event_shapes.told import VideoCompleted
from showsondemand.vod_ingest.events import receive_events
from showsondemand.vod_ingest.failures import failure_of
from showsondemand.vod_ingest.schemas import EventReceipt
from showsondemand.vod_ingest.stream_check import StreamBroken, refuse_broken_stream
from showsondemand.wiring import Wiring

_log = structlog.get_logger(__name__)
_COMPLETION_PATIENCE = (1, 2, 4, 8, 15, 30, 60, 120, 240)  # seconds between tries


async def transcode_film(wiring: Wiring, job_id: UUID) -> None:
    """Probes, transcodes, stores and completes one job. Bears being called again at any point."""
    async with wiring.database.transaction() as session:
        attempt = await attempts.begin_attempt(session, job_id)
    if attempt is None:
        return
    try:
        with scratch_folder(wiring.settings.data_folder, f"{job_id}-{attempt.number}") as folder:
            await _run(wiring, attempt, folder)
    except AttemptSuperseded:
        _log.info("attempt superseded", attempt=attempt.number)
        await wiring.storage.remove(attempt.media_key)
    except (
        NotAVideo,
        ProbeUnavailable,
        TranscodeFailed,
        StreamBroken,
        StorageAway,
        FileNotFoundError,
    ) as error:
        failure = failure_of(error, wiring.settings.data_folder)
        _log.warning("attempt failed", attempt=attempt.number, code=failure.code, detail=failure.detail)
        async with wiring.database.transaction() as session:
            await attempts.give_up(session, attempt, failure)


async def _run(wiring: Wiring, attempt: Attempt, folder: Path) -> None:
    await _report(wiring, attempt, Progress("probing", 0.0))
    output = folder / "set"
    output.mkdir()
    source = await wiring.storage.local_copy(attempt.source_key, folder)
    probe = await wiring.transcoder.probe(source)

    async def report(progress: TranscodeProgress) -> None:
        await _report(wiring, attempt, _told(progress, probe))

    result = await wiring.transcoder.transcode(source, probe, output, report)
    await _report(wiring, attempt, Progress("storing", 1.0))
    await wiring.storage.adopt_folder(output, attempt.media_key)
    await refuse_broken_stream(wiring, attempt.media_key, result)
    await _complete(wiring, attempt, result)


def _told(progress: TranscodeProgress, probe: SourceProbe) -> Progress:
    """What the transcoder says, with the time that is left at its present speed."""
    remaining_seconds = (1 - progress.fraction) * probe.duration_seconds
    return Progress(
        progress.stage.value,
        progress.fraction,
        progress.speed,
        remaining_seconds / progress.speed if progress.speed else None,
    )


async def _report(wiring: Wiring, attempt: Attempt, progress: Progress) -> None:
    try:
        async with wiring.database.transaction() as session:
            await attempts.report(session, attempt, progress)
    except DatabaseAway:  # hours of work are not thrown away for a progress bar; completing waits for it
        _log.warning("progress not written", stage=progress.stage)


async def _complete(wiring: Wiring, attempt: Attempt, result: TranscodeResult) -> None:
    """Tells the completion hook's own function what an event from outside would tell it."""
    event = {
        "id": f"{attempt.job_id}:{attempt.number}",
        "source": OWN_SOURCE,
        "detail-type": OWN_COMPLETED,
        "detail": _camel_case(asdict(_completed(wiring, attempt, result))),
    }
    receipt = await _tell(wiring, json.dumps(event).encode())
    if receipt is None or receipt.show_id is None:
        raise AttemptSuperseded


async def _tell(wiring: Wiring, event: bytes) -> EventReceipt | None:
    """Waits for a database that is away: what took hours to make is worth minutes."""
    for seconds in _COMPLETION_PATIENCE:
        try:
            return await receive_events(wiring, event)
        except (DatabaseAway, HookBusy):
            _log.warning("completion waits for the database", seconds=seconds)
            await asyncio.sleep(seconds)
    return await receive_events(wiring, event)


def _completed(wiring: Wiring, attempt: Attempt, result: TranscodeResult) -> VideoCompleted:
    addresses = MediaAddresses.from_settings(wiring.settings)

    def url(name: str) -> str | None:
        return addresses.public(own_media(f"{attempt.media_key}/{name}"))

    return VideoCompleted(
        guid=str(attempt.job_id),
        attempt=attempt.number,
        title=attempt.title,
        hls_url=url(result.master_playlist),
        dash_url=url(result.manifest),
        poster_url=url(result.poster),
        storyboard_url=url(result.storyboard),
        duration_seconds=round(result.duration_seconds, 3),
        width=result.width,
        height=result.height,
        renditions=[
            {"width": each.width, "height": each.height, "bitrate": each.bitrate, "codecs": each.codecs}
            for each in result.renditions
        ],
        captions=[
            {"language": each.language, "label": each.label, "url": url(each.file)}
            for each in result.subtitles
        ],
    )


def _camel_case(detail: dict[str, object]) -> dict[str, object]:
    return {to_camel(name): value for name, value in detail.items()}
