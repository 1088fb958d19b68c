"""The stream tester names what is wrong with a stream, and finds nothing wrong with ours."""

import asyncio
import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.adapters.fetcher.port import FetchFault
from showsondemand.admin.stream_tests.checking import check_stream
from showsondemand.admin.stream_tests.faults import FaultCode, Severity
from stream_scenes import BASE, Folder, check, codes, segments


def rewritten(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


@pytest.mark.parametrize("name", ["master.m3u8", "manifest.mpd", "video-0.m3u8"])
async def test_nothing_is_wrong_with_what_we_make(sound_stream: Path, name: str) -> None:
    result = await check(sound_stream, name)

    worse = [fault for fault in result.faults if fault.severity is not Severity.NOTE]
    assert worse == []
    assert result.passed
    assert all(each.fetched for each in result.tracks)


async def test_the_report_tells_what_there_is(sound_stream: Path) -> None:
    result = await check(sound_stream)

    renditions = [each.track for each in result.tracks if each.track.is_rendition]
    assert result.kind == "hls"
    assert sorted(track.height or 0 for track in renditions) == [240, 360]
    assert all(track.seconds == pytest.approx(12, abs=0.1) for track in renditions)
    assert [each.track.kind.value for each in result.tracks].count("captions") == 1
    assert all(
        0 < each.peak_bits < (each.track.peak_bits or 0) for each in result.tracks if each.track.is_rendition
    )


async def test_a_missing_segment_is_named(stream: Path) -> None:
    segment = segments(stream, 0)[-1]
    segment.unlink()

    result = await check(stream)

    assert codes(result) == {"missing"}
    assert result.faults[0].place.endswith("segment 3")
    assert "404" in result.faults[0].detail


@pytest.mark.parametrize("name", ["master.m3u8", "manifest.mpd"])
async def test_wrong_codecs_are_named(stream: Path, name: str) -> None:
    rewritten(stream / name, lambda text: re.sub(r"avc1\.[0-9a-f]{6}", "avc1.64001f", text))

    result = await check(stream, name)

    assert codes(result) == {"codecs_differ"}
    assert "avc1.64001f" in result.faults[0].detail


@pytest.mark.parametrize("name", ["master.m3u8", "manifest.mpd"])
async def test_a_rendition_that_is_shifted_is_named(stream: Path, name: str) -> None:
    for segment in segments(stream, 1):
        data = bytearray(segment.read_bytes())
        at = data.index(b"tfdt") + 4
        form = ">Q" if data[at] == 1 else ">I"
        time = struct.unpack_from(form, data, at + 4)[0]
        struct.pack_into(form, data, at + 4, time + 12_800)
        segment.write_bytes(data)

    result = await check(stream, name)

    assert codes(result) == {"rendition_shifted"}


async def test_a_gap_in_a_rendition_is_named(stream: Path) -> None:
    lines = (stream / "video-1.m3u8").read_text(encoding="utf-8").splitlines()
    second = next(number for number, line in enumerate(lines) if line.endswith("-00002.m4s"))
    (stream / "video-1.m3u8").write_text(
        "\n".join(lines[: second - 1] + lines[second + 1 :]), encoding="utf-8"
    )

    result = await check(stream)

    assert codes(result) == {"gap"}
    assert codes(result, Severity.WARNING) == {"durations_differ", "not_aligned"}


async def test_a_gap_in_a_timeline_is_named(stream: Path) -> None:
    rewritten(
        stream / "manifest.mpd",
        lambda text: re.sub(
            r'<S (t="0" )?d="(\d+)"( r="\d+")?', r'<S t="0" d="\2"/><S t="999999" d="\2"', text, count=1
        ),
    )

    result = await check(stream, "manifest.mpd")

    assert "gap" in codes(result)


@pytest.mark.parametrize(
    "body", ["<!doctype html><html><body>Not found</body></html>", "", "{}", "\x00\x01\x02"]
)
async def test_a_page_instead_of_a_playlist_is_named(stream: Path, body: str) -> None:
    (stream / "master.m3u8").write_text(body, encoding="utf-8")

    result = await check(stream)

    assert codes(result) == {"not_a_stream"}
    assert result.kind is None


async def test_a_page_instead_of_one_rendition_is_named_with_its_place(stream: Path) -> None:
    (stream / "video-1.m3u8").write_text("<html></html>", encoding="utf-8")

    result = await check(stream)

    assert codes(result) == {"not_a_stream"}
    assert result.faults[0].place.startswith("rendition 2")


XXE = '<?xml version="1.0"?><!DOCTYPE MPD [<!ENTITY x SYSTEM "file:///etc/passwd">]><MPD>&x;</MPD>'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE MPD [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><MPD>&i;</MPD>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("attack", [XXE, BOMB], ids=["external entity", "entity bomb"])
async def test_a_manifest_with_entities_is_refused_unread(stream: Path, attack: str, encoding: str) -> None:
    (stream / "manifest.mpd").write_bytes(
        attack.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    )

    result = await check(stream, "manifest.mpd")

    assert codes(result) == {"manifest_has_dtd"}
    assert not any("root:" in fault.detail for fault in result.faults)


async def test_of_a_fault_without_end_the_first_are_named_and_the_rest_counted(stream: Path) -> None:
    rewritten(
        stream / "video-0.m3u8",
        lambda text: text.replace(
            "#EXT-X-ENDLIST", "#EXT-X-GAP\n#EXTINF:4,\nno.m4s\n" * 70 + "#EXT-X-ENDLIST"
        ),
    )

    result = await check(stream)

    kept = sum(fault.code == "gap" for fault in result.faults)
    assert (kept, result.left_out[FaultCode.GAP]) == (50, 20)


async def test_a_playlist_of_two_hundred_thousand_lines_is_refused(stream: Path) -> None:
    lines = "#EXTINF:4,\nsegment-0-00001.m4s\n" * 100_000
    (stream / "video-0.m3u8").write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n{lines}", encoding="utf-8")

    result = await check(stream)

    assert "playlist_too_long" in codes(result)


@pytest.mark.parametrize("fault", FetchFault)
async def test_what_the_network_does_is_named(stream: Path, fault: FetchFault) -> None:
    fetcher = Folder(stream, fails={"video-1.m3u8": fault})

    result = await check_stream(fetcher, f"{BASE}master.m3u8")

    assert codes(result) == {fault.value}
    assert result.faults[0].detail == "as the scene asks"


async def test_missing_access_for_other_sites_and_wrong_types_are_warnings(stream: Path) -> None:
    (stream / "master.m3u8").rename(stream / "master.txt")

    result = await check_stream(Folder(stream, cors=False), f"{BASE}master.txt")

    assert result.passed
    assert codes(result, Severity.WARNING) == {"no_cors", "content_type"}


async def test_a_bandwidth_that_is_too_low_is_a_warning(stream: Path) -> None:
    rewritten(stream / "master.m3u8", lambda text: re.sub(r":BANDWIDTH=\d+", ":BANDWIDTH=1000", text))

    result = await check(stream)

    assert codes(result, Severity.WARNING) == {"bandwidth_exceeded"}


async def test_a_segment_longer_than_the_target_is_named(stream: Path) -> None:
    rewritten(stream / "video-0.m3u8", lambda text: re.sub(r"TARGETDURATION:\d+", "TARGETDURATION:2", text))

    assert codes(await check(stream)) == {"target_duration_exceeded"}


async def test_a_missing_header_is_named(stream: Path) -> None:
    rewritten(stream / "video-0.m3u8", lambda text: re.sub(r"#EXT-X-MAP.*\n", "", text))

    assert codes(await check(stream)) == {"no_map"}


async def test_captions_that_are_none_are_a_warning(stream: Path) -> None:
    (stream / "subtitles-0.vtt").write_text("<html></html>", encoding="utf-8")

    assert codes(await check(stream), Severity.WARNING) == {"captions_broken"}


@pytest.mark.parametrize("damage", ["cut", "noise", "empty", "no fragment"])
async def test_a_damaged_segment_is_named_and_breaks_nothing(stream: Path, damage: str) -> None:
    segment = segments(stream, 0)[0]
    data = segment.read_bytes()
    damaged = {
        "cut": data[:40],
        "noise": b"\xff" * 500,
        "empty": b"",
        "no fragment": data.replace(b"moof", b"free"),
    }
    segment.write_bytes(damaged[damage])

    result = await check(stream)

    assert "not_a_segment" in codes(result)


async def test_a_slow_server_is_named() -> None:
    async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(never, "127.0.0.1", 0)
    fetcher = GuardedFetcher(allow_private=True, fetch_seconds=0.3)
    port = server.sockets[0].getsockname()[1]

    async with server:
        result = await check_stream(fetcher, f"http://127.0.0.1:{port}/master.m3u8")
        await asyncio.sleep(0.05)  # the server's side hears that we have gone

    assert codes(result) == {"too_slow"}
