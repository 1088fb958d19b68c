"""Streams that somebody wrote to harm whoever looks at them: each is a report like any other, and holds nobody up."""

import asyncio
from pathlib import Path
from time import perf_counter

import pytest

from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.admin.stream_tests.checking import Result, check_stream
from stream_scenes import check, codes

MANIFEST = (
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" mediaPresentationDuration="{lasts}"><Period>'
    '<AdaptationSet mimeType="video/mp4"><SegmentTemplate timescale="{scale}" duration="1" '
    'startNumber="{first}" media="{media}" initialization="i.mp4"/>{tracks}</AdaptationSet></Period></MPD>'
)
TRACK = '<Representation id="1" bandwidth="1"/>'


def media_playlist(*lines: str) -> str:
    return "\n".join(["#EXTM3U", "#EXT-X-TARGETDURATION:6", *lines, "#EXT-X-ENDLIST", ""])


def manifest(**said: str) -> str:
    usual = {"lasts": "PT4S", "scale": "1", "first": "1", "media": "$Number$.m4s", "tracks": TRACK}
    return MANIFEST.format(**{**usual, **said})


@pytest.mark.parametrize(
    "text",
    [
        f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH={'9' * 5000},RESOLUTION=1x{'9' * 5000}\nmedia.m3u8\n",
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://[half/media.m3u8\n",
        media_playlist(f"#EXTINF:{'9' * 400},", "a.ts"),
        media_playlist(f"#EXTINF:0.{'0' * 322}1,", "a.ts"),
        media_playlist("#EXTINF:6,", f"#EXT-X-BYTERANGE:{'9' * 5000}@1", "a.ts"),
        media_playlist("#EXTINF:6,", "http://[half/a.ts"),
        media_playlist('#EXT-X-MAP:URI="http://[half/i.mp4"', "#EXTINF:6,", "a.ts"),
        manifest(lasts=f"PT{'9' * 400}S"),
        manifest(lasts="PT1.2.3S"),
        manifest(scale="9" * 400),
        manifest(first="9" * 5000),
        manifest(media="http://[half/$Number$.m4s"),
    ],
    ids=lambda text: text[:12] + "..." + text[-60:].replace("\n", " "),
)
async def test_numbers_and_addresses_that_nobody_can_use_are_faults_of_the_stream(
    tmp_path: Path, text: str
) -> None:
    result = await _checked(tmp_path, text)

    assert not result.passed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "#EXTM3U\n" + "".join(f"#EXT-X-STREAM-INF:A=1\n{n}.m3u8\n" for n in range(20_000)),
            "playlist_broken",
        ),
        (media_playlist(*(f"#EXTINF:6,\n#EXT-X-GAP\n{n}.ts" for n in range(16_000))), "gap"),
        (manifest(lasts="PT9999999H", tracks=TRACK * 10_000), "not_looked_into"),
    ],
    ids=["variants", "gaps", "representations"],
)
async def test_a_stream_of_tens_of_thousands_of_parts_holds_up_nobody_else(
    tmp_path: Path, text: str, code: str
) -> None:
    waits: list[float] = []

    async def somebody_else() -> None:
        while True:
            began = perf_counter()
            await asyncio.sleep(0.01)
            waits.append(perf_counter() - began)

    other = asyncio.create_task(somebody_else())
    result = await _checked(tmp_path, text)
    other.cancel()

    assert code in codes(result) | {fault.code.value for fault in result.faults}
    assert len(result.faults) < 300
    # Threads take turns, of 5 ms each; what ran on the loop itself would hold it for many seconds.
    assert max(waits) < 3


async def test_a_redirect_to_what_is_no_address_is_a_fault_of_the_stream() -> None:
    async def lead_astray(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: http://[half\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(lead_astray, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        result = await check_stream(
            GuardedFetcher(allow_private=True), f"http://127.0.0.1:{port}/master.m3u8"
        )

    assert codes(result) == {"address_refused"}


async def _checked(folder: Path, text: str) -> Result:
    name = "manifest.mpd" if text.startswith("<") else "master.m3u8"
    (folder / name).write_text(text, encoding="utf-8")
    return await check(folder, name)
