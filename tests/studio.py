"""Shows for tests: made through the API in whatever state a scene needs, and with media that really play."""

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People, Person
from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder, find_ffmpeg
from showsondemand.adapters.transcoder.port import TranscodeProgress
from showsondemand.wiring import Wiring

Json = dict[str, Any]
_FILM = Path(__file__).parent / "media" / "bunny_5s.mp4"


class Studio:
    """An editor and a reviewer who make shows. A show is given and returned as its JSON."""

    def __init__(self, client: TestClient, people: People, wiring: Wiring) -> None:
        self._client = client
        self._base_url = wiring.settings.base_url
        self._media = wiring.settings.data_folder / "media"
        self.editor: Person = people.editor()
        self.reviewer: Person = people.reviewer()

    def stream_url(self) -> str:
        """Where a master playlist might lie: allowed as an address, nothing is there."""
        return f"{self._base_url}/media/videos/{uuid4()}/1/master.m3u8"

    def draft(self, **fields: Any) -> Json:
        return self._made({"title": "A show", **fields})

    def in_review(self, **fields: Any) -> Json:
        return self._made({"title": "A show", "hlsSrcVideoURL": self.stream_url(), **fields})

    def available(self, **fields: Any) -> Json:
        return self.judged(self.in_review(**fields), "approve")

    def rejected(self, **fields: Any) -> Json:
        return self.judged(self.in_review(**fields), "reject")

    def withdrawn(self, **fields: Any) -> Json:
        return self.moved(self.available(**fields), "withdrawn", self.editor)

    def in_state(self, state: str, **fields: Any) -> Json:
        makers: dict[str, Callable[..., Json]] = {
            "draft": self.draft,
            "in_review": self.in_review,
            "available": self.available,
            "rejected": self.rejected,
            "withdrawn": self.withdrawn,
        }
        return makers[state](**fields)

    def judged(self, show: Json, verdict: str) -> Json:
        """The show after a reviewer's verdict."""
        answer = self._client.post(
            f"/shows/{show['id']}/reviews",
            json={"verdict": verdict, "notes": "seen to the end"},
            headers=self.reviewer.headers,
        )
        assert answer.status_code == 201, answer.text
        return self.read(show)

    def moved(self, show: Json, state: str, person: Person) -> Json:
        answer = self._client.patch(f"/shows/{show['id']}", json={"state": state}, headers=person.headers)
        assert answer.status_code == 200, answer.text
        return _json(answer)

    def read(self, show: Json) -> Json:
        answer = self._client.get(f"/shows/{show['id']}", headers=self.editor.headers)
        assert answer.status_code == 200, answer.text
        return _json(answer)

    def playable(self, media_set: Path, **fields: Any) -> Json:
        """An available show whose media lie in the storage: those of ``media_set``."""
        key = f"videos/{uuid4()}/1"
        shutil.copytree(media_set, self._media / key, copy_function=os.link)
        url = f"{self._base_url}/media/{key}"
        return self.available(
            hlsSrcVideoURL=f"{url}/master.m3u8",
            dashSrcVideoURL=f"{url}/manifest.mpd",
            posterURL=f"{url}/poster.jpg",
            storyboardURL=f"{url}/storyboard.vtt",
            **fields,
        )

    def _made(self, fields: Json) -> Json:
        answer = self._client.post("/shows", json=fields, headers=self.editor.headers)
        assert answer.status_code == 201, answer.text
        return _json(answer)


@pytest.fixture
def studio(client: TestClient, people: People, wiring: Wiring) -> Studio:
    return Studio(client, people, wiring)


@pytest.fixture(scope="session")
def media_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the transcoder makes of a film. For reading only: the whole session shares it."""
    folder = tmp_path_factory.mktemp("media_set")
    transcoder = FfmpegTranscoder(ffmpeg=find_ffmpeg(), preset="ultrafast", tallest=360)

    async def transcode() -> None:
        probe = await transcoder.probe(_FILM)
        await transcoder.transcode(_FILM, probe, folder, _say_nothing)

    asyncio.run(transcode())
    return folder


def _json(answer: Response) -> Json:
    body: Json = answer.json()
    return body


async def _say_nothing(_progress: TranscodeProgress) -> None:
    return
