"""What the pipeline costs beside the bare ffmpeg that it runs, and beside one process a rendition.

``python bench/pipeline.py [clip] [--pairs N]``: each way is run in turn, in a process of its own, N times; the
table holds medians of processor seconds (children included), wall seconds and the largest process's memory.
Without a clip it takes the tests' 1080p one, eight times over.
"""

import argparse
import asyncio
import ctypes
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

from record import headline
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.ffmpeg_command import transcode_command
from showsondemand.adapters.transcoder.ladder import Rung
from showsondemand.adapters.transcoder.plan import plan_for
from showsondemand.adapters.transcoder.port import TranscodeProgress

CLIP = Path(__file__).parents[1] / "tests" / "media" / "phone_vfr_1080p.mp4"
TIMES_OVER = 8
PRESET = "veryfast"
CORES = 2
MEBIBYTE_IN_KIBIBYTES = 1024
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


async def _nobody_listens(_: TranscodeProgress) -> None:
    pass


def our_pipeline(clip: Path, into: Path) -> None:
    """Probe, transcode, verify, package."""
    transcoder = FfmpegTranscoder(find_ffmpeg(), preset=PRESET)

    async def run() -> None:
        probe = await transcoder.probe(clip)
        await transcoder.transcode(clip, probe, into, _nobody_listens)

    asyncio.run(run())


def bare_ffmpeg(_: Path, into: Path) -> None:
    """The pipeline's own command line and nothing else."""
    command = json.loads((into.parent / "command.json").read_text())
    subprocess.run(command, cwd=into, check=True, capture_output=True)


def one_process_a_rendition(clip: Path, into: Path) -> None:
    """The film decoded anew for each rung, and once more for its pictures, as other services do it."""
    rungs = [Rung(**rung) for rung in json.loads((into.parent / "rungs.json").read_text())]
    for position, rung in enumerate(rungs):
        sound = ["-c:a", "aac", "-b:a", "128k", "-ac", "2"] if position == 0 else ["-an"]
        _run(clip, into, [*_encoding(rung), *sound, f"{position}.mp4"])
    _run(clip, into, ["-an", "-vf", "fps=1,scale=160:-2,tile=10x10", "-frames:v", "1", "sprite.jpg"])
    _run(clip, into, ["-an", "-vf", "scale=-2:720,thumbnail=12", "-frames:v", "1", "poster.jpg"])


def _encoding(rung: Rung) -> list[str]:
    return [
        *("-vf", f"scale={rung.width}:{rung.height}:flags=bicubic,format=yuv420p"),
        *("-c:v", "libx264", "-preset", PRESET, "-threads", str(CORES), "-crf", str(rung.crf)),
        *("-maxrate", f"{rung.most_kilobits}k", "-bufsize", f"{2 * rung.most_kilobits}k"),
        *("-x264-params", "scenecut=0:open-gop=0", "-force_key_frames", "expr:gte(t,n_forced*2)"),
    ]


def _run(clip: Path, into: Path, words: list[str], before: Sequence[str] = ()) -> None:
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *before, "-i", str(clip), *words]
    subprocess.run(command, cwd=into, check=True)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "our pipeline": our_pipeline,
    "bare ffmpeg, same command": bare_ffmpeg,
    "one process a rendition": one_process_a_rendition,
}


def measure_here(way: str, clip: Path, folder: Path) -> dict[str, float]:
    """Run one way in this process and its children; starting Python is not counted, a worker runs already.

    A sandbox ends before the encoder in it has been counted: what it leaves behind is taken in here.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory(dir=folder) as into:
        before, began = _cpu_seconds(), time.monotonic()
        WAYS[way](clip, Path(into))
        with suppress(ChildProcessError):
            while os.wait():
                pass
        cpu, wall = _cpu_seconds() - before, time.monotonic() - began
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"cpu": cpu, "wall": wall, "mebibytes": largest / MEBIBYTE_IN_KIBIBYTES}


def _cpu_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def measure_apart(way: str, clip: Path, folder: Path) -> dict[str, float]:
    """Run one way in a fresh process, so that its memory is its own."""
    command = [sys.executable, __file__, str(clip), "--one", way, "--folder", str(folder)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    measured: dict[str, float] = json.loads(printed.splitlines()[-1])
    return measured


def write_down_the_plan(clip: Path, folder: Path) -> None:
    """The command line and the rungs that all ways share, made outside of what is measured."""
    probe = asyncio.run(FfmpegTranscoder(find_ffmpeg()).probe(clip))
    plan = plan_for(probe)
    command = transcode_command(find_ffmpeg(), clip, plan, PRESET, CORES)
    (folder / "command.json").write_text(json.dumps(command))
    (folder / "rungs.json").write_text(json.dumps([vars(rung) for rung in plan.rungs]))


def clip_times_over(folder: Path) -> Path:
    """The tests' clip in a row with itself, long enough for what is measured to outweigh what starts up."""
    longer = folder / f"{CLIP.stem}_x{TIMES_OVER}.mp4"
    _run(CLIP, folder, ["-c", "copy", str(longer)], before=["-stream_loop", str(TIMES_OVER - 1)])
    return longer


def compare(clip: Path, pairs: int, folder: Path) -> str:
    """A table of medians, and each way's processor time as a ratio of the bare command's, run by run."""
    write_down_the_plan(clip, folder)
    runs = [{way: measure_apart(way, clip, folder) for way in WAYS} for _ in range(pairs)]
    lines = [
        f"{clip.name}, preset {PRESET}, medians of {pairs} runs in alternation",
        "",
        "| way | CPU s | to bare | wall s | largest process MiB |",
        "|---|---|---|---|---|",
    ]
    for way in WAYS:
        cpu, wall, memory = (median(run[way][what] for run in runs) for what in ("cpu", "wall", "mebibytes"))
        ratio = median(run[way]["cpu"] / run["bare ffmpeg, same command"]["cpu"] for run in runs)
        lines.append(f"| {way} | {cpu:.2f} | {ratio:.3f} | {wall:.2f} | {memory:.0f} |")
    ours_to_each = median(run["our pipeline"]["cpu"] / run["one process a rendition"]["cpu"] for run in runs)
    to_bare = median(run["our pipeline"]["cpu"] / run["bare ffmpeg, same command"]["cpu"] for run in runs)
    headline("from a film to a stream: CPU to the bare ffmpeg command", f"{to_bare:.2f}", bar="1.05")
    headline("the same to one process a rendition", f"{ours_to_each:.2f}", bar="1")
    return "\n".join([*lines, "", f"Ours to one process a rendition: {ours_to_each:.2f} of the CPU"])


def main() -> None:
    """Compare all ways, or (for the comparison's own use) measure one."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("clip", nargs="?", type=Path)
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.one:
        print(json.dumps(measure_here(asked.one, asked.clip, asked.folder)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        clip = asked.clip.resolve() if asked.clip else clip_times_over(Path(name))
        print(compare(clip, asked.pairs, Path(name)))


if __name__ == "__main__":
    main()
