"""How a plan is said to ffmpeg: one process, one decode, one CMAF set. Pure functions, nothing runs here."""

from pathlib import Path

from showsondemand.adapters.transcoder.filter_graph import (
    POSTER,
    SPRITES,
    audio_label,
    filter_graph,
    rung_label,
)
from showsondemand.adapters.transcoder.ladder import Rung
from showsondemand.adapters.transcoder.plan import SEGMENT_SECONDS, Plan
from showsondemand.adapters.transcoder.set_names import (
    INIT_TEMPLATE,
    MUXER_MANIFEST,
    POSTER_NAME,
    SEGMENT_TEMPLATE,
    SPRITE_TEMPLATE,
    subtitle_file,
)
from showsondemand.adapters.transcoder.source_limits import MOST_SECONDS, input_whitelists

_KEY_FRAME_SECONDS = 2
# More threads than this make one picture no faster, and each costs memory for frames of its own.
_MOST_THREADS = 16


def transcode_command(ffmpeg: Path, source: Path, plan: Plan, preset: str, cores: int) -> list[str]:
    """The command line that writes the plan's segments, pictures and subtitles into the folder it runs in.

    No name of a folder stands in an output: ffmpeg would read a pattern in it. Progress goes to standard
    output. ``preset`` is x264's; ``cores`` bounds the threads of each codec.
    """
    threads = str(min(cores, _MOST_THREADS))
    return [
        str(ffmpeg.absolute()),
        *("-hide_banner", "-nostdin", "-y", "-loglevel", "warning", "-nostats"),
        *("-progress", "pipe:1", "-stats_period", "1"),
        *(("-reinit_filter:v", "0") if plan.may_change else ()),
        *_input(source, threads),
        *_evened_sound(plan),
        *("-filter_complex", filter_graph(plan)),
        *_segments(plan, preset, threads),
        *_pictures(),
        *_subtitles(plan),
    ]


def texts_command(ffmpeg: Path, source: Path, plan: Plan) -> list[str]:
    """The command line that writes the plan's subtitles alone."""
    return [
        str(ffmpeg.absolute()),
        *("-hide_banner", "-nostdin", "-y", "-loglevel", "warning", "-nostats"),
        *("-progress", "pipe:1", "-stats_period", "1"),
        *_input(source, "1"),
        *_subtitles(plan),
    ]


def _input(source: Path, threads: str) -> list[str]:
    """The film behind every guard; ``file:`` keeps its name from being read as a protocol or an option."""
    whitelists = [word for name, value in input_whitelists().items() for word in (f"-{name}", value)]
    return [*whitelists, "-threads", threads, "-t", str(MOST_SECONDS), "-i", f"file:{source.absolute()}"]


def _evened_sound(plan: Plan) -> list[str]:
    """Sound that may change its channels, as samples that don't: the graph's ``[dec:0]`` and so on.

    A graph begins anew with whatever changes at its inputs, and would forget where in the film it is. Pictures
    of another size are no harm to its scaling, so ``-reinit_filter`` spares it those.
    """
    if not plan.changing_sound:
        return []
    words = []
    for index in plan.changing_sound:
        words += ["-map", f"0:{index}"]
    words += ["-c:a", "pcm_f32le", "-ar", "48000"]
    for position, channels in enumerate(plan.changing_sound.values()):
        words += [f"-ac:a:{position}", str(channels)]
    words += ["-f", "null", "-"]
    for position in range(len(plan.changing_sound)):
        words += ["-dec", f"0:{position}"]
    return words


def _segments(plan: Plan, preset: str, threads: str) -> list[str]:
    words = []
    for position in range(len(plan.rungs)):
        words += ["-map", rung_label(position)]
    for position in range(len(plan.audio)):
        words += ["-map", audio_label(position)]
    words += _encoders(plan, preset, threads)
    # Every stream in a set of its own: the manifest is written anew, and within a set the muxer insists
    # on one shape to the last rounded pixel.
    streams = range(len(plan.rungs) + len(plan.audio))
    return [
        *words,
        *("-map_metadata", "-1", "-map_chapters", "-1"),
        *("-f", "dash", "-seg_duration", str(SEGMENT_SECONDS), "-use_template", "1", "-use_timeline", "1"),
        *("-adaptation_sets", " ".join(f"id={index},streams={index}" for index in streams)),
        *("-init_seg_name", INIT_TEMPLATE, "-media_seg_name", SEGMENT_TEMPLATE),
        f"file:{MUXER_MANIFEST}",
    ]


def _encoders(plan: Plan, preset: str, threads: str) -> list[str]:
    """H.264 with a closed group every two seconds in the same places of every rung, and AAC."""
    words = [
        *("-c:v", "libx264", "-preset", preset, "-profile:v", "high", "-threads:v", threads),
        *("-x264-params", "scenecut=0:open-gop=0"),
        *("-force_key_frames:v", f"expr:gte(t,n_forced*{_KEY_FRAME_SECONDS})"),
    ]
    for position, rung in enumerate(plan.rungs):
        words += _rate_control(position, rung)
    if plan.audio:
        words += ["-c:a", "aac", "-ar", "48000"]
    for position, track in enumerate(plan.audio):
        words += [f"-b:a:{position}", f"{track.kilobits}k"]
    return words


def _rate_control(position: int, rung: Rung) -> list[str]:
    """Constant quality under a ceiling that holds over two seconds."""
    return [
        *(f"-crf:v:{position}", str(rung.crf)),
        *(f"-maxrate:v:{position}", f"{rung.most_kilobits}k"),
        *(f"-bufsize:v:{position}", f"{2 * rung.most_kilobits}k"),
    ]


def _pictures() -> list[str]:
    return [
        *("-map", SPRITES, "-fps_mode", "passthrough", "-c:v", "mjpeg", "-q:v", "4", "-start_number", "0"),
        f"file:{SPRITE_TEMPLATE}",
        *(
            "-map",
            POSTER,
            "-c:v",
            "mjpeg",
            "-q:v",
            "3",
            "-fps_mode",
            "passthrough",
            "-frames:v",
            "2",
            "-update",
            "1",
        ),
        f"file:{POSTER_NAME}",
    ]


def _subtitles(plan: Plan) -> list[str]:
    words = []
    for position, track in enumerate(plan.subtitles):
        words += ["-map", f"0:{track.index}", "-c:s", "webvtt", "-map_metadata", "-1"]
        words += ["-f", "webvtt", f"file:{subtitle_file(position)}"]
    return words
