"""What a job of the MediaConvert double makes, and how its last event tells of it."""

import subprocess
from pathlib import Path
from typing import Any

from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

Json = dict[str, Any]


def encode(folder: Path) -> None:
    """Makes a set of the file ``film`` in the folder, in one rendition, and pictures."""
    command = [
        *(str(find_ffmpeg()), "-v", "error", "-nostdin", "-i", "film", "-map", "0:v:0", "-map", "0:a?"),
        *("-vf", "scale=-2:180", "-c:v", "libx264", "-preset", "ultrafast", "-g", "48", "-c:a", "aac"),
        *("-f", "dash", "-seg_duration", "4", "-hls_playlist", "1", "-hls_master_name", "stream.m3u8"),
        *("-init_seg_name", "stream-init-$RepresentationID$.mp4"),
        *("-media_seg_name", "stream-$RepresentationID$-$Number%05d$.m4s", "stream.mpd"),
        *("-map", "0:v:0", "-vf", "fps=1,scale=160:-2", "-start_number", "0", "frame_small.%07d.jpg"),
        *("-map", "0:v:0", "-vf", "fps=2,scale=320:-2", "-start_number", "0", "frame_poster.%07d.jpg"),
    ]
    subprocess.run(command, check=True, cwd=folder)
    # ffmpeg names the playlists of single streams by itself; they lie beside the one above them.
    master = (folder / "stream.m3u8").read_text()
    for path in folder.glob("media_*.m3u8"):
        master = master.replace(path.name, f"stream-{path.name}")
        path.rename(folder / f"stream-{path.name}")
    (folder / "stream.m3u8").write_text(master)


def _as_made(cmaf: Json) -> list[Json]:
    """The group's outputs; where the ladder is to be chosen here, the base output in two sizes."""
    outputs: list[Json] = cmaf["Outputs"]
    if "AutomatedEncodingSettings" not in cmaf:
        return outputs
    base, *others = outputs
    sizes = ({"Width": 1280, "Height": 720}, {"Width": 640, "Height": 360})
    return [{**base, "VideoDescription": base["VideoDescription"] | size} for size in sizes] + others


def group_details(cmaf: Json, pictures: Json, stream: str, frames: str, last: dict[str, str]) -> list[Json]:
    outputs: list[Json] = []
    for output in _as_made(cmaf):
        video = output.get("VideoDescription")
        size = (
            {"widthInPx": video["Width"], "heightInPx": video["Height"], "averageBitrate": 100_000}
            if video
            else None
        )
        outputs.append({"durationInMs": 5_083, **({"videoDetails": size} if size else {})})
    folder = frames.rpartition("/")[0]
    return [
        {
            "type": "CMAF_GROUP",
            "playlistFilePaths": [f"{stream}.mpd", f"{stream}.m3u8"],
            "outputDetails": outputs,
        },
        {
            "type": "FILE_GROUP",
            "outputDetails": [
                {
                    "outputFilePaths": [f"{folder}/{last[output['NameModifier']]}"],
                    "durationInMs": 5_000,
                    "videoDetails": {
                        "widthInPx": output["VideoDescription"]["Width"],
                        "heightInPx": output["VideoDescription"]["Height"],
                    },
                }
                for output in pictures["Outputs"]
            ],
        },
    ]
