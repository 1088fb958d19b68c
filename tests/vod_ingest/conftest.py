"""An editor who sends films, and the worker's own handler to make shows of them."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People, Person
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.config import MediaSettings, Settings
from showsondemand.vod_ingest import events
from showsondemand.vod_ingest.jobs import transcode_film
from showsondemand.vod_ingest.sweeping import sweep
from showsondemand.wiring import Wiring
from vod_ingest.screening import Screening

Json = dict[str, Any]
Ledger = Callable[..., list[Json]]
MakeFilm = Callable[..., Path]
MEDIA_HOST = "films-destination-7f3a9c21.s3.us-east-1.amazonaws.com"
WEBHOOK_KEY = "a webhook key of the tests: 0123456789 abcdef"


class Ingest:
    """Sends films as an editor does, and does what a worker would do."""

    def __init__(self, client: TestClient, wiring: Wiring, editor: Person) -> None:
        self._client = client
        self._wiring = wiring
        self.editor = editor
        self.data = wiring.settings.data_folder

    def send(self, film: Path, **fields: str) -> Response:
        with film.open("rb") as file:
            return self._client.post(
                "/ingest/videos", files={"file": (film.name, file)}, data=fields, headers=self.editor.headers
            )

    def sent(self, film: Path, **fields: str) -> Json:
        """The job of a film that was taken."""
        answer = self.send(film, **fields)
        assert answer.status_code == 202, answer.text
        job: Json = answer.json()
        return job

    def work(self, job: Json) -> Json:
        """The job after a worker took it up."""
        assert self._client.portal
        self._client.portal.call(transcode_film, self._wiring, UUID(job["id"]))
        return self.read(job)

    def sweep(self) -> None:
        assert self._client.portal
        self._client.portal.call(sweep, self._wiring)

    def read(self, job: Json) -> Json:
        read: Json = self._client.get(f"/ingest/jobs/{job['id']}", headers=self.editor.headers).json()
        return read

    def asked(self, job: Json, wish: str) -> Response:
        """What ``retry`` or ``cancel`` answers."""
        return self._client.post(f"/ingest/jobs/{job['id']}/{wish}", headers=self.editor.headers)

    def shows(self) -> list[Json]:
        answer = self._client.get("/shows?state=all&limit=100", headers=self.editor.headers)
        items: list[Json] = answer.json()["items"]
        return items

    def delete_show(self, show_id: str) -> None:
        self._client.delete(f"/shows/{show_id}", headers=self.editor.headers).raise_for_status()

    def event(self, body: object, key: str = WEBHOOK_KEY) -> Response:
        """What the completion hook answers to ``body``, JSON or bytes."""
        given: Json = {"content": body} if isinstance(body, bytes) else {"json": body}
        return self._client.post("/internal/vod/events", headers={"X-Webhook-Key": key}, **given)

    def files(self, folder: str) -> list[str]:
        """Every file below a folder of the data folder."""
        root = self.data / folder
        return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def patient_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine an event would be put off after 1.5 seconds, and be acted on behind the test's back."""
    for name in ("_ACTED_ON_WITHIN_SECONDS", "_ANSWERED_WITHIN_SECONDS"):
        monkeypatch.setattr(events, name, 60.0)


@pytest.fixture
def screening(client: TestClient, wiring: Wiring, people: People) -> Screening:
    return Screening(client, wiring, people)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"media": MediaSettings(media_hosts=(MEDIA_HOST,))})


@pytest.fixture
def wiring(wiring: Wiring) -> Wiring:
    return replace(wiring, transcoder=FfmpegTranscoder(find_ffmpeg(), preset="ultrafast", tallest=240))


@pytest.fixture
def ingest(client: TestClient, wiring: Wiring, people: People) -> Ingest:
    return Ingest(client, wiring, people.editor())


@pytest.fixture
def ledger(client: TestClient, people: People) -> Ledger:
    """Reads the events that were kept, newest first."""
    admin = people.admin()

    def read(**parameters: Any) -> list[Json]:
        answer = client.get("/ingest/events", params=parameters, headers=admin.headers)
        items: list[Json] = answer.json()["items"]
        return items

    return read


@pytest.fixture(scope="session")
def make_film(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Runs ffmpeg with the given words and a name at their end."""
    folder = tmp_path_factory.mktemp("films")

    def make(name: str, *words: str) -> Path:
        film = folder / name
        subprocess.run([find_ffmpeg(), "-v", "error", "-nostdin", "-y", *words, film], check=True)
        return film

    return make


@pytest.fixture(scope="session")
def solutions_set(make_film: MakeFilm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine seconds as the AWS solution lays them: sound and picture in one, MPEG-TS, whole seconds, two renditions."""
    folder = tmp_path_factory.mktemp("solution")
    picture = ("-f", "lavfi", "-i", "testsrc=size=320x180:rate=25:duration=8.6")
    sound = ("-f", "lavfi", "-i", "sine=frequency=440:duration=8.6")
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "75", "-sc_threshold", "0", "-c:a", "aac")
    cut = ("-f", "hls", "-hls_time", "3", "-hls_list_size", "0", "-hls_flags", "round_durations")
    for name in ("film_270p", "film_360p"):
        make_film(str(folder / f"{name}.m3u8"), *picture, *sound, *codecs, *cut)
    lines = ["#EXTM3U", "#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=640x360", "film_360p.m3u8"]
    lines += ["#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=480x270", "film_270p.m3u8", ""]
    (folder / "film.m3u8").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def elsewhere(solutions_set: Path, tmp_path: Path) -> Path:
    """A copy to be broken."""
    return Path(shutil.copytree(solutions_set, tmp_path / "elsewhere"))
