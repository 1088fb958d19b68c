"""What is written about a set for HLS and for DASH, with another library's opinion on the first."""

from pathlib import Path
from xml.etree import ElementTree as ET

import m3u8
import pytest

from adapters.transcoder.sets import a_set, a_stream
from showsondemand.adapters.transcoder.dash_manifest import manifest
from showsondemand.adapters.transcoder.hls_playlists import (
    master_playlist,
    media_playlist,
    subtitle_playlist_text,
)

MPD = "{urn:mpeg:dash:schema:mpd:2011}"


def test_a_media_playlist_lists_every_segment_with_its_length() -> None:
    listed = m3u8.loads(media_playlist(a_stream()))

    assert [(segment.uri, segment.duration) for segment in listed.segments] == [
        ("segment-0-00001.m4s", 4.0),
        ("segment-0-00002.m4s", 4.0),
        ("segment-0-00003.m4s", 2.0),
    ]
    assert listed.segment_map[0].uri == "init-0.mp4"
    assert listed.target_duration == 4


def test_a_media_playlist_says_that_the_film_is_over_and_every_segment_stands_alone() -> None:
    listed = m3u8.loads(media_playlist(a_stream()))

    assert listed.is_endlist
    assert listed.playlist_type == "vod"
    assert listed.is_independent_segments


def test_the_target_is_the_longest_segment_in_whole_seconds() -> None:
    listed = m3u8.loads(media_playlist(a_stream(seconds=(4.0, 4.6, 0.2))))

    assert listed.target_duration == 5


def test_bandwidths_are_those_of_the_heaviest_second_and_of_the_whole() -> None:
    master = m3u8.loads(master_playlist(a_set()))

    stereo = master.playlists[0].stream_info
    assert stereo.bandwidth == 3000 * 8 // 4 + 120 * 8 // 4
    assert stereo.average_bandwidth == 4500 * 8 // 10 + 280 * 8 // 10


def test_each_rendition_is_offered_with_every_kind_of_sound() -> None:
    master = m3u8.loads(master_playlist(a_set()))

    offered = [(p.stream_info.resolution, p.stream_info.audio, p.uri) for p in master.playlists]

    assert offered == [
        ((640, 360), "stereo", "video-0.m3u8"),
        ((426, 240), "stereo", "video-1.m3u8"),
        ((640, 360), "surround", "video-0.m3u8"),
        ((426, 240), "surround", "video-1.m3u8"),
    ]
    assert {p.stream_info.frame_rate for p in master.playlists} == {23.976}
    assert {p.stream_info.codecs for p in master.playlists} == {"avc1.64001f,mp4a.40.2"}


def test_a_language_without_wide_sound_is_offered_in_stereo_beside_it() -> None:
    master = m3u8.loads(master_playlist(a_set()))

    sounds = [(m.group_id, m.language, m.channels, m.uri) for m in master.media if m.type == "AUDIO"]

    assert sounds == [
        ("stereo", "en", "2", "audio-0.m3u8"),
        ("stereo", "fr", "2", "audio-1.m3u8"),
        ("surround", "en", "6", "audio-2.m3u8"),
        ("surround", "fr", "2", "audio-1.m3u8"),
    ]


def test_exactly_one_sound_of_a_group_is_the_default() -> None:
    master = m3u8.loads(master_playlist(a_set()))

    defaults = [m.group_id for m in master.media if m.type == "AUDIO" and m.default == "YES"]

    assert defaults == ["stereo", "surround"]


def test_text_tracks_are_named_with_their_language() -> None:
    master = m3u8.loads(master_playlist(a_set()))

    texts = [(m.language, m.name, m.forced, m.uri) for m in master.media if m.type == "SUBTITLES"]

    assert texts == [("ar", "العربية", "YES", "subtitles-0.m3u8")]
    assert {p.stream_info.subtitles for p in master.playlists} == {"subtitles"}


def test_a_text_track_is_one_segment_as_long_as_the_film() -> None:
    listed = m3u8.loads(subtitle_playlist_text(a_set().subtitles[0], 10.2))

    assert [(segment.uri, segment.duration) for segment in listed.segments] == [("subtitles-0.vtt", 10.2)]
    assert listed.target_duration == 11
    assert listed.is_endlist


def test_no_manifest_knows_where_it_stands() -> None:
    cmaf = a_set()

    texts = [master_playlist(cmaf), manifest(cmaf), *(media_playlist(s) for _, s in cmaf.media_playlists())]

    for text in texts:
        uris = [line for line in text.splitlines() if line and not line.startswith(("#", " ", "<"))]
        assert not any(Path(uri).is_absolute() or "://" in uri for uri in uris)


def test_the_mpd_gives_pictures_one_timeline_and_their_own_bandwidths() -> None:
    root = ET.fromstring(manifest(a_set()))

    video = root.find(f".//{MPD}AdaptationSet[@contentType='video']")
    assert video is not None
    steps = [dict(step.attrib) for step in video.iter(f"{MPD}S")]
    shown = [
        (r.get("id"), r.get("bandwidth"), r.get("frameRate")) for r in video.iter(f"{MPD}Representation")
    ]

    assert steps == [{"t": "0", "d": "4000", "r": "1"}, {"d": "2000"}]
    assert shown == [("0", "6000", "24000/1001"), ("1", "6000", "24000/1001")]


def test_the_mpd_offers_sound_and_text_by_language() -> None:
    root = ET.fromstring(manifest(a_set()))

    sets = [
        (s.get("contentType"), s.get("lang"), s.find(f"{MPD}Role")) for s in root.iter(f"{MPD}AdaptationSet")
    ]
    offered = [(kind, language, role.get("value")) for kind, language, role in sets if role is not None]
    channels = [c.get("value") for c in root.iter(f"{MPD}AudioChannelConfiguration")]

    assert offered == [
        ("audio", "en", "main"),
        ("audio", "fr", "alternate"),
        ("audio", "en", "main"),
        ("text", "ar", "forced-subtitle"),
    ]
    assert channels == ["2", "2", "6"]


def test_the_mpd_is_over_and_as_long_as_the_film() -> None:
    root = ET.fromstring(manifest(a_set()))

    assert root.get("type") == "static"
    assert root.get("mediaPresentationDuration") == "PT10.000000S"


@pytest.mark.parametrize(
    ("seconds", "sizes", "peak"),
    [
        ((4, 4, 2), (1000, 3000, 500), 6000),
        # The last piece is shorter than half a target: its own rate says nothing, with its neighbour it counts.
        ((4, 4, 0.04), (1000, 1000, 500), round(1500 * 8 / 4.04)),
        ((0.5,), (1000,), 16000),
    ],
)
def test_the_peak_is_the_heaviest_run_of_about_one_target(
    seconds: tuple[float, ...], sizes: tuple[int, ...], peak: int
) -> None:
    assert a_stream(seconds=seconds, sizes=sizes).peak_bits == peak
