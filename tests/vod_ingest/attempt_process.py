"""One attempt at a job in a process of its own, to be killed at any moment."""

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.vod_ingest.jobs import transcode_film


def attempt(data_folder: Path, database_url: str, job_id: UUID) -> None:
    """What a worker does when it takes up the job."""
    asyncio.run(_attempt(data_folder, database_url, job_id))


async def _attempt(data_folder: Path, database_url: str, job_id: UUID) -> None:
    wiring = build_wiring(Settings(data_folder=data_folder), database_url)
    wiring = replace(wiring, transcoder=FfmpegTranscoder(find_ffmpeg(), preset="ultrafast", tallest=240))
    await wiring.start()
    try:
        await transcode_film(wiring, job_id)
    finally:
        await wiring.close()
