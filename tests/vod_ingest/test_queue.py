"""Films of many owners take turns, and the urgent ones come first."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from people import People, Person
from showsondemand.vod_ingest.attempts import Attempt, Failure, give_up
from showsondemand.wiring import Wiring
from vod_ingest.ingested import begun, change, in_the_app, new_job, take_next


@pytest.fixture
def one(people: People) -> Person:
    return people.editor()


@pytest.fixture
def other(people: People) -> Person:
    return people.editor()


def order_of_service(client: TestClient, wiring: Wiring) -> list[UUID]:
    """Serves the whole queue, one job after the other."""
    served: list[UUID] = []
    while job_id := in_the_app(client, take_next, wiring):
        in_the_app(client, begun, wiring, job_id)
        in_the_app(client, change, wiring, job_id, lambda job: job.fail(code="x", detail="x"))
        served.append(job_id)
    return served


def prioritize(client: TestClient, job_id: UUID, who: Person, priority: str) -> int:
    return client.post(
        f"/ingest/jobs/{job_id}/priority", json={"priority": priority}, headers=who.headers
    ).status_code


def test_one_film_does_not_wait_for_the_many_of_another(
    client: TestClient, wiring: Wiring, one: Person, other: Person
) -> None:
    many = [in_the_app(client, new_job, wiring, one.id) for _ in range(4)]
    single = in_the_app(client, new_job, wiring, other.id)

    served = order_of_service(client, wiring)

    assert served == [many[0], single, *many[1:]]


def test_the_many_are_not_starved_by_one_film_after_the_other(
    client: TestClient, wiring: Wiring, one: Person, other: Person
) -> None:
    many = [in_the_app(client, new_job, wiring, one.id) for _ in range(3)]
    served = []
    for _ in range(6):
        in_the_app(client, new_job, wiring, other.id)
        job_id = in_the_app(client, take_next, wiring)
        assert job_id
        in_the_app(client, begun, wiring, job_id)
        in_the_app(client, change, wiring, job_id, lambda job: job.fail(code="x", detail="x"))
        served.append(job_id)

    assert [job_id for job_id in served if job_id in many] == many


def test_what_is_urgent_comes_first_and_what_is_not_comes_last(
    client: TestClient, wiring: Wiring, one: Person
) -> None:
    first, second, third = (in_the_app(client, new_job, wiring, one.id) for _ in range(3))

    statuses = [prioritize(client, third, one, "high"), prioritize(client, first, one, "low")]

    assert statuses == [202, 202]
    assert order_of_service(client, wiring) == [third, second, first]


def test_an_ended_job_has_no_priority(client: TestClient, wiring: Wiring, one: Person) -> None:
    job_id = in_the_app(client, new_job, wiring, one.id)
    in_the_app(client, change, wiring, job_id, lambda job: job.cancel())

    assert prioritize(client, job_id, one, "high") == 409
    assert prioritize(client, job_id, one, "urgent") == 422


def test_an_owners_third_film_waits_until_one_of_two_has_ended(
    client: TestClient, wiring: Wiring, one: Person, other: Person
) -> None:
    jobs = [in_the_app(client, new_job, wiring, one.id) for _ in range(4)]
    another = in_the_app(client, new_job, wiring, other.id)
    began = {job_id: in_the_app(client, begun, wiring, job_id) for job_id in [*jobs, another]}
    while in_the_app(client, take_next, wiring):
        pass

    client.post(f"/ingest/jobs/{jobs[0]}/cancel", headers=one.headers)
    released = in_the_app(client, take_next, wiring)

    assert [job_id for job_id, attempt in began.items() if attempt] == [jobs[0], jobs[1], another]
    assert released == jobs[2]
    assert in_the_app(client, begun, wiring, jobs[2])
    assert in_the_app(client, take_next, wiring) is None


@pytest.mark.parametrize("may_pass", [True, False])
def test_a_failed_attempt_makes_room_for_the_owners_next_film(
    client: TestClient, wiring: Wiring, one: Person, *, may_pass: bool
) -> None:
    jobs = [in_the_app(client, new_job, wiring, one.id) for _ in range(3)]
    attempts = [in_the_app(client, begun, wiring, job_id) for job_id in jobs]
    while in_the_app(client, take_next, wiring):
        pass
    assert attempts[0]

    in_the_app(client, _give_up, wiring, attempts[0], Failure("crashed", "It crashed.", may_pass=may_pass))

    assert in_the_app(client, take_next, wiring) == jobs[2]


def test_a_parked_film_that_is_made_urgent_is_the_next_of_its_owner(
    client: TestClient, wiring: Wiring, one: Person
) -> None:
    jobs = [in_the_app(client, new_job, wiring, one.id) for _ in range(4)]
    for job_id in jobs:
        in_the_app(client, begun, wiring, job_id)
    while in_the_app(client, take_next, wiring):
        pass

    prioritize(client, jobs[3], one, "high")
    client.post(f"/ingest/jobs/{jobs[0]}/cancel", headers=one.headers)

    assert in_the_app(client, take_next, wiring) == jobs[3]


def test_a_job_whose_worker_died_keeps_its_room(client: TestClient, wiring: Wiring, one: Person) -> None:
    jobs = [in_the_app(client, new_job, wiring, one.id) for _ in range(2)]
    for job_id in jobs:
        in_the_app(client, begun, wiring, job_id)

    again = in_the_app(client, begun, wiring, jobs[0])

    assert again
    assert again.number == 2


async def _give_up(wiring: Wiring, attempt: Attempt, failure: Failure) -> None:
    async with wiring.database.transaction() as session:
        await give_up(session, attempt, failure)
