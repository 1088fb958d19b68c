"""A film sent in parts becomes one job, whatever happens on the way."""

import hashlib
import secrets
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.vod_ingest import queries
from showsondemand.vod_ingest.models import IngestJob
from showsondemand.wiring import Wiring
from vod_ingest.sender import PART_BYTES, Sender, etag_of


@pytest.fixture
def long_film(film: Path) -> bytes:
    """A film of three parts: what follows the last box of an MP4 is nobody's business."""
    free = 2 * PART_BYTES
    return film.read_bytes() + (free + 8).to_bytes(4, "big") + b"free" + secrets.token_bytes(free)


@pytest.fixture
def sender(client: TestClient, people: People, long_film: bytes) -> Sender:
    return Sender(client, people.editor().headers, long_film)


def test_parts_in_any_order_become_a_job_that_knows_the_whole(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    sender.begin(title="A film")
    for number in reversed(sender.numbers):
        assert sender.send(number).headers["ETag"] == f'"{etag_of(sender.part(number))}"'

    answer = sender.complete()

    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/ingest/jobs/{answer.json()['id']}"
    assert client.portal
    job = client.portal.call(_job, wiring, answer.json()["id"])
    assert (job.source_sha256, job.title) == (hashlib.sha256(sender.content).hexdigest(), "A film")
    stored = wiring.storage.local_path(job.source_key)
    assert stored
    assert stored.read_bytes() == sender.content


def test_an_upload_says_where_it_is_and_how_to_cut_the_film(sender: Sender) -> None:
    answer = sender.begin()

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/ingest/uploads/{answer.json()['uploadId']}"
    assert answer.json()["partSize"] == PART_BYTES


def test_what_has_arrived_is_told_to_whoever_goes_on_with_it(client: TestClient, sender: Sender) -> None:
    sender.begin()
    sender.send(2)

    found = sender.read()
    listed = client.get("/ingest/uploads", headers=sender.headers).json()

    assert found["parts"] == [{"partNumber": 2, "size": PART_BYTES, "etag": etag_of(sender.part(2))}]
    assert (found["filename"], found["size"], found["state"]) == (
        "My film.mp4",
        len(sender.content),
        "receiving",
    )
    assert [each["uploadId"] for each in listed["items"]] == [sender.id]


def test_what_was_said_of_complete_uploads_is_listed_by_itself(client: TestClient, sender: Sender) -> None:
    sender.begin(title="A film")
    sender.send_all()
    job_id = sender.complete().json()["id"]

    unfinished = client.get("/ingest/uploads", headers=sender.headers).json()["items"]
    (listed,) = client.get("/ingest/uploads?state=completed", headers=sender.headers).json()["items"]

    assert unfinished == []
    assert (listed["uploadId"], listed["jobId"], listed["title"]) == (sender.id, job_id, "A film")


def test_an_upload_goes_on_after_the_server_was_started_anew(
    wiring: Wiring, client: TestClient, sender: Sender
) -> None:
    sender.begin()
    sender.send(1)
    sender.send(3)
    address = sender.address(2)

    anew = build_wiring(wiring.settings, wiring.database.url)
    with TestClient(create_app(anew), base_url=str(client.base_url)) as another:
        arrived = another.put(address, content=sender.part(2))
        sender.client = another
        completed = sender.complete()

    assert (arrived.status_code, completed.status_code) == (200, 202)


def test_completing_many_times_at_once_makes_one_job(sender: Sender) -> None:
    sender.begin()
    sender.send_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: sender.complete(), range(8)))
    later = sender.complete()

    assert {answer.status_code for answer in [*answers, later]} == {202}
    assert len({answer.json()["id"] for answer in [*answers, later]}) == 1
    assert (sender.read()["state"], sender.read()["jobId"]) == ("completed", later.json()["id"])


def test_the_same_part_sent_many_times_at_once_arrives_once(sender: Sender) -> None:
    sender.begin()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sender.send(1), range(4)))

    assert {answer.status_code for answer in answers} == {200}
    assert [part["partNumber"] for part in sender.read()["parts"]] == [1]


def test_different_parts_of_one_number_at_once_leave_one_of_them_whole(sender: Sender) -> None:
    contents = [secrets.token_bytes(PART_BYTES) for _ in range(4)]
    sender.begin()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda content: sender.send(1, content), contents))

    arrived = sender.read()["parts"]
    assert len(arrived) == 1
    assert arrived[0]["etag"] in {etag_of(content) for content in contents}


def test_a_part_that_comes_again_takes_the_place_of_the_first(sender: Sender) -> None:
    sender.begin()
    sender.send(1, secrets.token_bytes(PART_BYTES))

    sender.send_all()

    assert sender.complete().status_code == 202


def test_a_missing_part_is_named(sender: Sender) -> None:
    sender.begin()
    sender.send(1)
    sender.send(3)

    answer = sender.complete()

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/upload-incomplete"
    assert [fault["detail"] for fault in answer.json()["errors"]] == ["Part 2 has not arrived."]


def test_a_part_with_another_etag_is_named_and_can_be_sent_again(sender: Sender) -> None:
    sender.begin()
    sender.send_all()
    sender.send(2, secrets.token_bytes(PART_BYTES))

    refused = sender.complete()
    sender.send(2)
    mended = sender.complete()

    assert [fault["detail"] for fault in refused.json()["errors"]] == ["Part 2 has another ETag."]
    assert mended.status_code == 202


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ([1, 2], "Part 3 is not named."),
        ([1, 2, 3, 1], "Part 1 is named twice."),
        ([1, 2, 3, 4], "There is no part 4."),
    ],
)
def test_completing_names_every_part_once(sender: Sender, numbers: list[int], fault: str) -> None:
    sender.begin()
    sender.send_all()

    answer = sender.complete(
        [{"partNumber": number, "etag": etag_of(sender.part(number))} for number in numbers]
    )

    assert answer.status_code == 409
    assert [each["detail"] for each in answer.json()["errors"]] == [fault]


@pytest.mark.parametrize("bytes_off", [-1, 1])
def test_a_part_of_another_size_is_not_kept(sender: Sender, bytes_off: int) -> None:
    sender.begin()

    answer = sender.send(1, bytes(PART_BYTES + bytes_off))

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/part-size-wrong"
    assert sender.read()["parts"] == []


def test_a_part_that_does_not_say_its_size_is_counted(client: TestClient, sender: Sender) -> None:
    sender.begin()

    too_long = client.put(sender.address(1), content=iter([bytes(PART_BYTES), b"more"]))
    too_short = client.put(sender.address(1), content=iter([bytes(PART_BYTES - 1)]))

    assert (too_long.status_code, too_short.status_code) == (422, 422)
    assert sender.read()["parts"] == []


def test_what_is_no_film_ends_the_upload_with_the_reason(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    sender = Sender(client, people.editor().headers, b"#EXTM3U\n" + b"# no film at all\n" * 100)
    sender.begin()
    sender.send_all()

    answers = [sender.complete(), sender.complete()]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert {answer.json()["type"] for answer in answers} == {"/problems/not-a-film"}
    assert sender.read()["state"] == "refused"
    assert _files_below(wiring) == []


def test_a_dropped_upload_leaves_nothing_behind(client: TestClient, sender: Sender, wiring: Wiring) -> None:
    sender.begin()
    address = sender.address(2)
    sender.send(1)

    dropped = client.delete(f"/ingest/uploads/{sender.id}", headers=sender.headers)

    assert dropped.status_code == 204
    assert sender.complete().status_code == 404
    assert client.put(address, content=sender.part(2)).status_code == 404
    assert _files_below(wiring) == []


def test_dropping_a_completed_upload_leaves_the_film_to_its_job(
    client: TestClient, sender: Sender, wiring: Wiring
) -> None:
    sender.begin()
    sender.send_all()
    sender.complete()

    answer = client.delete(f"/ingest/uploads/{sender.id}", headers=sender.headers)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/upload-ended"
    assert [path.name for path in _files_below(wiring)] == ["film"]


def _files_below(wiring: Wiring) -> list[Path]:
    return [path for path in (wiring.settings.data_folder / "media").rglob("*") if path.is_file()]


async def _job(wiring: Wiring, job_id: str) -> IngestJob:
    async with wiring.database.transaction() as session:
        return await queries.job(session, UUID(job_id))
