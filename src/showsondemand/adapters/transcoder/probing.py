"""Runs the probe in a child process that holds no secrets and may use little, and reads its answer."""

import asyncio
import json
import os
import sys
from pathlib import Path

import structlog

from showsondemand.adapters.transcoder.port import NotAVideo, ProbeUnavailable, RefusalCode, SourceProbe
from showsondemand.adapters.transcoder.probe_json import BROKE_ON_THE_FILE, from_json
from showsondemand.child_process import Limits, Reach
from showsondemand.sandbox import confined, exit_code_of, of_python

log = structlog.get_logger(__name__)

_CHILD = "showsondemand.adapters.transcoder.probe_child"
_WALL_SECONDS = 60
# A frame of 40 megapixels in 10 bits takes 120 MB and a decoder keeps up to 16 of them.
_LIMITS = Limits(cpu_seconds=30, address_space_bytes=4 << 30, file_size_bytes=0, open_files=32)


async def probe_source(source: Path) -> SourceProbe:
    """What the film is made of. Raises ``NotAVideo``, ``FileNotFoundError`` and ``ProbeUnavailable``."""
    if not await asyncio.to_thread(source.is_file):
        raise FileNotFoundError(source)
    exit_code, answer, last_words = await _run_child(source)
    if exit_code == 0:
        return _read(answer)
    log.warning("probe_died", exit_code=exit_code, last_words=last_words[-2000:])
    if exit_code < 0 or exit_code == BROKE_ON_THE_FILE:
        raise NotAVideo(RefusalCode.NOT_A_VIDEO, "The file breaks the programs that look at it.")
    raise ProbeUnavailable("The film could not be looked at.")


def _read(answer: bytes) -> SourceProbe:
    try:
        written = json.loads(answer)
        if "refusal" in written:
            raise NotAVideo(RefusalCode(written["refusal"]["code"]), written["refusal"]["reason"])
        return from_json(written["probe"])
    except (ValueError, KeyError, TypeError) as error:
        raise ProbeUnavailable("The probe's answer cannot be read.") from error


async def _run_child(source: Path) -> tuple[int, bytes, str]:
    """The exit code (negative: the signal that ended it), what it printed, and its complaints."""
    child = await _start_child(source)
    try:
        async with asyncio.timeout(_WALL_SECONDS):
            answer, complaints = await child.communicate()
    except TimeoutError:
        answer, complaints = b"", b"no answer in time"  # killed below: the signal speaks for it
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    exit_code = exit_code_of(await child.wait())
    return exit_code, answer, complaints.decode(errors="replace")


async def _start_child(source: Path) -> asyncio.subprocess.Process:
    try:
        return await asyncio.create_subprocess_exec(
            *await asyncio.to_thread(_command, source),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={"PATH": os.defpath},
        )
    except OSError as error:  # no process or no memory left
        raise ProbeUnavailable("The probe could not be started.") from error


def _command(source: Path) -> list[str]:
    words = [sys.executable, "-I", "-m", _CHILD, str(source.absolute())]
    return confined(words, _LIMITS, Reach(reads=(*of_python(), source)))
