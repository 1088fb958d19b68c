"""What has to hold once a film is done, whatever happened on the way."""

import psutil
import pytest

from adapters.transcoder.played import play_picture
from vod_ingest.conftest import Ingest, Json


def one_whole_show(ingest: Ingest, job: Json, *, seconds: float) -> None:
    """One show with the whole film in it; no file, folder or process besides."""
    assert job["state"] == "completed", job
    assert [show["id"] for show in ingest.shows()] == [job["showId"]]
    made = ingest.data / "media" / "videos" / job["id"]
    assert [folder.name for folder in made.iterdir()] == [str(job["attempts"])]
    for playlist in (made / str(job["attempts"])).glob("video-*.m3u8"):
        assert play_picture(playlist.parent, playlist.name).seconds == pytest.approx(seconds, abs=0.05)
    others = [name for name in ingest.files("media") if not name.startswith(f"videos/{job['id']}/")]
    assert others == [f"sources/{job['id']}/film"]
    assert ingest.files("work") == ingest.files("incoming") == []
    below = psutil.Process().children(recursive=True)
    assert [each.name() for each in below if "ffmpeg" in each.name() or "bwrap" in each.name()] == []
