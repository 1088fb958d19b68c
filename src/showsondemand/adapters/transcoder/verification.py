"""Compares a set with what the film promised.

An encoder can end well with half a film: a part is a failure, never a show.
"""

from pathlib import Path

from showsondemand.adapters.transcoder.cmaf_set import CmafSet
from showsondemand.adapters.transcoder.plan import Plan
from showsondemand.adapters.transcoder.port import FailureCode, TranscodeFailed
from showsondemand.adapters.transcoder.segments import SegmentedStream
from showsondemand.adapters.transcoder.set_names import POSTER_NAME, sprite_file
from showsondemand.adapters.transcoder.storyboard import sprite_count

# What is missing within the filter graph's tolerance has been filled; this is for rounding to frames.
_TOLERATED_SECONDS = 0.15
# What lips and voice may be apart before people notice (ITU-R BT.1359 puts the limit at 45 ms).
_TOLERATED_SYNC_SECONDS = 0.040


def verify(cmaf: CmafSet, plan: Plan, folder: Path) -> None:
    """Compare the set in ``folder`` with its plan. Raises ``TranscodeFailed`` with what is wrong."""
    _verify_duration(cmaf, plan)
    _verify_alignment(cmaf)
    _verify_sound(cmaf)
    _verify_files(cmaf, folder)


def _verify_duration(cmaf: CmafSet, plan: Plan) -> None:
    made, promised = cmaf.duration_seconds, plan.duration_seconds
    if abs(made - promised) > _TOLERATED_SECONDS:
        raise _incomplete(f"The film lasts {promised:.1f} seconds, but {made:.1f} seconds came out.")


def _verify_alignment(cmaf: CmafSet) -> None:
    """Players switch between renditions at segment boundaries, which must be the same in all of them."""
    if len({_shape(rendition.stream) for rendition in cmaf.renditions}) != 1:
        raise _incomplete("The renditions are not cut in the same places.")


def _shape(stream: SegmentedStream) -> tuple[int, int, tuple[int, ...]]:
    return stream.timescale, stream.start_ticks, tuple(segment.ticks for segment in stream.segments)


def _verify_sound(cmaf: CmafSet) -> None:
    """Each sound track begins with the picture and ends with it, to a frame of either."""
    slack = _TOLERATED_SYNC_SECONDS + float(1 / cmaf.frame_rate)
    picture = cmaf.renditions[0].stream
    for audio in cmaf.audio:
        apart = audio.stream.start_ticks / audio.stream.timescale - picture.start_ticks / picture.timescale
        if abs(apart) > _TOLERATED_SYNC_SECONDS:
            raise _incomplete(f"Sound and picture begin {abs(apart) * 1000:.0f} milliseconds apart.")
        if abs(audio.stream.seconds - cmaf.duration_seconds) > slack:
            raise _incomplete("Sound and picture do not end together.")


def _verify_files(cmaf: CmafSet, folder: Path) -> None:
    """Segments were measured when they were read; what stands beside them is looked at here."""
    streams = [stream for _, stream in cmaf.media_playlists()]
    sizes = {segment.file: segment.size_bytes for stream in streams for segment in stream.segments}
    beside = [POSTER_NAME, *(stream.init for stream in streams)]
    beside += [sprite_file(number) for number in range(1, sprite_count(cmaf.storyboard) + 1)]
    for name in beside:
        file = folder / name
        sizes[name] = file.stat().st_size if file.exists() else 0
    missing = [name for name, size in sizes.items() if size == 0]
    if missing:
        raise _incomplete(f"{len(missing)} files of the set are missing or empty, {missing[0]} among them.")


def _incomplete(detail: str) -> TranscodeFailed:
    return TranscodeFailed(FailureCode.INCOMPLETE, detail)
