"""Where on which sheet a moment's small picture is."""

from showsondemand.adapters.transcoder.plan import Storyboard
from showsondemand.adapters.transcoder.storyboard import sprite_count, storyboard_vtt

BOARD = Storyboard(interval_seconds=10, tile_width=160, tile_height=90, columns=10, rows=10, pictures=105)


def cues(board: Storyboard, duration_seconds: float) -> list[str]:
    header, *blocks = storyboard_vtt(board, duration_seconds).strip().split("\n\n")
    assert header == "WEBVTT"
    return blocks


def test_every_picture_has_a_cue_with_its_place() -> None:
    blocks = cues(BOARD, 1045.5)

    assert len(blocks) == 105
    assert blocks[0] == "00:00:00.000 --> 00:00:10.000\nsprite-001.jpg#xywh=0,0,160,90"
    assert blocks[11] == "00:01:50.000 --> 00:02:00.000\nsprite-001.jpg#xywh=160,90,160,90"


def test_the_hundred_and_first_picture_is_on_the_second_sheet() -> None:
    blocks = cues(BOARD, 1045.5)

    assert blocks[100] == "00:16:40.000 --> 00:16:50.000\nsprite-002.jpg#xywh=0,0,160,90"
    assert sprite_count(BOARD) == 2


def test_the_last_cue_ends_with_the_film() -> None:
    assert cues(BOARD, 1045.5)[-1].startswith("00:17:20.000 --> 00:17:25.500\n")


def test_no_cue_begins_when_the_film_is_over() -> None:
    assert len(cues(BOARD, 1039.9)) == 104
