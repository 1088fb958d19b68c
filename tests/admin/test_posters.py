"""Posters: a picture that an editor sends, encoded anew, or a frame of the film."""

import struct
import subprocess
import zlib
from pathlib import Path

import av
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from showsondemand.adapters.transcoder.ffmpeg import find_ffmpeg
from showsondemand.wiring import Wiring
from studio import Json, Studio

SECRET_NOTE = b"taken at 52.5200 N 13.4050 E"


def picture(folder: Path, name: str, size: str = "640x360", colour: str = "red") -> bytes:
    """A picture of one colour, in the format that its name says."""
    path = folder / name
    source = f"color={colour}:size={size}:duration=1:rate=1"
    subprocess.run(
        [find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", source, "-frames:v", "1", "-update", "1", path],
        check=True,
    )
    return path.read_bytes()


def chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def bomb() -> bytes:
    """A PNG of 16,000 by 16,000 pixels in under a megabyte."""
    rows = zlib.compress(b"\x00" * (16_001 * 16_000), 9)
    header = struct.pack(">IIBBBBB", 16_000, 16_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def upload(client: TestClient, show: Json, studio: Studio, body: bytes) -> Response:
    return client.put(
        f"/shows/{show['id']}/poster",
        content=body,
        headers={**studio.editor.headers, "Content-Type": "image/png"},
    )


def shown(client: TestClient, show: Json, folder: Path) -> tuple[int, int, tuple[int, int, int]]:
    """Width, height and the colour in the middle of the show's poster."""
    answer = client.get(show["posterURL"])
    assert answer.headers["Content-Type"] == "image/jpeg"
    path = folder / "shown.jpg"
    path.write_bytes(answer.content)
    with av.open(path) as container:
        frame = next(container.decode(video=0)).reformat(format="rgb24")
    pixels = frame.planes[0]
    middle = frame.height // 2 * pixels.line_size + frame.width // 2 * 3
    red, green, blue = bytes(pixels)[middle : middle + 3]
    return frame.width, frame.height, (red, green, blue)


@pytest.mark.parametrize("name", ["sent.png", "sent.jpg", "sent.webp"])
def test_a_picture_becomes_the_poster_that_everybody_sees(
    client: TestClient, studio: Studio, tmp_path: Path, name: str
) -> None:
    show = studio.available()

    changed = upload(client, show, studio, picture(tmp_path, name)).json()

    width, height, (red, green, _) = shown(client, changed, tmp_path)
    assert (width, height) == (640, 360)
    assert red > 200
    assert green < 60
    assert changed["state"] == "available"
    assert changed["version"] > show["version"]


def test_a_large_picture_is_made_smaller_and_keeps_its_shape(
    client: TestClient, studio: Studio, tmp_path: Path
) -> None:
    show = studio.draft()

    changed = upload(client, show, studio, picture(tmp_path, "sent.png", size="3000x4000")).json()

    assert shown(client, changed, tmp_path)[:2] == (1440, 1920)


def test_nothing_but_the_pixels_gets_through(client: TestClient, studio: Studio, tmp_path: Path) -> None:
    show = studio.draft()
    png = picture(tmp_path, "sent.png")
    with_note = (
        png[:33] + chunk(b"tEXt", b"Comment\x00" + SECRET_NOTE) + png[33:] + b"<script>alert(1)</script>"
    )

    changed = upload(client, show, studio, with_note).json()

    kept = client.get(changed["posterURL"]).content
    assert SECRET_NOTE not in kept
    assert b"script" not in kept


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"GIF89a" + bytes(100),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff" + bytes(1000),
        b"RIFF\x00\x00\x00\x00WEBP",
        b"RIFF\x00\x00\x00\x00AVI ",
        bomb(),
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "playlist",
        "gif",
        "png head",
        "jpeg of noughts",
        "webp head",
        "avi",
        "bomb",
    ],
)
def test_what_is_no_picture_is_refused(client: TestClient, studio: Studio, body: bytes) -> None:
    show = studio.draft()

    answer = upload(client, show, studio, body)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/picture-refused"
    assert studio.read(show)["posterURL"] is None


def test_a_picture_of_more_than_ten_mebibytes_is_refused(client: TestClient, studio: Studio) -> None:
    show = studio.draft()

    assert upload(client, show, studio, bytes(10 * 1024 * 1024 + 1)).status_code == 413


def test_a_frame_of_the_film_becomes_the_poster(
    client: TestClient, studio: Studio, media_set: Path, tmp_path: Path
) -> None:
    show = studio.playable(media_set)
    address = f"/shows/{show['id']}/poster"

    early = client.post(address, json={"atSeconds": 0}, headers=studio.editor.headers).json()
    late = client.post(address, json={"atSeconds": 4.5}, headers=studio.editor.headers).json()

    assert shown(client, early, tmp_path)[:2] == (640, 360)
    assert client.get(early["posterURL"]).content != client.get(late["posterURL"]).content


def test_a_second_that_the_film_does_not_have_is_refused(
    client: TestClient, studio: Studio, media_set: Path
) -> None:
    show = studio.playable(media_set)

    answer = client.post(
        f"/shows/{show['id']}/poster", json={"atSeconds": 3600}, headers=studio.editor.headers
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/atSeconds"


def test_no_frame_is_taken_of_a_film_that_is_not_there(client: TestClient, studio: Studio) -> None:
    for show in (studio.draft(), studio.in_review()):
        answer = client.post(
            f"/shows/{show['id']}/poster", json={"atSeconds": 1}, headers=studio.editor.headers
        )

        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/no-frames"


def test_a_storage_that_is_away_is_said_to_be(
    client: TestClient, studio: Studio, wiring: Wiring, tmp_path: Path
) -> None:
    show = studio.draft()
    (wiring.settings.data_folder / "media").mkdir(parents=True, exist_ok=True)
    (wiring.settings.data_folder / "media" / "videos").write_text("a file where a folder should be")

    answer = upload(client, show, studio, picture(tmp_path, "sent.png"))

    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/media-away"
