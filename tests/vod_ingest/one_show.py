"""What has to hold once films are done, whatever happened on the way."""

import psutil
import pytest

from adapters.transcoder.played import play_picture
from vod_ingest.conftest import Ingest, Json


def one_whole_show(ingest: Ingest, *jobs: Json, seconds: float) -> None:
    """One show with the whole film in it for each job; no file, folder or process besides."""
    assert {job["state"] for job in jobs} == {"completed"}, jobs
    assert {show["id"] for show in ingest.shows()} == {job["showId"] for job in jobs}
    assert len(ingest.shows()) == len(jobs)
    sets = {f"{job['id']}/{job['attempts']}" for job in jobs}
    made = ingest.data / "media" / "videos"
    assert {str(folder.relative_to(made)) for folder in made.glob("*/*")} == sets
    playlists = list(made.rglob("video-*.m3u8"))
    assert len(playlists) >= len(jobs)
    for playlist in playlists:
        assert play_picture(playlist.parent, playlist.name).seconds == pytest.approx(seconds, abs=0.05)
    others = {name for name in ingest.files("media") if not name.startswith("videos/")}
    assert others == {f"sources/{job['id']}/film" for job in jobs}
    assert ingest.files("work") == ingest.files("incoming") == []
    below = psutil.Process().children(recursive=True)
    assert [each.name() for each in below if "bwrap" in each.name() or "ffmpeg" in each.name()] == []
