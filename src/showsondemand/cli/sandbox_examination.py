"""What the programs that read strangers' files can reach on this machine, found out by one that tries."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg
from showsondemand.child_process import NO_LIMITS, Reach
from showsondemand.cli.examinations import Finding, Standing
from showsondemand.config import Settings
from showsondemand.sandbox import confined, of_program, of_python, working_bubblewrap

_PART = "sandbox"
_PATIENCE_SECONDS = 20
_ADVICE = (
    "Install bubblewrap (bwrap), or run on a Linux of 6.12 or newer with Landlock; in a container allow"
    " user namespaces."
)
_FFMPEG_ADVICE = "Name an ffmpeg that needs nothing outside of its own folder and the system's libraries."
_OWN_PROCESSES = "/proc/self/ns/pid"
# Another film's file, a network peer, and the process that started it: prints the names of those it could reach. Where
# processes are numbered anew, the number of whoever started it is that of somebody in here.
_TRIAL = f"""
import json, os, socket, sys
secret, port, process, numbering = sys.argv[1:]
def signal_starter():
    if numbering and numbering != os.readlink("{_OWN_PROCESSES}"):
        raise ProcessLookupError
    os.kill(int(process), 0)
def reaches(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
print(json.dumps([name for name, attempt in {{
    "other files": lambda: open(secret).close(),
    "the network": lambda: socket.create_connection(("127.0.0.1", int(port)), 2).close(),
    "other processes": signal_starter,
}}.items() if reaches(attempt)]))
"""


def examine_sandbox(settings: Settings) -> list[Finding]:
    """What is reached, and whether ffmpeg runs without it."""
    by = "bubblewrap" if working_bubblewrap() else "the kernel alone, without bubblewrap"
    try:
        reached = _reached()
        _run_ffmpeg(find_ffmpeg(settings.media.ffmpeg))
    except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        said = f"by {by}: programs do not run in it: {type(error).__name__}"
        return [Finding(_PART, Standing.FAULTY, said, _FFMPEG_ADVICE)]
    if reached:
        said = f"by {by}: what reads a film can reach {', '.join(reached)}"
        return [Finding(_PART, Standing.REMARKABLE, said, _ADVICE)]
    return [Finding(_PART, Standing.GOOD, f"by {by}: what reads a film reaches that film and nothing else")]


def _reached() -> list[str]:
    with tempfile.NamedTemporaryFile() as secret, socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        numbering = Path(_OWN_PROCESSES)
        starter = [str(os.getpid()), str(numbering.readlink()) if numbering.is_symlink() else ""]
        words = [sys.executable, "-I", "-S", "-c", _TRIAL, secret.name, port, *starter]
        names: list[str] = json.loads(_run(words, Reach(of_python())))
    return names


def _run_ffmpeg(ffmpeg: Path) -> None:
    _run([str(ffmpeg.absolute()), "-version"], Reach(of_program(ffmpeg)))


def _run(words: list[str], reach: Reach) -> str:
    return subprocess.run(  # noqa: S603 - our own words, and the program of the settings
        confined(words, NO_LIMITS, reach),
        check=True,
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.defpath},
    ).stdout
