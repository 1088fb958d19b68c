"""A running service whose films take long enough to be interrupted."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from server_fixtures import Server, command, eventually
from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg

Json = dict[str, Any]
PATIENCE_SECONDS = 120
_CLIP = Path(__file__).parents[1] / "media" / "bunny_5s.mp4"
_LOOKER = "ebur128"  # likewise
_ENCODER = "-progress"  # stands in the command line of our ffmpeg and nowhere else


@dataclass
class Scene:
    """A service, an admin who is signed in to it, and a film of forty seconds."""

    server: Server
    admin: httpx.Client
    film: Path

    @property
    def data(self) -> Path:
        return Path(self.server.environment["DATA_DIR"])

    def send(self) -> str:
        """Sends the film; the id of its job."""
        with self.film.open("rb") as film:
            answer = self.admin.post("/ingest/videos", files={"file": ("film.mp4", film)})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    def job(self, job_id: str) -> Json:
        read: Json = self.admin.get(f"/ingest/jobs/{job_id}").raise_for_status().json()
        return read

    def send_and_wait_until_it_is_encoded(self) -> str:
        """Sends the film; comes back in the middle of its encoding."""
        job_id = self.send()
        eventually(
            lambda: self.job(job_id)["stage"] == "encoding" and self.job(job_id)["progress"] > 0,
            seconds=PATIENCE_SECONDS,
            otherwise=lambda: f"{self.job(job_id)}\n{self.log()}",
        )
        return job_id

    def wait_until_done(self, job_id: str) -> Json:
        eventually(
            lambda: self.job(job_id)["state"] in ("completed", "failed"),
            seconds=PATIENCE_SECONDS,
            otherwise=lambda: f"{self.job(job_id)}\n{self.log()}",
        )
        return self.job(job_id)

    def shows(self) -> list[Json]:
        items: list[Json] = self.admin.get("/shows?state=all").raise_for_status().json()["items"]
        return items

    def files(self, folder: str) -> list[Path]:
        root = self.data / folder
        return [path.relative_to(root) for path in root.rglob("*") if path.is_file()]

    def media_sets(self, job_id: str) -> list[str]:
        """The numbers of the attempts that left a set in the storage."""
        return sorted(path.name for path in (self.data / "media" / "videos" / job_id).glob("*"))

    def worker(self) -> psutil.Process:
        [worker] = [each for each in self.server.children("worker") if each.cmdline()[-1] == "worker"]
        return worker

    def log(self) -> str:
        return self.server.log.read_text(encoding="utf-8")


Begin = Callable[..., Scene]


def encoders_below(process: psutil.Process) -> list[psutil.Process]:
    return [each for each in process.children(recursive=True) if _ENCODER in each.cmdline()]


def lookers_below(process: psutil.Process) -> list[psutil.Process]:
    """The programs that look at a finished film, and what they are wrapped in."""
    return [
        each for each in process.children(recursive=True) if any(_LOOKER in word for word in _words_of(each))
    ]


def _words_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def wait_until_gone(processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
    assert alive == []


@pytest.fixture(scope="session")
def long_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty seconds in 480 lines: some seconds of work."""
    film = tmp_path_factory.mktemp("long") / "film.mp4"
    look = ["-vf", "scale=-2:480", "-preset", "ultrafast"]
    subprocess.run(
        [find_ffmpeg(), "-v", "error", "-nostdin", "-stream_loop", "7", "-i", _CLIP, *look, film], check=True
    )
    return film


@pytest.fixture
def scene_of(long_film: Path) -> Iterator[Begin]:
    """Begins a scene on a server; stops what still runs of it at the end."""
    scenes: list[Scene] = []

    def begin(server: Server, *arguments: str) -> Scene:
        server.start(*arguments)
        scenes.append(Scene(server, server.admin(), long_film))
        return scenes[-1]

    yield begin
    for scene in scenes:
        scene.admin.close()
        if scene.server.process.poll() is None:
            scene.server.stop()


@pytest.fixture
def scene(server: Server, long_film: Path) -> Iterator[Scene]:
    """A service with a worker, on a database of its own."""
    with closing(server.admin()) as admin:
        yield Scene(server, admin, long_film)


@contextmanager
def worker_of(server: Server, log: Path) -> Iterator[psutil.Process]:
    """A worker of its own beside ``server``."""
    with log.open("ab") as file:
        process = subprocess.Popen(command("worker"), env=server.environment, stderr=file, stdout=file)
    try:
        yield psutil.Process(process.pid)
    finally:
        os.kill(process.pid, signal.SIGCONT)
        process.terminate()
        process.wait(PATIENCE_SECONDS)
