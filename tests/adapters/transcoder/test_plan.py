"""The decisions between what a film is and what is made of it."""

from fractions import Fraction

import pytest

from adapters.transcoder.sources import a_film, a_picture, a_sound, a_text
from showsondemand.adapters.transcoder.plan import frame_rate_for, plan_for

NTSC = Fraction(30000, 1001)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Fraction(24000, 1001), Fraction(24000, 1001)),
        (Fraction(60), Fraction(60)),
        (Fraction(120), Fraction(60)),
        (Fraction(5), Fraction(10)),
        (Fraction(3), Fraction(12)),
    ],
)
def test_even_frames_keep_their_rate_within_bounds(rate: Fraction, expected: Fraction) -> None:
    assert frame_rate_for(a_picture(frame_rate=rate, steady=True)) == expected


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (Fraction(369000, 13657), NTSC),
        (Fraction("29.96"), NTSC),
        (Fraction("25.5"), NTSC),
        (Fraction(4), Fraction(24000, 1001)),
        (Fraction(90), Fraction(60)),
    ],
)
def test_uneven_frames_get_the_next_standard_rate(rate: Fraction, expected: Fraction) -> None:
    assert frame_rate_for(a_picture(frame_rate=rate, steady=False)) == expected


def test_sound_that_outlasts_the_picture_for_long_is_kept() -> None:
    assert plan_for(a_film(audio=(a_sound(end_seconds=65.0),))).duration_seconds == 65.0


def test_sound_that_outlasts_the_picture_by_a_little_is_cut() -> None:
    assert plan_for(a_film(audio=(a_sound(end_seconds=60.3),))).duration_seconds == 60.0


def test_the_films_own_sound_comes_before_comments_on_it() -> None:
    comment = a_sound(index=1, commentary=True, default=True, title="The director speaks")
    dub = a_sound(index=2, language="fr")
    original = a_sound(index=3, language="en", default=True)

    plan = plan_for(a_film(audio=(comment, dub, original)))

    assert [track.index for track in plan.audio] == [3, 2, 1]
    assert [track.default for track in plan.audio] == [True, False, False]


def test_every_track_has_a_name_of_its_own() -> None:
    sounds = tuple(a_sound(index=index, language=tag) for index, tag in enumerate(["en", "en", "und", "tlh"]))

    plan = plan_for(a_film(audio=sounds))

    assert [track.label for track in plan.audio] == ["English", "English (2)", "Original", "tlh"]


def test_a_track_is_called_by_its_title() -> None:
    plan = plan_for(a_film(subtitles=(a_text(language="en", title="English for the hard of hearing"),)))

    assert plan.subtitles[0].label == "English for the hard of hearing"


@pytest.mark.parametrize(
    ("seconds", "interval", "pictures"),
    [(5.1, 1, 6), (100.0, 1, 100), (101.0, 2, 51), (900.0, 9, 100), (21_600.0, 10, 2160)],
)
def test_a_storyboard_has_a_picture_every_one_to_ten_seconds(
    seconds: float, interval: int, pictures: int
) -> None:
    board = plan_for(a_film(a_picture(end_seconds=seconds))).storyboard

    assert (board.interval_seconds, board.pictures) == (interval, pictures)


@pytest.mark.parametrize(
    ("size", "tile"), [((1920, 1080), (160, 90)), ((1080, 2280), (76, 160)), ((50, 50), (50, 50))]
)
def test_small_pictures_keep_the_films_shape(size: tuple[int, int], tile: tuple[int, int]) -> None:
    board = plan_for(a_film(a_picture(width=size[0], height=size[1]))).storyboard

    assert (board.tile_width, board.tile_height) == tile
