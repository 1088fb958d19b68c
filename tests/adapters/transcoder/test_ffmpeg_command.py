"""What is said to ffmpeg, where a mistake would not show in any picture."""

from pathlib import Path

from adapters.transcoder.sources import a_film, a_picture, a_sound
from showsondemand.adapters.transcoder.ffmpeg_command import transcode_command
from showsondemand.adapters.transcoder.filter_graph import filter_graph
from showsondemand.adapters.transcoder.plan import plan_for
from showsondemand.adapters.transcoder.port import SourceProbe, Transfer


def command(film: SourceProbe, source: str = "/films/one.mp4", cores: int = 4) -> list[str]:
    return transcode_command(Path("/bin/ffmpeg"), Path(source), plan_for(film), "veryfast", cores)


def after(words: list[str], option: str) -> str:
    return words[words.index(option) + 1]


def test_every_guard_stands_before_the_film_is_opened() -> None:
    words = command(a_film())

    guards = words[: words.index("-i")]
    assert after(guards, "-protocol_whitelist") == "file"
    assert "hls" not in after(guards, "-format_whitelist").split(",")
    assert "magicyuv" not in after(guards, "-codec_whitelist").split(",")
    assert after(guards, "-max_pixels") == "40000000"
    assert after(guards, "-t") == "21600"


def test_a_name_cannot_pass_for_a_protocol_or_an_option() -> None:
    assert after(command(a_film(), "/films/-i"), "-i") == "file:/films/-i"
    assert after(command(a_film(), "/films/concat:a|b"), "-i") == "file:/films/concat:a|b"


def test_the_film_is_opened_once() -> None:
    words = command(a_film(audio=(a_sound(channels=6),)))

    assert words.count("-i") == 1


def test_no_owners_name_or_place_goes_on_to_viewers() -> None:
    words = command(a_film())

    assert after(words, "-map_metadata") == "-1"
    assert after(words, "-map_chapters") == "-1"


def test_threads_are_bounded_on_large_machines() -> None:
    for option in ("-threads", "-threads:v"):
        assert after(command(a_film(), cores=2), option) == "2"
        assert after(command(a_film(), cores=128), option) == "16"


def test_light_is_mapped_once_for_all_renditions() -> None:
    graph = filter_graph(plan_for(a_film(a_picture(transfer=Transfer.PQ, wide_gamut=True))))

    assert graph.count("tonemap=tonemap=") == 1
    assert graph.count("[0:0]") == 1


def test_only_interlaced_films_are_deinterlaced() -> None:
    assert "bwdif" in filter_graph(plan_for(a_film(a_picture(interlaced=True))))
    assert "bwdif" not in filter_graph(plan_for(a_film()))


def test_colours_of_an_untagged_film_are_taken_as_players_take_them() -> None:
    small = a_picture(width=720, height=576, tagged_matrix=False)
    large = a_picture(tagged_matrix=False)

    assert "in_color_matrix=smpte170m" in filter_graph(plan_for(a_film(small)))
    assert "in_color_matrix=bt709" in filter_graph(plan_for(a_film(large)))


def test_a_film_without_sound_is_given_none() -> None:
    assert "-c:a" not in command(a_film())
