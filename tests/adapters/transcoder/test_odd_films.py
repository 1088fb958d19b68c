"""Films of shapes that come seldom: odd codecs and sizes, far starts, sound that comes late or long."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import pytest

from adapters.transcoder.conftest import Made
from adapters.transcoder.played import PlayedPicture, PlayedSound, play_picture, play_sound
from showsondemand.adapters.transcoder.plan import plan_for

MakeFilm = Callable[..., Path]
MakeSet = Callable[[Path], Made]

X264 = ("-c:v", "libx264", "-preset", "ultrafast")
# A black film that turns white as a tone sounds, from second 2 on, for a fifth of a second.
_BLACK = "color=black:size=320x240:rate=25:duration=4"
_WHITE_FOR_A_MOMENT = "drawbox=enable='between(t,2,2.19)':color=white:thickness=fill"
FLASH = ("-f", "lavfi", "-i", f"{_BLACK},{_WHITE_FOR_A_MOMENT}")
BEEP = ("-f", "lavfi", "-i", "aevalsrc='if(between(t,2,2.2),0.8*sin(2*PI*1000*t),0)':s=48000:d=4")


def flash_and_beep(made: Made) -> tuple[float, float]:
    """When the set's picture turns white and when its sound begins to be heard, in seconds."""
    picture = play_picture(made.folder, made.result.renditions[0].playlist)
    sound = play_sound(made.folder, made.result.audio[0].playlist)
    return first_light(picture), first_noise(sound)


def first_light(picture: PlayedPicture) -> float:
    return next(time for time, light in zip(picture.times, picture.lightness, strict=True) if light > 128)


def first_noise(sound: PlayedSound) -> float:
    silent = next(count for count, loud in enumerate(sound.loudness) if loud > 0.1)
    return sound.start_seconds + silent / 1000


@pytest.mark.parametrize(
    ("name", "coding"),
    [
        ("film.mp4", (*X264, "-c:a", "aac")),
        ("hour.ts", (*X264, "-c:a", "aac", "-output_ts_offset", "3600")),
        ("film.webm", ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libvorbis")),
        ("film9.webm", ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")),
        ("hevc.mkv", ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=1", "-c:a", "ac3")),
        ("av1.mp4", ("-c:v", "libsvtav1", "-preset", "13", "-svtav1-params", "lp=1", "-c:a", "libopus")),
        ("film.avi", ("-c:v", "mpeg4", "-c:a", "libmp3lame")),
        ("film.ogv", ("-c:v", "libtheora", "-c:a", "libvorbis")),
        ("film.mpg", ("-c:v", "mpeg2video", "-c:a", "mp2")),
        ("film.flv", (*X264, "-c:a", "aac", "-ar", "44100")),
        ("pcm.mov", (*X264, "-c:a", "pcm_s16be")),
        ("flac.mkv", (*X264, "-c:a", "flac", "-ar", "96000")),
    ],
)  # fmt: skip
def test_lips_and_voice_stay_together(
    name: str, coding: tuple[str, ...], make_film: MakeFilm, made_of: MakeSet
) -> None:
    film = make_film(name, *FLASH, *BEEP, *coding)

    seen, heard = flash_and_beep(made_of(film))

    assert seen == pytest.approx(2, abs=0.05)
    assert heard == pytest.approx(seen, abs=0.04)


@pytest.mark.parametrize("later_seconds", ["0", "600"], ids=["counts anew", "was paused"])
def test_a_recording_joined_of_two_is_whole(
    later_seconds: str, make_film: MakeFilm, made_of: MakeSet, tmp_path: Path
) -> None:
    first = make_film("first.ts", *FLASH, *BEEP, *X264, "-c:a", "aac")
    second = make_film("second.ts", *FLASH, *BEEP, *X264, "-c:a", "aac", "-output_ts_offset", later_seconds)
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())

    made = made_of(joined)

    assert made.result.duration_seconds == pytest.approx(8, abs=0.1)
    picture = play_picture(made.folder, made.result.renditions[0].playlist)
    sound = play_sound(made.folder, made.result.audio[0].playlist)
    assert picture.seconds == pytest.approx(8, abs=0.1)
    seen = next(t for t, light in zip(picture.times, picture.lightness, strict=True) if t > 5 and light > 128)
    heard = next(at / 1000 for at, loud in enumerate(sound.loudness) if at > 5000 and loud > 0.1)
    assert seen == pytest.approx(6, abs=0.1)
    assert heard + sound.start_seconds == pytest.approx(seen, abs=0.04)


_SMALL = ("-c:v", "mpeg2video", "-b:v", "2M")
_FIELDS = ("-vf", "tinterlace=interleave_top,fieldorder=tff", "-flags", "+ilme+ildct")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("wider.ts", (*_SMALL, "-c:a", "mp2", "-ac", "1"), (*_SMALL, "-c:a", "mp2", "-ac", "2")),
        ("wider.mkv", (*_SMALL, "-c:a", "ac3", "-ac", "2"), (*_SMALL, "-c:a", "ac3", "-ac", "6")),
        ("narrower.ts", (*_SMALL, "-c:a", "ac3", "-ac", "6"), (*_SMALL, "-c:a", "ac3", "-ac", "2")),
        ("larger.ts", (*_SMALL, "-c:a", "mp2"), (*_SMALL, "-c:a", "mp2", "-s", "480x360")),
        ("fields.ts", (*_SMALL, *_FIELDS, "-c:a", "mp2"), (*_SMALL, *_FIELDS, "-c:a", "mp2", "-s", "480x360")),
    ],
)  # fmt: skip
def test_a_broadcast_that_becomes_another_in_its_midst_stays_whole(
    name: str, before: tuple[str, ...], after: tuple[str, ...], make_film: MakeFilm, made_of: MakeSet, tmp_path: Path
) -> None:  # fmt: skip
    first = make_film("first.ts", *FLASH, *BEEP, *before)
    second = make_film("second.ts", *FLASH, *BEEP, *after, "-output_ts_offset", "4")
    joined = tmp_path / "joined.ts"
    joined.write_bytes(first.read_bytes() + second.read_bytes())

    made = made_of(make_film(name, "-i", str(joined), "-c", "copy"))

    picture = play_picture(made.folder, made.result.renditions[0].playlist)
    assert made.result.duration_seconds == pytest.approx(8, abs=0.1)
    assert picture.seconds == pytest.approx(8, abs=0.1)
    seen = next(t for t, light in zip(picture.times, picture.lightness, strict=True) if t > 5 and light > 128)
    assert seen == pytest.approx(6, abs=0.1)
    for track in made.result.audio:
        sound = play_sound(made.folder, track.playlist)
        heard = next(at / 1000 for at, loud in enumerate(sound.loudness) if at > 5000 and loud > 0.1)
        assert heard + sound.start_seconds == pytest.approx(seen, abs=0.04)


def test_sound_that_comes_late_is_heard_at_its_time(make_film: MakeFilm, made_of: MakeSet) -> None:
    late = ("-filter_complex", "[1]atrim=start=1.5[a]", "-map", "0:v", "-map", "[a]")
    film = make_film("late-sound.mkv", *FLASH, *BEEP, *late, *X264, "-c:a", "aac")

    made = made_of(film)

    assert made.probe.audio[0].start_seconds == pytest.approx(1.5, abs=0.03)
    assert flash_and_beep(made) == pytest.approx((2, 2), abs=0.04)


def test_a_picture_that_comes_late_is_seen_at_its_time(make_film: MakeFilm, made_of: MakeSet) -> None:
    late = ("-filter_complex", "[0]trim=start=1.2[v]", "-map", "[v]", "-map", "1:a")
    film = make_film("late-picture.mkv", *FLASH, *BEEP, *late, *X264, "-c:a", "aac", "-fps_mode", "vfr")

    made = made_of(film)

    assert made.probe.video.start_seconds == pytest.approx(1.2, abs=0.03)
    assert flash_and_beep(made) == pytest.approx((2, 2), abs=0.04)


def test_sound_that_ends_early_is_followed_by_silence(make_film: MakeFilm, made_of: MakeSet) -> None:
    film = make_film("short-sound.mp4", *FLASH, "-t", "2.5", *BEEP, *X264, "-c:a", "aac")

    made = made_of(film)

    assert made.result.duration_seconds == pytest.approx(4, abs=0.04)
    sound = play_sound(made.folder, made.result.audio[0].playlist)
    assert sound.seconds == pytest.approx(4, abs=0.06)


def test_the_last_picture_stays_while_sound_goes_on(make_film: MakeFilm, made_of: MakeSet) -> None:
    song = ("-f", "lavfi", "-i", "sine=duration=6")
    film = make_film("long-sound.mp4", *FLASH, *song, *X264, "-c:a", "aac")

    made = made_of(film)

    assert made.result.duration_seconds == pytest.approx(6, abs=0.06)
    sound = play_sound(made.folder, made.result.audio[0].playlist)
    assert sound.seconds == pytest.approx(6, abs=0.06)


@pytest.mark.parametrize(
    ("size", "expected"),
    [("50x50", (50, 50)), ("51x49", (50, 48)), ("16x16", (16, 16)), ("16x1000", (16, 1000))],
)
def test_a_tiny_film_gets_one_rendition_of_its_own_size(
    size: str, expected: tuple[int, int], make_film: MakeFilm, made_of: MakeSet
) -> None:
    source = ("-f", "lavfi", "-i", f"testsrc=size={size}:rate=25:duration=1")
    film = make_film("tiny.mp4", *source, *X264, "-pix_fmt", "yuv444p")

    result = made_of(film).result

    assert [(r.width, r.height) for r in result.renditions] == [expected]


@pytest.mark.parametrize("pixels", ["yuv444p", "yuv422p10le", "yuvj420p", "gray", "yuv420p10le"])
def test_every_kind_of_pixel_comes_out_as_players_like_it(
    pixels: str, make_film: MakeFilm, made_of: MakeSet
) -> None:
    white = ("-f", "lavfi", "-i", "color=white:size=320x240:rate=25:duration=1")
    film = make_film("pixels.mp4", *white, *X264, "-pix_fmt", pixels)

    made = made_of(film)

    played = play_picture(made.folder, made.result.renditions[0].playlist)
    assert played.formats == {("yuv420p", "tv")}
    assert played.lightness[0] == pytest.approx(235, abs=2)


def test_a_film_in_perceptual_quantisation_is_brought_to_common_screens(
    make_film: MakeFilm, made_of: MakeSet
) -> None:
    # In this curve, 0.58 of full scale is the white of a page: on a common screen it is bright, not grey.
    grey = ("-f", "lavfi", "-i", "color=0x949494:size=320x240:rate=25:duration=1")
    tags = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    film = make_film(
        "pq.mp4", *grey, "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
        "-x265-params", f"log-level=1:{tags}",
    )  # fmt: skip

    made = made_of(film)

    played = play_picture(made.folder, made.result.renditions[0].playlist)
    assert made.probe.video.transfer == "pq"
    assert played.formats == {("yuv420p", "tv")}
    assert played.lightness[0] > 140


def test_wide_colours_are_brought_to_common_screens(make_film: MakeFilm, made_of: MakeSet) -> None:
    white = ("-f", "lavfi", "-i", "color=white:size=320x240:rate=25:duration=1")
    tags = "log-level=1:colorprim=bt2020:transfer=bt2020-10:colormatrix=bt2020nc"
    film = make_film(
        "wide.mp4", *white, "-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le",
        "-x265-params", tags,
    )  # fmt: skip

    made = made_of(film)

    played = play_picture(made.folder, made.result.renditions[0].playlist)
    assert made.probe.video.wide_gamut
    assert played.formats == {("yuv420p", "tv")}
    assert played.lightness[0] == pytest.approx(235, abs=3)


@pytest.mark.parametrize(("channels", "tracks"), [(1, [2]), (2, [2]), (6, [2, 6]), (8, [2, 6])])
def test_sound_of_any_width_is_given_in_stereo_and_in_five_one(
    channels: int, tracks: list[int], make_film: MakeFilm, made_of: MakeSet
) -> None:
    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[channels]
    sines = "|".join(["0.3*sin(880*t)"] * channels)
    sound = ("-f", "lavfi", "-i", f"aevalsrc={sines}:channel_layout={layout}:duration=4")
    film = make_film("wide.mkv", *FLASH, *sound, *X264, "-c:a", "pcm_s16le")

    made = made_of(film)

    assert [track.channels for track in made.result.audio] == tracks
    for track in made.result.audio:
        assert max(play_sound(made.folder, track.playlist).loudness) > 0.05


@pytest.mark.parametrize(
    ("rate", "expected"), [("1", Fraction(10)), ("24000/1001", Fraction(24000, 1001)), ("120", Fraction(60))]
)
def test_a_steady_film_keeps_its_frame_rate_within_what_players_show(
    rate: str, expected: Fraction, make_film: MakeFilm, made_of: MakeSet
) -> None:
    film = make_film("rate.mp4", "-f", "lavfi", "-i", f"testsrc=size=160x120:rate={rate}:duration=5", *X264)

    made = made_of(film)

    assert plan_for(made.probe).frame_rate == expected
    played = play_picture(made.folder, made.result.renditions[0].playlist)
    assert played.frame_seconds == pytest.approx(float(1 / expected), rel=0.001)


def test_a_recording_without_a_length_in_its_header_is_whole(make_film: MakeFilm, made_of: MakeSet) -> None:
    live = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-live", "1")
    film = make_film("recorded.webm", *FLASH, *BEEP, *live, "-c:a", "libopus")

    made = made_of(film)

    assert made.result.duration_seconds == pytest.approx(4, abs=0.04)


def test_a_long_film_fills_several_sheets_of_small_pictures(make_film: MakeFilm, made_of: MakeSet) -> None:
    source = ("-f", "lavfi", "-i", "color=gray:size=32x32:rate=1:duration=1100")
    film = make_film("long.mp4", *source, *X264)

    made = made_of(film)

    assert plan_for(made.probe).storyboard.pictures == 110
    assert {file.name for file in made.folder.glob("sprite-*")} == {"sprite-001.jpg", "sprite-002.jpg"}


def test_the_poster_is_not_the_black_that_a_film_begins_with(make_film: MakeFilm, made_of: MakeSet) -> None:
    bright_later = "color=black:size=320x240:rate=25:duration=5,drawbox=enable='gt(t,0.8)':color=white:t=fill"
    film = make_film("dark-start.mp4", "-f", "lavfi", "-i", bright_later, *X264)

    made = made_of(film)

    with av.open(made.folder / made.result.poster) as poster:
        frame = next(poster.decode(video=0))
    assert bytes(frame.planes[0])[0] > 200
