"""What we have made is tested as any other stream before it goes to review."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from showsondemand.adapters.transcoder.port import TranscodeResult
from showsondemand.vod_ingest.stream_check import StreamBroken, refuse_broken_stream
from showsondemand.wiring import Wiring

KEY = "videos/01890000-0000-7000-8000-000000000000/1"


@pytest.fixture
def stored_set(wiring: Wiring, media_set: Path) -> Path:
    folder = wiring.settings.data_folder / "media" / KEY
    shutil.copytree(media_set, folder)
    return folder


@pytest.fixture
def result() -> TranscodeResult:
    """Where the manifests of the set lie; nothing else of it matters here."""
    empty: dict[str, Any] = dict.fromkeys(TranscodeResult.__dataclass_fields__)
    return TranscodeResult(**{**empty, "master_playlist": "master.m3u8", "manifest": "manifest.mpd"})


def test_a_sound_set_passes(
    client: TestClient, wiring: Wiring, stored_set: Path, result: TranscodeResult
) -> None:
    assert client.portal

    client.portal.call(refuse_broken_stream, wiring, KEY, result)


@pytest.mark.parametrize("name", ["segment-0-00001.m4s", "init-1.mp4", "manifest.mpd", "video-0.m3u8"])
def test_a_set_that_lacks_a_file_is_refused(
    client: TestClient, wiring: Wiring, stored_set: Path, result: TranscodeResult, name: str
) -> None:
    (stored_set / name).unlink()
    assert client.portal

    with pytest.raises(StreamBroken, match="would not play"):
        client.portal.call(refuse_broken_stream, wiring, KEY, result)
