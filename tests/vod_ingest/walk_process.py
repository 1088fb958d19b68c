"""The way from an upload's last word to its show, in a process of its own that dies where it is told to.

A place is a line of our own code. The process kills itself with SIGKILL when it first comes there: no handler, no
``finally`` and no buffer of it gets another instant, as with a power cut or ``kill -9`` at that line.
"""

import asyncio
import os
import signal
import sys
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID, uuid4

import showsondemand
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.tokens import Caller, Role
from showsondemand.vod_ingest import upload_completion, upload_models
from showsondemand.vod_ingest.jobs import transcode_film

_OURS = f"{Path(showsondemand.__file__).parent}/"
# How long nobody else completes an upload after the death of who did: ten seconds would be most of a walk.
_CLAIM = timedelta(seconds=0.3)


@dataclass(frozen=True)
class Walk:
    """Whose upload it is, what was said at its end, and where to write down which places were passed, in order."""

    data_folder: Path
    database_url: str
    owner_id: UUID
    upload_id: UUID
    said: list[tuple[int, str]]
    passed: Path


@dataclass
class _Watch:
    """Sees each line of our own that is run in any thread, once it is ``armed``."""

    fatal: str | None
    armed: bool = False
    places: dict[str, None] = field(default_factory=dict)

    def call(self, frame: FrameType, _event: str, _argument: Any) -> Any:
        return self.line if self.armed and frame.f_code.co_filename.startswith(_OURS) else None

    def line(self, frame: FrameType, event: str, _argument: Any) -> Any:
        if event == "line":
            place = f"{frame.f_code.co_filename.removeprefix(_OURS)}:{frame.f_lineno}"
            if place == self.fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            self.places.setdefault(place)
        return self.line


def walk(way: Walk, fatal: str | None) -> None:
    """Completes the upload and does its job, unless it comes to the ``fatal`` place."""
    watch = _Watch(fatal)
    threading.settrace(watch.call)
    sys.settrace(watch.call)
    upload_models.CLAIM = _CLAIM
    upload_completion.CLAIM = _CLAIM  # type: ignore[attr-defined]  # under the name that it was imported by
    asyncio.run(_walk(way, watch))
    way.passed.write_text("\n".join(watch.places), encoding="utf-8")


async def _walk(way: Walk, watch: _Watch) -> None:
    wiring = build_wiring(Settings(data_folder=way.data_folder), way.database_url)
    wiring = replace(wiring, transcoder=FfmpegTranscoder(find_ffmpeg(), preset="ultrafast", tallest=240))
    await wiring.start()
    caller = Caller(way.owner_id, uuid4(), Role.EDITOR)
    try:
        watch.armed = True
        job = await upload_completion.complete_upload(wiring, caller, way.upload_id, way.said)
        await transcode_film(wiring, job.id)
        watch.armed = False
    finally:
        await wiring.close()
