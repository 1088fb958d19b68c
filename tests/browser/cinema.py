"""A running service with a few shows in it, for people who sit in front of a browser."""

import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from server_fixtures import Server
from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

MEDIA = Path(__file__).parents[1] / "media"
LONG_FILM = "The Long Sleep"
FILM_WITH_CAPTIONS = "The Rabbit Speaks"
SECOND_EPISODE = "The Rabbit Wakes"
SERIES = "Rabbit Tales"
# What would do harm if a page took it for markup.
HOSTILE = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
_TRANSCODING_SECONDS = 240
_LOOK_EVERY_SECONDS = 0.3


@dataclass
class Cinema:
    """The service and the ids of its shows by title."""

    server: Server
    admin: httpx.Client
    shows: dict[str, str]

    @property
    def url(self) -> str:
        return self.server.url

    def change(self, title: str, **fields: Any) -> None:
        _good(self.admin.patch(f"/shows/{self.shows[title]}", json=fields))


def furnish(server: Server, admin: httpx.Client, folder: Path) -> Cinema:
    """Uploads and publishes the films through the API, as an editor and a reviewer would."""
    cinema = Cinema(server, admin, {})
    captions = ["-map", "0", "-c:a", "copy", "-c:s", "copy"]
    _ingest(cinema, _film(folder / "long.mp4", "bunny_5s.mp4", 480, repeats=7), LONG_FILM)
    _ingest(
        cinema, _film(folder / "captions.mkv", "two_subtitle_tracks.mkv", 240, captions), FILM_WITH_CAPTIONS
    )
    _ingest(cinema, _film(folder / "short.mp4", "bunny_5s.mp4", 240), SECOND_EPISODE)
    _wait_until_made(cinema)
    _publish(
        cinema,
        LONG_FILM,
        synopsis="He sleeps. It is enough.",
        genres=["Animation", "Short"],
        releaseYear=2008,
    )
    for episode, title in enumerate((FILM_WITH_CAPTIONS, SECOND_EPISODE), start=1):
        series = {"title": SERIES, "season": 1, "episode": episode}
        _publish(cinema, title, genres=["Animation", "Comedy"], cast=["Bunny"], series=series)
    _describe_with_markup(cinema)
    return cinema


def _film(made: Path, clip: str, lines: int, words: Sequence[str] = (), *, repeats: int = 0) -> Path:
    """A clip of the tests, no taller than it must be and as long as somebody needs to seek in it."""
    source = ["-stream_loop", str(repeats), "-i", str(MEDIA / clip)]
    look = ["-vf", f"scale=-2:{lines}", "-preset", "ultrafast"]
    subprocess.run([find_ffmpeg(), "-v", "error", "-nostdin", *source, *words, *look, str(made)], check=True)
    return made


def _ingest(cinema: Cinema, film: Path, title: str) -> None:
    with film.open("rb") as content:
        _good(
            cinema.admin.post("/ingest/videos", data={"title": title}, files={"file": (film.name, content)})
        )


def _wait_until_made(cinema: Cinema) -> None:
    deadline = time.monotonic() + _TRANSCODING_SECONDS
    while True:
        jobs = _good(cinema.admin.get("/ingest/jobs"))["items"]
        assert all(job["state"] not in {"failed", "cancelled"} for job in jobs), jobs
        if all(job["state"] == "completed" for job in jobs):
            break
        assert time.monotonic() < deadline, jobs
        time.sleep(_LOOK_EVERY_SECONDS)
    shows = _good(cinema.admin.get("/shows", params={"state": "all"}))["items"]
    cinema.shows.update({show["title"]: show["id"] for show in shows})


def _publish(cinema: Cinema, title: str, **fields: Any) -> None:
    cinema.change(title, **fields)
    _good(cinema.admin.post(f"/shows/{cinema.shows[title]}/reviews", json={"verdict": "approve"}))


def _describe_with_markup(cinema: Cinema) -> None:
    """A show whose every word is an attack; its stream is another film's."""
    film = _good(cinema.admin.get(f"/shows/{cinema.shows[LONG_FILM]}"))
    show = _good(
        cinema.admin.post(
            "/shows",
            json={
                "title": HOSTILE,
                "synopsis": HOSTILE,
                "genres": [HOSTILE],
                "tags": [HOSTILE],
                "cast": [HOSTILE],
                "directors": [HOSTILE],
                "series": {"title": HOSTILE, "season": 1, "episode": 1},
                "hlsSrcVideoURL": film["hlsSrcVideoURL"],
            },
        )
    )
    cinema.shows[HOSTILE] = show["id"]
    _good(cinema.admin.post(f"/shows/{show['id']}/reviews", json={"verdict": "approve"}))


def _good(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text
    return json.loads(answer.text) if answer.content else None
