"""Jobs are found by their state and by the names that people know them by."""

from fastapi.testclient import TestClient

from people import People
from showsondemand.wiring import Wiring
from vod_ingest.ingested import change, in_the_app, new_job


def test_jobs_are_found_by_part_of_a_name_in_a_state(
    client: TestClient, wiring: Wiring, people: People
) -> None:
    reviewer = people.reviewer()
    names = ["Harbour_at_night.mp4", "100%.mp4", "harbour.mov", "Harbour again.mp4"]
    jobs = [in_the_app(client, new_job, wiring, None, name) for name in names]
    in_the_app(client, change, wiring, jobs[3], lambda job: job.fail(code="hung", detail="It hung."))

    def found(**wanted: str) -> list[str]:
        answer = client.get("/ingest/jobs", params=wanted, headers=reviewer.headers)
        return [job["sourceName"] for job in answer.json()["items"]]

    assert found(q="HARBOUR", state="queued") == [names[2], names[0]]
    assert found(q="at night") == [names[0]]  # by its title
    assert found(q="0%") == [names[1]]
    assert found(q="  ") == names[::-1]


def test_a_cursor_goes_with_its_search(client: TestClient, wiring: Wiring, people: People) -> None:
    reviewer = people.reviewer()
    for _ in range(2):
        in_the_app(client, new_job, wiring, None, "harbour.mp4")
    first = client.get("/ingest/jobs", params={"q": "harbour", "limit": 1}, headers=reviewer.headers).json()
    cursor = {"cursor": first["nextCursor"], "limit": 1}

    next_page = client.get("/ingest/jobs", params={"q": "harbour", **cursor}, headers=reviewer.headers)
    foreign = client.get("/ingest/jobs", params={"q": "lake", **cursor}, headers=reviewer.headers)

    assert len(next_page.json()["items"]) == 1
    assert foreign.status_code == 400
