"""Keeps programs that read strangers' files away from everything else: other films, secrets, processes, the network.

By bubblewrap where it is installed and this system lets it work; else by what the kernel offers to ``guarded_exec``:
a network namespace, Landlock, no new privileges. ``showsondemand doctor`` tries out what is in force.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from showsondemand.child_process import NO_LIMITS, Limits, Reach, guarded

# Programs and what these are linked with; settings and people are elsewhere.
_SYSTEM = (
    *("/usr", "/bin", "/lib", "/lib32", "/lib64", "/nix/store"),
    *("/etc/ld.so.cache", "/etc/alternatives"),
)
_DEVICES = ("/dev/zero", "/dev/random", "/dev/urandom")
_PATIENCE_SECONDS = 10
# What bubblewrap ends with when a signal ended the program: this much more than the signal's number, as shells do.
_SIGNALLED, _LAST_SIGNAL = 128, 31
_LINKS_AT_MOST = 40  # as many as Linux follows (MAXSYMLINKS)


def confined(command: Sequence[str], limits: Limits, reach: Reach) -> list[str]:
    """``command`` wrapped as by ``guarded``, and left with ``reach`` and without a network.

    Names inside are those outside, so the command line holds as it is. May take a moment: call it in a thread.
    """
    reach = Reach(tuple(map(Path.absolute, reach.reads)), tuple(map(Path.absolute, reach.writes)))
    bubblewrap = working_bubblewrap()
    if bubblewrap is not None:
        return guarded([*_wrapping(bubblewrap, reach), "--", *command], limits)
    system = tuple(Path(name) for name in (*_SYSTEM, *_DEVICES))
    reads, writes = (*system, *reach.reads), (Path("/dev/null"), *reach.writes)
    found = shutil.which(command[0]) or command[0]  # the guard itself could not look for it any more
    return guarded([found, *command[1:]], limits, Reach(reads, writes))


async def run_to_end(command: Sequence[str], limits: Limits, reach: Reach, *, seconds: float) -> int | None:
    """The exit code of a confined command that nobody listens to; ``None`` when it takes more than ``seconds``.

    It runs in the first folder that it may write to. However this ends, a cancellation included, it is gone by then.
    """
    process = await asyncio.create_subprocess_exec(
        *await asyncio.to_thread(confined, command, limits, reach),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=reach.writes[0],
        env={"PATH": os.defpath},
    )
    try:
        async with asyncio.timeout(seconds):
            return await process.wait()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def of_program(program: Path) -> tuple[Path, ...]:
    """What a program has to read that is no part of the system: itself, and the libraries installed with it."""
    real = program.resolve()
    return (*_links_to(program), real, *(real.parent.parent / name for name in ("lib", "lib64")))


def of_python() -> tuple[Path, ...]:
    """What our own interpreter has to read to run our own code."""
    links = tuple(_links_to(Path(sys.executable)))
    return (*map(Path, (sys.prefix, sys.base_prefix)), *links, Path(__file__).resolve().parents[1])


def _links_to(program: Path) -> Iterator[Path]:
    """The name of a program, and each name that it leads to: inside, a link ends where the next name is missing."""
    yield program
    for _ in range(_LINKS_AT_MOST):
        if not program.is_symlink():
            return
        program = Path(os.path.normpath(program.parent.resolve() / program.readlink()))
        yield program


def exit_code_of(returned: int) -> int:
    """Negative where a signal ended the program, as for a child of our own, whoever stood in between."""
    signal_number = returned - _SIGNALLED
    return -signal_number if 0 < signal_number <= _LAST_SIGNAL else returned


@cache
def working_bubblewrap() -> str | None:
    """Bubblewrap, if it is there and this system lets it make its namespaces: in many containers it does not."""
    found = shutil.which("bwrap")
    if found is None:
        return None
    trial = guarded([*_wrapping(found, Reach()), "--", "true"], NO_LIMITS)
    try:
        ended = subprocess.run(  # noqa: S603 - our own words
            trial, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found if ended.returncode == 0 else None


def _wrapping(bubblewrap: str, reach: Reach) -> list[str]:
    """Its words: every namespace anew, nothing but the system's programs and ``reach``, gone when we are."""
    words = [bubblewrap, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    for name in _SYSTEM:
        words += ["--ro-bind-try", name, name]
    words += ["--proc", "/proc", "--dev", "/dev"]
    for file in reach.reads:
        if not set(file.parents) & {
            *reach.reads,
            *map(Path, _SYSTEM),
        }:  # nothing fits into a folder that is read-only
            words += ["--ro-bind-try", str(file), str(file)]
    for folder in reach.writes:
        words += ["--bind", str(folder), str(folder)]
    return words
