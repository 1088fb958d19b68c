"""What the probe refuses: files that are no films, or that want more than to be watched."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from showsondemand.adapters.transcoder.ffmpeg import FfmpegTranscoder
from showsondemand.adapters.transcoder.port import NotAVideo, RefusalCode

MakeFilm = Callable[..., Path]
PICTURE = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=2")
SOUND = ("-f", "lavfi", "-i", "sine=duration=2")
X264 = ("-c:v", "libx264", "-preset", "ultrafast")


async def refusal(transcoder: FfmpegTranscoder, film: Path) -> NotAVideo:
    with pytest.raises(NotAVideo) as refused:
        await transcoder.probe(film)
    assert str(film.parent) not in refused.value.reason
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{victim}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile {name}\n",
        '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{victim}</BaseURL></MPD>',
        "v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{victim}"/></svg>',
    ],
    ids=["hls", "ffconcat", "dash", "sdp", "svg"],
)
async def test_a_text_that_points_at_other_files_is_no_film(
    text: str, transcoder: FfmpegTranscoder, make_film: MakeFilm, tmp_path: Path
) -> None:
    victim = make_film("victim.ts", *PICTURE, *X264)
    (tmp_path / "victim.ts").write_bytes(victim.read_bytes())
    playlist = tmp_path / "film.mp4"
    playlist.write_text(text.format(victim=victim, name="victim.ts"))

    refused = await refusal(transcoder, playlist)

    assert refused.code is RefusalCode.NOT_A_VIDEO


async def test_noise_is_no_film(transcoder: FfmpegTranscoder, tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(os.urandom(200_000))

    refused = await refusal(transcoder, noise)

    assert refused.code is RefusalCode.NOT_A_VIDEO


async def test_an_empty_file_is_called_empty(transcoder: FfmpegTranscoder, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()

    refused = await refusal(transcoder, empty)

    assert refused.code is RefusalCode.EMPTY


@pytest.mark.parametrize("kept", [0.02, 0.5, 0.8])
async def test_half_a_film_is_called_truncated(
    kept: float, transcoder: FfmpegTranscoder, media: Path, tmp_path: Path
) -> None:
    whole = (media / "pal_anamorphic.mp4").read_bytes()
    part = tmp_path / "part.mp4"
    part.write_bytes(whole[: int(len(whole) * kept)])

    refused = await refusal(transcoder, part)

    assert refused.code is RefusalCode.TRUNCATED


@pytest.mark.parametrize("header", ["1", "0"], ids=["faststart", "index at the end"])
async def test_a_film_without_its_end_is_called_truncated(
    header: str, transcoder: FfmpegTranscoder, make_film: MakeFilm, tmp_path: Path
) -> None:
    flags = ("-movflags", "+faststart") if header == "1" else ()
    longer = ("-f", "lavfi", "-i", "testsrc=size=320x240:rate=25:duration=20")
    whole = make_film("whole.mp4", *longer, *X264, *flags).read_bytes()
    part = tmp_path / "part.mp4"
    part.write_bytes(whole[: len(whole) * 7 // 10])

    refused = await refusal(transcoder, part)

    assert refused.code is RefusalCode.TRUNCATED


async def test_a_tiny_file_of_twenty_hours_is_too_long(
    transcoder: FfmpegTranscoder, make_film: MakeFilm
) -> None:
    film = make_film(
        "twenty-hours.mkv", "-f", "lavfi", "-i", "color=size=64x64:rate=1/72000:duration=144000", *X264,
        "-frames:v", "2",
    )  # fmt: skip

    refused = await refusal(transcoder, film)

    assert film.stat().st_size < 10_000
    assert refused.code is RefusalCode.TOO_LONG


async def test_a_length_that_the_header_hides_is_found(
    transcoder: FfmpegTranscoder, make_film: MakeFilm, tmp_path: Path
) -> None:
    film = make_film(
        "twenty-hours.mkv", "-f", "lavfi", "-i", "color=size=64x64:rate=1/72000:duration=144000", *X264,
        "-frames:v", "2",
    )  # fmt: skip
    hidden = tmp_path / "hidden.mkv"
    # Matroska's Duration element (0x4489) and its DURATION tag give way to a void and another name.
    without_duration = film.read_bytes().replace(b"\x44\x89\x88", b"\x44\x88\x88")
    hidden.write_bytes(without_duration.replace(b"DURATION", b"DURATIOM"))

    refused = await refusal(transcoder, hidden)

    assert refused.code is RefusalCode.TOO_LONG


async def test_a_decoder_with_known_holes_is_never_asked(
    transcoder: FfmpegTranscoder, make_film: MakeFilm
) -> None:
    film = make_film("magic.avi", *PICTURE, "-c:v", "magicyuv")

    refused = await refusal(transcoder, film)

    assert refused.code is RefusalCode.UNSUPPORTED_CODEC


async def test_sound_alone_is_no_film(transcoder: FfmpegTranscoder, make_film: MakeFilm) -> None:
    song = make_film("song.m4a", *SOUND)

    refused = await refusal(transcoder, song)

    assert refused.code is RefusalCode.NO_VIDEO_STREAM


async def test_a_song_with_a_cover_is_no_film(transcoder: FfmpegTranscoder, make_film: MakeFilm) -> None:
    cover = make_film("cover.jpg", *PICTURE, "-frames:v", "1")
    song = make_film(
        "covered.m4a", *SOUND, "-i", str(cover), "-map", "0", "-map", "1", "-c:v", "copy",
        "-disposition:v", "attached_pic",
    )  # fmt: skip

    refused = await refusal(transcoder, song)

    assert refused.code is RefusalCode.NO_VIDEO_STREAM


async def test_a_film_whose_sound_cannot_be_read_is_refused(
    transcoder: FfmpegTranscoder, make_film: MakeFilm
) -> None:
    film = make_film("adpcm.mkv", *PICTURE, *SOUND, *X264, "-c:a", "adpcm_ms")

    refused = await refusal(transcoder, film)

    assert refused.code is RefusalCode.UNSUPPORTED_CODEC


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("color=size=8194x64:rate=25:duration=0.4", RefusalCode.TOO_LARGE_FRAME),
        ("color=size=64x8:rate=25:duration=0.4", RefusalCode.TOO_SMALL_FRAME),
        ("color=size=64x64:rate=240:duration=1", RefusalCode.TOO_MANY_FRAMES),
        ("color=size=64x64:rate=25:duration=0.08", RefusalCode.TOO_SHORT),
    ],
)
async def test_a_film_out_of_bounds_is_refused(
    source: str, code: RefusalCode, transcoder: FfmpegTranscoder, make_film: MakeFilm
) -> None:
    film = make_film("out.mp4", "-f", "lavfi", "-i", source, *X264)

    refused = await refusal(transcoder, film)

    assert refused.code is code


async def test_a_file_of_very_many_streams_is_refused(
    transcoder: FfmpegTranscoder, make_film: MakeFilm
) -> None:
    maps = [word for _ in range(33) for word in ("-map", "0:v")]
    film = make_film(
        "streams.mkv", "-f", "lavfi", "-i", "color=size=32x32:duration=0.2", *maps, "-c:v", "mpeg4"
    )

    refused = await refusal(transcoder, film)

    assert refused.code is RefusalCode.TOO_MANY_STREAMS


async def test_a_file_that_kills_the_probe_is_refused(
    transcoder: FfmpegTranscoder, media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suicidal = tmp_path / "python"
    suicidal.write_text(f"#!/bin/sh\nkill -{signal.SIGSEGV.value} $$\n")
    suicidal.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(suicidal))

    refused = await refusal(transcoder, media / "bunny_5s.mp4")

    assert refused.code is RefusalCode.NOT_A_VIDEO
