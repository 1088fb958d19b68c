"""A stream elsewhere is fetched whole to be looked at, with patience and within bounds."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.requests import Request

from edge import Edge
from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse
from showsondemand.adapters.delivery.cloudfront import CloudFront
from showsondemand.adapters.fetcher.port import ByteRange, Fetched, Fetcher, FetchFault
from showsondemand.adapters.storage.local import LocalStorage
from showsondemand.admin.analyses.film_files import KeptSource
from showsondemand.admin.analyses.patient_fetcher import PatientFetcher
from showsondemand.admin.analyses.streamed_film_files import StreamedFilmFiles
from showsondemand.admin.stream_tests.delivered_streams import DeliveredStreams
from showsondemand.wiring import Wiring
from stream_scenes import BASE, Folder

MASTER = f"{BASE}film.m3u8"


class Troubled:
    """A ``Fetcher`` whose server is in trouble for the first so many requests."""

    def __init__(self, fetcher: Fetcher, times: int) -> None:
        self._fetcher, self._times = fetcher, times

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:
        self._times -= 1
        if self._times >= 0:
            return Fetched(url, 503, {}, b"", 0.0)
        return await self._fetcher.fetch(url, most_bytes=most_bytes, wanted=wanted)


async def test_a_server_in_trouble_is_asked_again(elsewhere: Path, wiring: Wiring, tmp_path: Path) -> None:
    into = tmp_path / "fetched"
    into.mkdir()
    kept = KeptSource(LocalStorage(tmp_path), wiring.transcoder, "")
    patient = PatientFetcher(Troubled(Folder(elsewhere), 2), pauses_seconds=(0.0, 0.0))
    files = StreamedFilmFiles(patient, wiring.transcoder, kept, MASTER, into)

    master = await files.master_playlist()

    assert master.read_text(encoding="utf-8").count("track-") == 2 + 1  # two renditions, and the sound of one
    assert await files.source() is None


async def test_a_server_that_is_down_is_asked_another_time(elsewhere: Path) -> None:
    down = PatientFetcher(Folder(elsewhere, fails={"film.m3u8": FetchFault.UNREACHABLE}), (0.0,))
    silent = PatientFetcher(Troubled(Folder(elsewhere), 9), (0.0,))

    for fetcher in (down, silent):
        with pytest.raises(AnalyserAway):
            await fetcher.fetch(MASTER, most_bytes=1_000)


async def test_more_than_is_made_of_the_largest_film_is_not_fetched(
    elsewhere: Path, wiring: Wiring, tmp_path: Path
) -> None:
    into = tmp_path / "fetched"
    into.mkdir()
    kept = KeptSource(LocalStorage(tmp_path), wiring.transcoder, "")
    files = StreamedFilmFiles(Folder(elsewhere), wiring.transcoder, kept, MASTER, into, most_bytes=100_000)

    with pytest.raises(CannotAnalyse):
        await files.master_playlist()

    assert sum(path.stat().st_size for path in into.iterdir()) <= 100_000


class AtEdge:
    """A ``Fetcher`` that asks an edge of CloudFront's, which knows no cookies of ours."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge

    async def fetch(self, url: str, *, most_bytes: int, wanted: ByteRange | None = None) -> Fetched:  # noqa: ARG002
        parts = urlsplit(url)
        scope = {"type": "http", "method": "GET", "headers": [], "query_string": parts.query.encode()}
        request = Request(scope | {"path": unquote(parts.path), "raw_path": parts.path.encode()})
        answer = self._edge.answer(request)
        return Fetched(
            url, answer.status_code, {"content-type": "application/x-mpegurl"}, bytes(answer.body), 0
        )


async def test_our_own_network_lets_us_in_by_a_pass_in_each_address(elsewhere: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    network = CloudFront("https://cdn.example.org", None, None, "K2JCJMDEHXQW5F", key)
    edge = Edge(
        network.base_url,
        {network.key_pair_id: key.public_key()},
        lambda path: (elsewhere / path.removeprefix("my films/a/")).read_bytes(),
        "https://shows.example.org",
    )
    fetcher = DeliveredStreams(network, AtEdge(edge))
    url = f"{network.base_url}/my%20films/a/film_270p0.ts"

    opened = await fetcher.fetch(url, most_bytes=1_000_000)
    without = await AtEdge(edge).fetch(url, most_bytes=1_000_000)
    moved = await AtEdge(edge).fetch(opened.url.replace("/a/", "/b/"), most_bytes=1_000_000)

    assert opened.body == (elsewhere / "film_270p0.ts").read_bytes()
    assert (without.status, moved.status) == (403, 403)
    told_to_others = await DeliveredStreams(network, Folder(elsewhere)).fetch(MASTER, most_bytes=1_000_000)
    assert told_to_others.url == MASTER  # a pass is shown to our network alone
