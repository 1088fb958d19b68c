"""Subtitles inside a film come out as text tracks that browsers show."""

from collections.abc import Callable
from pathlib import Path

import m3u8
import pytest

from adapters.transcoder.closed_captions import captions_of, film_with_captions, with_captions_as_a_track
from adapters.transcoder.conftest import Made

MakeFilm = Callable[..., Path]
MakeSet = Callable[..., Made]

PICTURE = ("-f", "lavfi", "-i", "color=gray:size=64x64:rate=25:duration=4")
SUBRIP = "1\n00:00:01,000 --> 00:00:02,500\n<i>Where</i> are you?\n\n2\n00:00:03,000 --> 00:00:03,500\nHere & now\n"


def text_of(made: Made, track: int) -> str:
    return (made.folder / made.result.subtitles[track].file).read_text()


def test_each_language_is_a_track(media: Path, made_of: MakeSet) -> None:
    made = made_of(media / "two_subtitle_tracks.mkv", 480)

    assert [(track.language, track.label) for track in made.result.subtitles] == [
        ("en", "English"),
        ("ar", "العربية"),
    ]
    assert "At the left we can see..." in text_of(made, 0)
    assert "الشمال" in text_of(made, 1)


def test_both_manifests_offer_the_tracks(media: Path, made_of: MakeSet) -> None:
    made = made_of(media / "two_subtitle_tracks.mkv", 480)

    master = m3u8.load(str(made.folder / made.result.master_playlist))
    listed = [m3u8.load(str(made.folder / track.playlist)) for track in made.result.subtitles]
    mpd = (made.folder / made.result.manifest).read_text()

    assert [m.language for m in master.media if m.type == "SUBTITLES"] == ["en", "ar"]
    assert [playlist.segments[0].uri for playlist in listed] == [t.file for t in made.result.subtitles]
    assert all(f"<BaseURL>{track.file}</BaseURL>" in mpd for track in made.result.subtitles)


@pytest.mark.parametrize(
    ("name", "codec"),
    [("subrip.mkv", "subrip"), ("styled.mkv", "ass"), ("apple.mp4", "mov_text"), ("web.mkv", "webvtt")],
)
def test_every_kind_of_text_keeps_its_words_and_times(
    name: str, codec: str, make_film: MakeFilm, made_of: MakeSet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words = tmp_path_factory.mktemp("words") / "words.srt"
    words.write_text(SUBRIP)
    tags = ("-metadata:s:s:0", "language=spa")
    film = make_film(name, *PICTURE, "-i", str(words), "-c:v", "libx264", "-c:s", codec, *tags)

    made = made_of(film)

    assert [track.language for track in made.result.subtitles] == ["es"]
    text = text_of(made, 0)
    assert text.startswith("WEBVTT\n")
    assert "00:01.000 --> 00:02.500" in text
    assert "are you?" in text
    assert "{\\" not in text


def test_text_keeps_its_time_in_a_film_that_starts_late(
    make_film: MakeFilm, made_of: MakeSet, tmp_path: Path
) -> None:
    words = tmp_path / "words.srt"
    words.write_text(SUBRIP)
    film = make_film(
        "late.mkv", *PICTURE, "-i", str(words), "-c:v", "libx264", "-c:s", "subrip", "-output_ts_offset", "90"
    )

    made = made_of(film)

    assert "00:01.000 --> 00:02.500" in text_of(made, 0)


def test_a_track_that_says_nothing_is_not_offered(
    make_film: MakeFilm, made_of: MakeSet, tmp_path: Path
) -> None:
    words = tmp_path / "words.srt"
    words.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n")
    film = make_film(
        "silent.mkv", *PICTURE, "-itsoffset", "30", "-i", str(words), "-map", "0", "-map", "1", "-c:v", "libx264",
        "-c:s", "subrip", "-t", "4",
    )  # fmt: skip

    made = made_of(film)

    assert made.result.subtitles == ()
    assert list(made.folder.glob("subtitles-*")) == []


def test_captions_that_frames_carry_stay_in_them_and_are_offered_by_both_manifests(
    made_of: MakeSet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("captions")
    made = made_of(film_with_captions(folder / "spoken.mp4", "HELLO THERE"))

    master = m3u8.load(str(made.folder / made.result.master_playlist))
    mpd = (made.folder / made.result.manifest).read_text()
    pieces = [made.folder / "init-0.mp4", *sorted(made.folder.glob("segment-0-*.m4s"))]
    (folder / "pieces.mp4").write_bytes(b"".join(piece.read_bytes() for piece in pieces))

    assert "HELLO THERE" in captions_of(folder / "pieces.mp4")
    assert [(each.type, each.instream_id) for each in master.media] == [("CLOSED-CAPTIONS", "CC1")]
    assert master.playlists[0].stream_info.closed_captions == '"captions"'
    assert '<Accessibility schemeIdUri="urn:scte:dash:cc:cea-608:2015" value="CC1" />' in mpd


def test_a_quicktime_track_of_closed_captions_is_a_text_track(
    made_of: MakeSet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("captions")
    film = film_with_captions(folder / "spoken.mp4", "HELLO THERE")

    made = made_of(with_captions_as_a_track(film, folder / "spoken.mov"))

    assert [track.language for track in made.result.subtitles] == ["und"]
    assert "HELLO THERE" in text_of(made, 0)
