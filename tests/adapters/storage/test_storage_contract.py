"""What a caller may rely on, on a disk and in a bucket alike."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from s3_fixtures import REGION, S3Server
from showsondemand.adapters.storage.local import LocalStorage
from showsondemand.adapters.storage.port import Arrival, NoSuchPassage, Part, PartsDiffer, Storage
from showsondemand.adapters.storage.s3 import S3Storage
from showsondemand.adapters.storage.s3_bucket import S3Place

PART_BYTES = 5 * 1024 * 1024  # the least that S3 takes, the last part aside
SOON = timedelta(minutes=5)


@pytest.fixture(params=["local", "s3"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    if request.param == "local":
        made: Storage = LocalStorage(tmp_path / "storage")
    else:
        server: S3Server = request.getfixturevalue("s3_server")
        request.getfixturevalue("s3_credentials")
        made = S3Storage(S3Place(server.new_bucket(), "some/prefix/", server.url, REGION))
    yield made
    await made.close()


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft"
    path.write_bytes(b"a film")
    return path


async def content(storage: Storage, key: str, tmp_path: Path) -> bytes:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return (await storage.local_copy(key, scratch)).read_bytes()


async def send(storage: Storage, arrival: Arrival, number: int, data: bytes) -> None:
    """Sends a part the way the address says, or through us where there is none."""
    address = await storage.parts.address(arrival, number, len(data), SOON)
    if address is None:
        await storage.parts.write(arrival, number, len(data), one_chunk(data))
        return
    async with httpx.AsyncClient() as client:
        answer = await client.put(address.url, content=data, headers=dict(address.headers))
        assert answer.status_code == 200, answer.text


async def one_chunk(data: bytes) -> AsyncIterator[bytes]:
    yield data


async def test_a_file_moves_in_and_comes_out_as_it_was(storage: Storage, draft: Path, tmp_path: Path) -> None:
    await storage.adopt_file(draft, "sources/one/film")

    assert await content(storage, "sources/one/film", tmp_path) == b"a film"
    assert await storage.size_bytes("sources/one/film") == 6


async def test_a_file_takes_the_place_of_another(storage: Storage, tmp_path: Path) -> None:
    for data in (b"first", b"second"):
        (tmp_path / "draft").write_bytes(data)
        await storage.adopt_file(tmp_path / "draft", "film")

    assert await content(storage, "film", tmp_path) == b"second"


async def test_a_large_file_comes_out_as_it_was(storage: Storage, tmp_path: Path) -> None:
    data = hashlib.sha256(b"seed").digest() * (40 * 1024 * 1024 // 32)
    (tmp_path / "draft").write_bytes(data)

    await storage.adopt_file(tmp_path / "draft", "film")

    assert await content(storage, "film", tmp_path) == data


async def test_a_folder_takes_the_place_of_another(storage: Storage, tmp_path: Path) -> None:
    for names in (("old.m3u8", "same.mp4"), ("new.m3u8", "same.mp4")):
        folder = tmp_path / "set"
        folder.mkdir()
        for name in names:
            (folder / name).write_bytes(name.encode())
        await storage.adopt_folder(folder, "videos/one/1")

    assert await storage.keys("videos/one/1") == ["videos/one/1/new.m3u8", "videos/one/1/same.mp4"]
    assert await content(storage, "videos/one/1/new.m3u8", tmp_path) == b"new.m3u8"


async def test_keys_are_the_names_right_below(storage: Storage, tmp_path: Path) -> None:
    for key in ("sources/a/film", "sources/b/film", "sources/bc/film", "other/d"):
        (tmp_path / "draft").write_bytes(b"x")
        await storage.adopt_file(tmp_path / "draft", key)

    assert await storage.keys("sources") == ["sources/a", "sources/b", "sources/bc"]
    assert await storage.keys("sources/b") == ["sources/b/film"]
    assert await storage.keys("nothing") == []


async def test_what_is_removed_is_gone_and_its_neighbours_stay(storage: Storage, tmp_path: Path) -> None:
    for key in ("sources/b/film", "sources/bc/film", "sources/d"):
        (tmp_path / "draft").write_bytes(b"x")
        await storage.adopt_file(tmp_path / "draft", key)

    for key in ("sources/b", "sources/d", "sources/never-there"):
        await storage.remove(key)

    assert await storage.keys("sources") == ["sources/bc"]


async def test_what_is_not_there_is_said_so(storage: Storage, tmp_path: Path) -> None:
    assert await storage.size_bytes("nothing/here") is None
    assert storage.local_path("nothing/here") is None
    with pytest.raises(FileNotFoundError):
        await storage.local_copy("nothing/here", tmp_path)
    with pytest.raises(FileNotFoundError):
        await storage.passage("nothing/here")


@pytest.mark.parametrize("key", ["", "/etc/passwd", "a/../b", "a//b", ".trash", "a/.hidden", "a/\x00", "a b"])
async def test_what_is_no_key_is_refused(storage: Storage, draft: Path, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        await storage.adopt_file(draft, key)
    with pytest.raises(ValueError, match="key"):
        await storage.parts.begin(key)


async def test_a_passage_is_a_part_of_the_file(storage: Storage, draft: Path) -> None:
    await storage.adopt_file(draft, "film")

    whole = await storage.passage("film")
    middle = await storage.passage("film", 2, 3)
    rest = await storage.passage("film", 4, 1000)

    assert b"".join([chunk async for chunk in whole.chunks]) == b"a film"
    assert b"".join([chunk async for chunk in middle.chunks]) == b"fi"
    assert b"".join([chunk async for chunk in rest.chunks]) == b"lm"
    assert (middle.size_bytes, middle.first, middle.last) == (6, 2, 3)
    assert whole.etag == middle.etag == rest.etag


async def test_a_file_has_no_passage_behind_its_end(storage: Storage, draft: Path) -> None:
    await storage.adopt_file(draft, "film")

    with pytest.raises(NoSuchPassage) as beyond:
        await storage.passage("film", 6)

    assert beyond.value.size_bytes == 6


async def test_parts_in_any_order_become_the_whole(storage: Storage, tmp_path: Path) -> None:
    first, second = b"1" * PART_BYTES, b"2" * 100
    arrival = await storage.parts.begin("sources/one/film")

    await send(storage, arrival, 2, second)
    await send(storage, arrival, 1, first)
    parts = await storage.parts.arrived(arrival)
    sha256 = await storage.parts.join(arrival, parts)
    await storage.parts.drop(arrival)

    assert [(part.number, part.size_bytes) for part in parts] == [(1, PART_BYTES), (2, 100)]
    assert parts[1].etag == hashlib.md5(second, usedforsecurity=False).hexdigest()
    assert await content(storage, "sources/one/film", tmp_path) == first + second
    assert sha256 in (None, hashlib.sha256(first + second).hexdigest())
    assert await storage.parts.arrived(arrival) == []
    assert await storage.parts.under_way("sources") == []


async def test_nothing_is_seen_before_the_parts_are_joined(storage: Storage) -> None:
    arrival = await storage.parts.begin("sources/one/film")
    await send(storage, arrival, 1, b"all of it")

    assert await storage.size_bytes("sources/one/film") is None
    assert await storage.keys("sources") == []
    assert await storage.parts.under_way("sources") == [arrival]


async def test_a_part_that_comes_again_takes_the_place_of_the_first(storage: Storage, tmp_path: Path) -> None:
    arrival = await storage.parts.begin("film")

    await send(storage, arrival, 1, b"first")
    await send(storage, arrival, 1, b"second")
    arrived = await storage.parts.arrived(arrival)
    await storage.parts.join(arrival, [part for part in arrived if part.size_bytes == 6])

    assert await content(storage, "film", tmp_path) == b"second"


async def test_parts_that_have_not_arrived_cannot_be_joined(storage: Storage) -> None:
    arrival = await storage.parts.begin("film")
    await send(storage, arrival, 1, b"something")

    with pytest.raises(PartsDiffer):
        await storage.parts.join(arrival, [Part(1, 9, "0" * 32)])

    assert await storage.size_bytes("film") is None


async def test_what_is_dropped_takes_no_more_parts(storage: Storage) -> None:
    arrival = await storage.parts.begin("film")
    await send(storage, arrival, 1, b"something")

    await storage.parts.drop(arrival)
    await storage.parts.drop(arrival)

    assert await storage.parts.arrived(arrival) == []
    assert await storage.parts.under_way("film") == []
    with pytest.raises(PartsDiffer):
        await storage.parts.join(arrival, [Part(1, 9, "0" * 32)])


async def test_a_place_that_lets_us_write_passes_and_keeps_no_trace(storage: Storage) -> None:
    await storage.examine()
    await storage.examine()

    assert await storage.keys("examination") == []
