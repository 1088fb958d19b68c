"""What the probe says of a film, and when it cannot say."""

import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder
from showsondemand.adapters.transcoder.port import ProbeUnavailable, Transfer

MakeFilm = Callable[..., Path]
PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2")
SOUND = ("-f", "lavfi", "-i", "sine=duration=2")
X264 = ("-c:v", "libx264", "-preset", "ultrafast")


async def test_a_film_is_described(transcoder: FfmpegTranscoder, media: Path) -> None:
    probe = await transcoder.probe(media / "bunny_5s.mp4")

    assert (probe.video.display_width, probe.video.display_height) == (1280, 720)
    assert probe.video.frame_rate == Fraction(24)
    assert probe.video.steady
    assert probe.duration_seconds == pytest.approx(5.083, abs=0.001)
    assert [(track.channels, track.language) for track in probe.audio] == [(2, "en")]


async def test_a_film_filmed_upright_is_seen_upright(transcoder: FfmpegTranscoder, media: Path) -> None:
    video = (await transcoder.probe(media / "rotated_90.mp4")).video

    assert (video.width, video.height) == (1280, 720)
    assert (video.display_width, video.display_height) == (720, 1280)


async def test_pixels_that_are_not_square_widen_the_picture(
    transcoder: FfmpegTranscoder, media: Path
) -> None:
    video = (await transcoder.probe(media / "interlaced_pal.mkv")).video

    assert (video.display_width, video.display_height) == (1024, 576)
    assert video.interlaced


async def test_high_dynamic_range_is_seen(transcoder: FfmpegTranscoder, media: Path) -> None:
    video = (await transcoder.probe(media / "hlg_4k_10bit.mp4")).video

    assert video.transfer is Transfer.HLG
    assert video.wide_gamut


async def test_uneven_frames_are_seen(transcoder: FfmpegTranscoder, media: Path) -> None:
    video = (await transcoder.probe(media / "phone_vfr_1080p.mp4")).video

    assert not video.steady


async def test_text_tracks_are_listed_with_their_languages(transcoder: FfmpegTranscoder, media: Path) -> None:
    probe = await transcoder.probe(media / "two_subtitle_tracks.mkv")

    assert [track.language for track in probe.subtitles] == ["en", "ar"]


async def test_a_cover_is_no_picture_of_the_film(
    transcoder: FfmpegTranscoder, make_film: MakeFilm, media: Path
) -> None:
    cover = make_film("cover.jpg", *PICTURE, "-frames:v", "1")
    film = make_film(
        "covered.mp4", "-i", str(cover), "-i", str(media / "no_audio.mp4"), "-map", "0", "-map", "1",
        "-c", "copy", "-disposition:v:0", "attached_pic",
    )  # fmt: skip

    video = (await transcoder.probe(film)).video

    assert video.codec == "h264"


async def test_a_stream_that_appears_late_is_no_hindrance(
    transcoder: FfmpegTranscoder, make_film: MakeFilm, tmp_path: Path
) -> None:
    longer = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=20")
    silent = make_film("silent.flv", *longer, *X264).read_bytes()
    speaking = make_film("speaking.flv", *PICTURE, *SOUND, *X264, "-c:a", "aac").read_bytes()
    header_bytes = 13
    joined = tmp_path / "joined.flv"
    joined.write_bytes(silent + speaking[header_bytes:])

    probe = await transcoder.probe(joined)

    assert probe.video.codec == "h264"


async def test_a_file_that_is_not_there_is_no_ones_fault(
    transcoder: FfmpegTranscoder, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        await transcoder.probe(tmp_path / "gone.mp4")


async def test_a_machine_that_cannot_look_says_so(
    transcoder: FfmpegTranscoder, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(ProbeUnavailable):
        await transcoder.probe(media / "bunny_5s.mp4")
