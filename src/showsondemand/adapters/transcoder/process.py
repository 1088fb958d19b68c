"""Runs ffmpeg: watches how far it is and that it moves on, keeps its last words, and ends it when we end."""

import asyncio
import os
import signal
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from showsondemand.adapters.transcoder.port import FailureCode, TranscodeFailed
from showsondemand.adapters.transcoder.usage import MostUsed, Watch
from showsondemand.child_process import NO_LIMITS, Limits, Reach
from showsondemand.sandbox import confined, exit_code_of

_LAST_WORDS_LINES = 60
_LAST_WORDS_LINE_LETTERS = 500
_READ_BYTES = 16_384
# What ffmpeg exits with after a signal that it could take note of.
_ENDED_BY_SIGNAL = 255
NO_SPACE_LEFT = "There is no space left to write the film to."
_NO_SPACE = "No space left on device"


@dataclass(frozen=True)
class Snapshot:
    """What ffmpeg says of itself once a second: frames of the first rendition written, and its speed."""

    frames: int
    speed: float | None


@dataclass(frozen=True)
class Bounds:
    """What one run may use: what the kernel keeps to, what we look after, and how long it may stand still."""

    limits: Limits = NO_LIMITS
    most: MostUsed = field(default_factory=MostUsed)
    hang_seconds: float = 60.0


class _StandsStillError(Exception):
    """The encoder makes no progress; apart from the time-outs of those whom we report to."""


async def run_ffmpeg(
    command: Sequence[str],
    reach: Reach,
    bounds: Bounds,
    on_snapshot: Callable[[Snapshot], Awaitable[None]],
) -> bool:
    """Run the command to its end, in the one folder that ``reach`` lets it write to.

    Returns whether that folder's disk was full at any time: over a full one it may well say that all went well.
    Raises ``TranscodeFailed``, and what ``on_snapshot`` raises. It counts as hung when its frame count stands still
    for ``bounds.hang_seconds``. However this call ends, a cancellation included, the process is gone by then.
    """
    [folder] = reach.writes
    clock = asyncio.get_running_loop()
    started_at = clock.time()
    process = await asyncio.create_subprocess_exec(
        *await asyncio.to_thread(confined, command, bounds.limits, reach),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=folder,
        env={"PATH": os.defpath},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    last_words: deque[str] = deque(maxlen=_LAST_WORDS_LINES)
    listener = asyncio.create_task(_keep_last_words(process.stderr, last_words))
    watch = Watch(process.pid, folder, bounds.most)
    watcher = asyncio.create_task(watch.until_too_much(process.kill))
    try:
        async for snapshot in _moving(_snapshots(process.stdout), bounds.hang_seconds):
            await on_snapshot(snapshot)
        exit_code = await _ending(process, listener, bounds.hang_seconds)
    except _StandsStillError as error:
        detail = f"The encoder made no progress for {bounds.hang_seconds:.0f} seconds."
        raise TranscodeFailed(FailureCode.HUNG, detail, "\n".join(last_words)) from error
    finally:
        watcher.cancel()
        if process.returncode is None:
            process.kill()
            await process.wait()
        listener.cancel()
    await asyncio.to_thread(watch.look_for_room)
    if exit_code != 0 or _NO_SPACE in "\n".join(last_words):
        may_have_spent = (clock.time() - started_at) * (os.cpu_count() or 1)
        cpu_seconds = bounds.limits.cpu_seconds
        spent = watch.was_too_much or (cpu_seconds is not None and may_have_spent >= cpu_seconds)
        raise _failure(exit_code, "\n".join(last_words), spent_its_share=spent)
    return watch.was_full


async def _ending(
    process: asyncio.subprocess.Process, listener: asyncio.Task[None], hang_seconds: float
) -> int:
    """The exit code, once the process has said that it is done. Raises ``_StandsStillError``."""
    try:
        async with asyncio.timeout(hang_seconds):
            exit_code = await process.wait()
            await listener
    except TimeoutError as error:
        raise _StandsStillError from error
    return exit_code_of(exit_code)


async def _moving(snapshots: AsyncIterator[Snapshot], hang_seconds: float) -> AsyncIterator[Snapshot]:
    """The snapshots, as long as they come and their frames count up. Raises ``_StandsStillError``.

    What the reader takes for each of them does not count against the encoder.
    """
    clock = asyncio.get_running_loop()
    frames, moved_at = -1, clock.time()
    while True:
        try:
            async with asyncio.timeout_at(moved_at + hang_seconds):
                snapshot = await anext(snapshots, None)
        except TimeoutError as error:
            raise _StandsStillError from error
        if snapshot is None:
            return
        if snapshot.frames != frames:
            frames, moved_at = snapshot.frames, clock.time()
        handed_over_at = clock.time()
        yield snapshot
        moved_at += clock.time() - handed_over_at


async def _snapshots(progress: asyncio.StreamReader) -> AsyncIterator[Snapshot]:
    """Each block of ``key=value`` lines that ``-progress`` writes, up to its ``progress=`` line."""
    block: dict[str, str] = {}
    while line := await progress.readline():
        key, _, value = line.decode(errors="replace").strip().partition("=")
        block[key] = value.strip()
        if key == "progress":
            yield Snapshot(frames=int(block.get("frame", "0")), speed=_speed(block.get("speed", "")))
            block = {}


def _speed(written: str) -> float | None:
    try:
        return float(written.removesuffix("x"))
    except ValueError:  # "N/A" until the first frame is out
        return None


async def _keep_last_words(complaints: asyncio.StreamReader, last_words: deque[str]) -> None:
    """Read the error stream to its end, so that ffmpeg never waits for us, and keep the last lines."""
    unfinished = ""
    while read := await complaints.read(_READ_BYTES):
        *lines, unfinished = (unfinished + read.decode(errors="replace")).split("\n")
        unfinished = unfinished[:_LAST_WORDS_LINE_LETTERS]
        last_words.extend(line[:_LAST_WORDS_LINE_LETTERS] for line in lines if line)
    if unfinished:
        last_words.append(unfinished)


def _failure(exit_code: int, last_words: str, *, spent_its_share: bool) -> TranscodeFailed:
    """Why it ended, as far as the exit code (negative: a signal) and its last words tell.

    The kernel kills what has spent its processor time, as anybody else might; the clock tells them apart.
    """
    killed = exit_code in {-signal.SIGKILL, -signal.SIGXCPU, _ENDED_BY_SIGNAL}
    if _NO_SPACE in last_words:
        return TranscodeFailed(FailureCode.NO_SPACE, NO_SPACE_LEFT, last_words)
    if (killed and spent_its_share) or exit_code == -signal.SIGXFSZ or "Cannot allocate memory" in last_words:
        detail = "The film needs more time, memory or space than one film may use."
        return TranscodeFailed(FailureCode.OUT_OF_BOUNDS, detail, last_words)
    return TranscodeFailed(FailureCode.CRASHED, f"The encoder ended with code {exit_code}.", last_words)
