"""Which renditions a film gets."""

import pytest

from adapters.transcoder.sources import a_picture
from showsondemand.adapters.transcoder.ladder import LADDER, rungs_for


def sizes(width: int, height: int, tallest: int = 1080) -> list[tuple[int, int]]:
    return [(rung.width, rung.height) for rung in rungs_for(a_picture(width=width, height=height), tallest)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ((1920, 1080), [(1920, 1080), (1280, 720), (854, 480), (640, 360), (426, 240)]),
        ((1280, 720), [(1280, 720), (854, 480), (640, 360), (426, 240)]),
        ((3840, 2160), [(1920, 1080), (1280, 720), (854, 480), (640, 360), (426, 240)]),
        ((1080, 1920), [(1080, 1920), (720, 1280), (480, 854), (360, 640), (240, 426)]),
        ((768, 576), [(768, 576), (640, 480), (480, 360), (320, 240)]),
        ((1920, 804), [(1920, 804), (1720, 720), (1146, 480), (860, 360), (574, 240)]),
        ((50, 50), [(50, 50)]),
        ((51, 49), [(50, 48)]),
    ],
)
def test_a_film_gets_its_own_size_and_the_steps_below(
    source: tuple[int, int], expected: list[tuple[int, int]]
) -> None:
    assert sizes(*source) == expected


def test_a_taller_top_can_be_asked_for() -> None:
    assert sizes(3840, 2160, tallest=2160)[:3] == [(3840, 2160), (2560, 1440), (1920, 1080)]


def test_a_step_that_is_nearly_the_films_own_size_is_left_out() -> None:
    assert sizes(960, 500)[1] == (692, 360)


def test_no_side_is_ever_odd_or_larger_than_the_films() -> None:
    for width in range(16, 1400, 37):
        for height in range(16, 1400, 53):
            for rung_width, rung_height in sizes(width, height):
                assert (rung_width % 2, rung_height % 2) == (0, 0)
                assert rung_width <= width
                assert rung_height <= height


def test_a_film_of_few_bits_is_not_blown_up() -> None:
    rungs = rungs_for(a_picture(kilobits=1000))

    assert rungs[0].most_kilobits == 1000
    assert [rung.most_kilobits for rung in rungs] == sorted((r.most_kilobits for r in rungs), reverse=True)
    assert rungs[1].most_kilobits < 700


def test_a_film_of_many_bits_keeps_to_the_table() -> None:
    rungs = rungs_for(a_picture(kilobits=100_000))

    assert [rung.most_kilobits for rung in rungs] == [5000, 2800, 1400, 800, 400]


def test_a_codec_that_needs_fewer_bits_is_allowed_for() -> None:
    assert rungs_for(a_picture(codec="hevc", kilobits=1000))[0].most_kilobits == 1600


def test_the_table_falls_in_every_column() -> None:
    assert [q.height for q in LADDER] == sorted((q.height for q in LADDER), reverse=True)
    assert [q.most_kilobits for q in LADDER] == sorted((q.most_kilobits for q in LADDER), reverse=True)
