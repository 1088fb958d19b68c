"""Every real clip, whatever its shape, comes out as a whole set that plays."""

from collections.abc import Callable
from pathlib import Path

import m3u8
import pytest

from adapters.transcoder.conftest import Made
from adapters.transcoder.played import play_picture, play_sound
from showsondemand.adapters.transcoder.ladder import TALLEST_BY_DEFAULT
from showsondemand.adapters.transcoder.plan import plan_for

CLIPS = {
    # name: (size of the top rendition, seconds, its number of renditions)
    "bunny_5s.mp4": ((1280, 720), 5.08, 4),
    "bbb_surround.mp4": ((1280, 720), 5.28, 4),
    "rotated_90.mp4": ((720, 1280), 5.08, 4),
    "interlaced_pal.mkv": ((1024, 576), 5.08, 4),
    "phone_vfr_1080p.mp4": ((1920, 1080), 1.52, 5),
    "mpeg2_program_stream.mpeg": ((640, 480), 8.31, 3),
    "pal_anamorphic.mp4": ((768, 576), 10.2, 4),
    "hlg_4k_10bit.mp4": ((1920, 1080), 1.1, 5),
    "portrait_uneven_frames.mp4": ((1080, 2280), 4.31, 5),
    "no_audio.mp4": ((560, 320), 5.53, 2),
    "city_mpeg2.mpg": ((720, 404), 1.8, 3),
    "two_subtitle_tracks.mkv": ((1280, 720), 8.09, 4),
    "nasa_two_videos_two_audios_subtitles.mp4": ((320, 180), 13.0, 1),
}

# The ladder's upper rungs are made for one clip; for the others they are planned, and the lower ones made.
CLIMBED = "phone_vfr_1080p.mp4"
LOWER = 480

MakeSet = Callable[..., Made]


@pytest.fixture(params=CLIPS)
def clip(request: pytest.FixtureRequest, media: Path) -> Path:
    return media / str(request.param)


@pytest.fixture
def made(clip: Path, made_of: MakeSet) -> Made:
    return made_of(clip, tallest_for(clip))


def tallest_for(clip: Path) -> int:
    return TALLEST_BY_DEFAULT if clip.name == CLIMBED else LOWER


def test_a_film_keeps_its_shape_and_length(clip: Path, made: Made) -> None:
    size, seconds, renditions = CLIPS[clip.name]

    planned, asked = plan_for(made.probe), plan_for(made.probe, tallest_for(clip))

    assert (planned.rungs[0].width, planned.rungs[0].height) == size
    assert len(planned.rungs) == renditions
    made_sizes = [(rendition.width, rendition.height) for rendition in made.result.renditions]
    assert made_sizes == [(rung.width, rung.height) for rung in asked.rungs]
    assert (made.result.width, made.result.height) == made_sizes[0]
    assert made.result.duration_seconds == pytest.approx(seconds, abs=0.1)


def test_every_rendition_plays_as_a_whole_and_shows_something(made: Made) -> None:
    played = [play_picture(made.folder, rendition.playlist) for rendition in made.result.renditions]

    assert [p.sizes for p in played] == [{(r.width, r.height)} for r in made.result.renditions]
    for picture in played:
        assert picture.times[0] == 0
        assert picture.seconds == pytest.approx(made.result.duration_seconds, abs=0.002)
        assert max(picture.lightness) > 25


def test_all_renditions_can_be_switched_at_every_segment(made: Made) -> None:
    lists = [m3u8.load(str(made.folder / rendition.playlist)) for rendition in made.result.renditions]
    played = [play_picture(made.folder, rendition.playlist) for rendition in made.result.renditions]

    durations = [[segment.duration for segment in listed.segments] for listed in lists]
    assert all(each == durations[0] for each in durations)
    begins = [sum(durations[0][:count]) for count in range(len(durations[0]))]
    for picture in played:
        assert picture.key_times == played[0].key_times
        for begin in begins:
            assert any(abs(time - begin) < 0.001 for time in picture.key_times)


def test_every_sound_track_begins_and_ends_with_the_picture(made: Made) -> None:
    for track in made.result.audio:
        sound = play_sound(made.folder, track.playlist)

        assert sound.channels == track.channels
        assert sound.start_seconds == pytest.approx(0, abs=0.04)
        assert sound.seconds == pytest.approx(made.result.duration_seconds, abs=0.06)


def test_the_folder_holds_what_the_manifests_name_and_nothing_else(made: Made) -> None:
    named = {made.result.master_playlist, made.result.manifest, made.result.poster, made.result.storyboard}
    master = m3u8.load(str(made.folder / "master.m3u8"))
    lists = {p.uri for p in master.playlists} | {track.uri for track in master.media}
    for name in lists:
        listed = m3u8.load(str(made.folder / name))
        named |= {segment.uri for segment in listed.segments}
        named |= {part.uri for part in listed.segment_map}
    storyboard = (made.folder / made.result.storyboard).read_text()
    named |= {line.split("#")[0] for line in storyboard.splitlines() if "#xywh=" in line}

    found = {file.name for file in made.folder.iterdir()}

    assert found == named | lists
    assert all((made.folder / name).stat().st_size for name in found)


def test_progress_only_grows_and_ends_at_one(made: Made) -> None:
    fractions = [progress.fraction for progress in made.reports]

    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
