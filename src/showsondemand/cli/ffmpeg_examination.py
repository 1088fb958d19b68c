"""Whether the ffmpeg that films are transcoded with is there, young enough, and built with what we ask of it."""

import re
import subprocess
from pathlib import Path

from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg
from showsondemand.adapters.transcoder.source_limits import input_whitelists
from showsondemand.cli.examinations import Finding, Standing
from showsondemand.config import Settings

_PART = "ffmpeg"
_OLDEST = (7, 0)  # its command runs decoders, filters and encoders side by side only since then
_ADVICE = (
    "Leave FFMPEG empty to use the one that comes with the installation, or name a newer, complete build."
)
_ENCODERS = {"libx264", "aac", "mjpeg", "webvtt"}
_MUXERS = {"dash", "webvtt", "image2"}
# Every filter of filter_graph.py and, behind them, of technical_command.py.
_FILTERS = {
    *("aformat", "apad", "aresample", "atrim", "bwdif", "concat", "format", "fps", "pad", "scale", "select"),
    *(
        "setparams",
        "setpts",
        "setsar",
        "settb",
        "split",
        "thumbnail",
        "tile",
        "tonemap",
        "tpad",
        "trim",
        "zscale",
    ),
    *("ametadata", "blackdetect", "ebur128", "freezedetect", "metadata", "silencedetect"),
}
_PATIENCE_SECONDS = 20
# A line of a list: flags, then the name; filters have three flags, encoders six, muxers one or two.
_LISTED = re.compile(r"^ +[A-Z.|]{1,6} +(\S+)", re.MULTILINE)
_VERSION = re.compile(r"^ffmpeg version n?(\d+)\.(\d+)")


def examine_ffmpeg(settings: Settings) -> list[Finding]:
    """One finding, or one for each thing that is missing."""
    try:
        program = find_ffmpeg(settings.media.ffmpeg)
        version = _said(program, "-version")
        lacking = _lacking(program)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        return [Finding(_PART, Standing.FAULTY, f"does not run: {error}", _ADVICE)]
    said = version.splitlines()[0].removeprefix("ffmpeg version ").split(" Copyright")[0]
    number = _VERSION.match(version)
    if number and (int(number[1]), int(number[2])) < _OLDEST:
        oldest = ".".join(map(str, _OLDEST))
        return [Finding(_PART, Standing.FAULTY, f"{said} is older than {oldest}", _ADVICE)]
    if lacking:
        return [Finding(_PART, Standing.FAULTY, f"{said} has no {what}", _ADVICE) for what in lacking]
    return [Finding(_PART, Standing.GOOD, said)]


def _lacking(program: Path) -> list[str]:
    """What we ask of it and it does not have; the guards against hostile films among that."""
    wanted = {"encoder": _ENCODERS, "filter": _FILTERS, "muxer": _MUXERS}
    missing = [
        f"{kind} {name}"
        for kind, names in wanted.items()
        for name in sorted(names - set(_LISTED.findall(_said(program, f"-{kind}s"))))
    ]
    options = _said(program, "-h", "full")
    return missing + [
        f"option -{name}"
        for name in input_whitelists()
        if not re.search(rf"^ *-{name}\b", options, re.MULTILINE)
    ]


def _said(program: Path, *words: str) -> str:
    answer = subprocess.run(  # noqa: S603 - the program of the settings
        [program, "-hide_banner", *words] if words != ("-version",) else [program, *words],
        check=True,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_PATIENCE_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    return answer.stdout
