"""Makes a playable set out of what ffmpeg left in a folder: reads the segments and writes the manifests."""

from pathlib import Path

from showsondemand.adapters.transcoder.cmaf_set import CmafSet, SetAudio, SetRendition, assemble
from showsondemand.adapters.transcoder.dash_manifest import manifest
from showsondemand.adapters.transcoder.hls_playlists import (
    master_playlist,
    media_playlist,
    subtitle_playlist_text,
)
from showsondemand.adapters.transcoder.plan import Plan
from showsondemand.adapters.transcoder.port import (
    AudioTrack,
    FailureCode,
    Rendition,
    SubtitleTrack,
    TranscodeFailed,
    TranscodeResult,
)
from showsondemand.adapters.transcoder.segments import read_segments
from showsondemand.adapters.transcoder.set_names import (
    MANIFEST,
    MASTER_PLAYLIST,
    MUXER_MANIFEST,
    OPENING_SHEET,
    POSTER_NAME,
    STORYBOARD,
    subtitle_file,
)
from showsondemand.adapters.transcoder.storyboard import storyboard_vtt

_CUE_ARROW = b"-->"


def read_set(plan: Plan, folder: Path) -> CmafSet:
    """The set that ffmpeg left in ``folder``. Raises ``TranscodeFailed`` where it is not all there."""
    if not any(
        folder.iterdir()
    ):  # no film makes an encoder end well with nothing at all: that was this machine
        raise TranscodeFailed(FailureCode.CRASHED, "The encoder ended without a word and without a set.")
    try:
        return assemble(plan, read_segments(folder), _drop_silent_subtitles(plan, folder))
    except (OSError, ValueError) as error:
        detail = "The encoder left an unfinished set."
        raise TranscodeFailed(FailureCode.INCOMPLETE, detail, str(error)) from error


def _drop_silent_subtitles(plan: Plan, folder: Path) -> set[int]:
    """The positions of the text tracks that say something; a track without a cue is removed."""
    spoken = set()
    for position in range(len(plan.subtitles)):
        file = folder / subtitle_file(position)
        if file.exists() and _CUE_ARROW in file.read_bytes():
            spoken.add(position)
        else:
            file.unlink(missing_ok=True)
    return spoken


def write_manifests(cmaf: CmafSet, folder: Path) -> None:
    """Write the playlists, the MPD and the storyboard beside the segments, and remove what only the encoder needed."""
    for playlist, stream in cmaf.media_playlists():
        (folder / playlist).write_text(media_playlist(stream))
    for subtitle in cmaf.subtitles:
        text = subtitle_playlist_text(subtitle, cmaf.duration_seconds)
        (folder / subtitle.playlist).write_text(text)
    (folder / STORYBOARD).write_text(storyboard_vtt(cmaf.storyboard, cmaf.duration_seconds))
    (folder / MANIFEST).write_text(manifest(cmaf), encoding="utf-8")
    (folder / MASTER_PLAYLIST).write_text(master_playlist(cmaf), encoding="utf-8")
    (folder / MUXER_MANIFEST).unlink()
    (folder / OPENING_SHEET).unlink()


def result_of(cmaf: CmafSet) -> TranscodeResult:
    """What the caller is told about the set."""
    top = cmaf.renditions[0].rung
    return TranscodeResult(
        master_playlist=MASTER_PLAYLIST,
        manifest=MANIFEST,
        poster=POSTER_NAME,
        storyboard=STORYBOARD,
        duration_seconds=cmaf.duration_seconds,
        width=top.width,
        height=top.height,
        renditions=tuple(_rendition(rendition) for rendition in cmaf.renditions),
        audio=tuple(_audio_track(audio) for audio in cmaf.audio),
        subtitles=tuple(
            SubtitleTrack(part.track.language, part.track.label, part.track.forced, part.file, part.playlist)
            for part in cmaf.subtitles
        ),
    )


def _rendition(part: SetRendition) -> Rendition:
    return Rendition(
        width=part.rung.width,
        height=part.rung.height,
        bitrate=part.stream.peak_bits,
        average_bitrate=part.stream.average_bits,
        codecs=part.stream.codecs,
        playlist=part.playlist,
    )


def _audio_track(part: SetAudio) -> AudioTrack:
    return AudioTrack(
        language=part.track.language,
        label=part.track.label,
        channels=part.track.channels,
        bitrate=part.stream.peak_bits,
        average_bitrate=part.stream.average_bits,
        codecs=part.stream.codecs,
        playlist=part.playlist,
    )
