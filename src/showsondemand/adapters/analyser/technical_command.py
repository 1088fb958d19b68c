"""How a technical look is said to ffmpeg: each track is decoded once, and its filters print what they notice."""

from collections.abc import Sequence
from pathlib import Path

LEAST_FROZEN_SECONDS = 2
LEAST_SILENT_SECONDS = 2
_BLACK, _FREEZE, _SILENCE = "lavfi.black", "lavfi.freezedetect.freeze", "lavfi.silence"
LOUDNESS_KEY = "lavfi.r128.I"


def seen_file(track: int) -> str:
    """The time of each frame that could be decoded, of the track at this position."""
    return f"seen-{track}.txt"


def starts_and_ends(kind: str, track: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """File and key of where stretches of a ``kind`` (black, frozen, silent) begin, and where they end."""
    key = {"black": _BLACK, "frozen": _FREEZE, "silent": _SILENCE}[kind]
    return (f"{kind}-begins-{track}.txt", f"{key}_start"), (f"{kind}-ends-{track}.txt", f"{key}_end")


def loudness_file(track: int) -> str:
    """The integrated loudness so far, ten times a second; the last one is the film's."""
    return f"loudness-{track}.txt"


def look_command(ffmpeg: Path, pictures: Sequence[Path], sounds: Sequence[Path], closely: int) -> list[str]:
    """The command line for the media playlists of all renditions and sound tracks, to be run in an empty folder.

    Tracks count on from the first picture to the last sound. The picture at position ``closely`` is looked at for
    black and frozen stretches; the others show the same.
    """
    command = [str(ffmpeg.absolute()), "-hide_banner", "-nostdin", "-y", "-loglevel", "error"]
    for playlist in (*pictures, *sounds):
        # Nothing but our own files; a frame that cannot be decoded whole is left out, and so missed.
        command += ["-protocol_whitelist", "file", "-allowed_extensions", "ALL", "-err_detect", "explode"]
        command += ["-f", "hls", "-i", f"file:{playlist.absolute()}"]
    chains = [_picture_chain(track, closely=track == closely) for track in range(len(pictures))]
    chains += [_sound_chain(len(pictures) + position) for position in range(len(sounds))]
    command += ["-filter_complex", ";".join(chains)]
    for track in range(len(pictures) + len(sounds)):
        command += ["-map", f"[out{track}]", "-f", "null", "-"]
    return command


def _picture_chain(track: int, *, closely: bool) -> str:
    steps = _noting_each_frame("metadata", track)
    if closely:
        steps += ["blackdetect=d=0.1", *_noting("metadata", "black", track)]
        steps += [f"freezedetect=n=-60dB:d={LEAST_FROZEN_SECONDS}", *_noting("metadata", "frozen", track)]
    return f"[{track}:v:0]{','.join(steps)}[out{track}]"


def _sound_chain(track: int) -> str:
    steps = _noting_each_frame("ametadata", track)
    steps += [f"silencedetect=n=-60dB:d={LEAST_SILENT_SECONDS}", *_noting("ametadata", "silent", track)]
    steps += ["ebur128=metadata=1", f"ametadata=mode=print:key={LOUDNESS_KEY}:file={loudness_file(track)}"]
    return f"[{track}:a:0]{','.join(steps)}[out{track}]"


def _noting_each_frame(printer: str, track: int) -> list[str]:
    return [f"{printer}=mode=add:key=seen:value=1", f"{printer}=mode=print:key=seen:file={seen_file(track)}"]


def _noting(printer: str, kind: str, track: int) -> list[str]:
    return [f"{printer}=mode=print:key={key}:file={file}" for file, key in starts_and_ends(kind, track)]
