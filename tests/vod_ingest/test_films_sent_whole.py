"""Sending a film in one call: what is taken, what is refused and why, and that nothing stays of what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.vod_ingest import incoming
from vod_ingest.conftest import Ingest

MakeFilm = Callable[..., Path]
FORM = "multipart/form-data; boundary=edge"


def part(name: str, value: bytes, extra: str = "") -> bytes:
    return (
        f'--edge\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + value + b"\r\n"
    )


END = b"--edge--\r\n"


def test_a_film_is_taken_and_waits_for_a_worker(client: TestClient, ingest: Ingest, film: Path) -> None:
    answer = ingest.send(film, title="Big Buck Bunny")

    assert answer.status_code == 202
    job = answer.json()
    assert answer.headers["Location"] == f"/ingest/jobs/{job['id']}"
    assert (job["state"], job["progress"], job["attempts"]) == ("queued", 0, 0)
    assert (job["sourceName"], job["error"], job["showId"]) == (film.name, None, None)
    assert ingest.files("media") == [f"sources/{job['id']}/film"]
    assert (ingest.data / "media/sources" / job["id"] / "film").read_bytes() == film.read_bytes()
    assert ingest.files("incoming") == []


def test_only_editors_and_admins_send_films(client: TestClient, people: People, film: Path) -> None:
    people_in_order = [{}, people.viewer().headers, people.reviewer().headers]

    with film.open("rb") as file:
        statuses = [
            client.post("/ingest/videos", files={"file": file}, headers=headers).status_code
            for headers in people_in_order
        ]

    assert statuses == [401, 403, 403]


def test_what_is_no_film_is_refused_with_a_reason(
    ingest: Ingest, make_film: MakeFilm, film: Path, tmp_path: Path
) -> None:
    sound = ("-f", "lavfi", "-i", "sine=duration=1")
    far_apart = ("-f", "lavfi", "-i", "color=size=64x64:rate=1/72000:duration=144000")
    texts = {
        "hls.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{film}\n#EXT-X-ENDLIST\n".encode(),
        "ffconcat.mp4": f"ffconcat version 1.0\nfile '{film}'\n".encode(),
        "dash.mp4": b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
        "drawing.mp4": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        "noise.mp4": bytes(range(256)) * 256,
        "truncated.mp4": film.read_bytes()[: film.stat().st_size // 2],
        "nothing.mp4": b"",
    }
    for name, content in texts.items():
        (tmp_path / name).write_bytes(content)
    bad_films = [
        *(tmp_path / name for name in texts),
        make_film("sound.m4a", *sound),
        make_film("twenty-hours.mkv", *far_apart, "-c:v", "libx264", "-preset", "ultrafast"),
    ]

    answers = {each.name: ingest.send(each) for each in bad_films}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 422)
    problems = [answer.json() for answer in answers.values()]
    assert {problem["type"] for problem in problems} == {"/problems/not-a-film"}
    assert {problem["errors"][0]["pointer"] for problem in problems} == {"/file"}
    assert not [problem for problem in problems if str(tmp_path) in str(problem) or "ffmpeg" in str(problem)]
    assert "six hours" in answers["twenty-hours.mkv"].json()["detail"]
    assert (ingest.files("media"), ingest.files("incoming")) == ([], [])


def test_a_form_that_cannot_be_read_is_refused(client: TestClient, ingest: Ingest, film: Path) -> None:
    file = part("file", film.read_bytes(), '; filename="film.mp4"')
    bodies = {
        "cut off": (400, FORM, file[: len(file) // 2]),
        "without its end": (400, FORM, file),
        "without a file": (422, FORM, part("title", b"A film") + END),
        "with nothing": (400, FORM, b""),
        "with two files": (400, FORM, file + file + END),
        "with a field too long": (400, FORM, part("title", b"x" * 5_000) + file + END),
        "with many parts": (400, FORM, part("x", b"1") * 20 + file + END),
        "with a title that is no text": (400, FORM, part("title", b"\xff\xfe") + file + END),
        "of another type": (400, "application/octet-stream", film.read_bytes()),
        "of JSON": (400, "application/json", b"{}"),
        "without a boundary": (400, "multipart/form-data", file + END),
        "with an endless boundary": (400, f"multipart/form-data; boundary={'x' * 10_000}", file + END),
        "with endless headers": (400, FORM, part("file", b"", f'; filename="{"x" * 100_000}"') + END),
        "that is none": (400, FORM, b"\x00" * 100_000),
        "with a long preamble": (400, FORM, b"x" * 1_000_000 + file + END),
    }

    answers = {
        name: client.post(
            "/ingest/videos", content=body, headers={**ingest.editor.headers, "Content-Type": kind}
        )
        for name, (_, kind, body) in bodies.items()
    }

    assert {name: answer.status_code for name, answer in answers.items()} == {
        name: status for name, (status, _, _) in bodies.items()
    }
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"application/problem+json"}
    assert (ingest.files("media"), ingest.files("incoming")) == ([], [])


def test_a_title_that_cannot_be_used_is_pointed_at(ingest: Ingest, film: Path) -> None:
    answers = [ingest.send(film, title=title) for title in ("x" * 201, "nul\x00", "two\nlines")]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert {answer.json()["errors"][0]["pointer"] for answer in answers} == {"/title"}
    assert ingest.files("media") == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.mp4", "passwd.mp4"),
        ("C:\\films\\my film.mov", "my film.mov"),
        ("-rf.mp4", "-rf.mp4"),
        ("Ünïcödé 🐇.mp4", "Ünïcödé 🐇.mp4"),
        ("x" * 400 + ".mp4", "x" * 255),
    ],
)
def test_a_file_name_is_shown_and_never_opened(
    client: TestClient, ingest: Ingest, film: Path, name: str, shown: str
) -> None:
    body = part("file", film.read_bytes(), f'; filename="{name}"'.replace("\\", "\\\\")) + END

    answer = client.post(
        "/ingest/videos", content=body, headers={**ingest.editor.headers, "Content-Type": FORM}
    )

    assert answer.json()["sourceName"] == shown
    assert ingest.files("media") == [f"sources/{answer.json()['id']}/film"]


def test_a_film_that_is_too_large_is_refused_while_it_comes(
    client: TestClient, ingest: Ingest, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_FILM_BYTES", 100_000)

    answer = ingest.send(film)

    assert answer.status_code == 413
    assert answer.json()["type"] == "/problems/film-too-large"
    assert ingest.files("incoming") == []
