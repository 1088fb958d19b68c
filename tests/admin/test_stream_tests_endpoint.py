"""``POST /stream-tests``: who may ask, how often, and what is answered."""

from pathlib import Path

from fastapi.testclient import TestClient

from people import People
from studio import Studio


def test_every_fault_says_what_to_do(client: TestClient, people: People) -> None:
    answer = client.post(
        "/stream-tests", json={"url": "http://169.254.169.254/"}, headers=people.reviewer().headers
    )

    report = answer.json()
    assert answer.status_code == 200
    assert report["passed"] is False
    assert [(fault["code"], fault["severity"]) for fault in report["faults"]] == [
        ("address_refused", "error")
    ]
    assert report["faults"][0]["remedy"].endswith(".")


def test_our_own_streams_are_tested_without_a_grant(
    client: TestClient, studio: Studio, media_set: Path
) -> None:
    show = studio.playable(media_set)

    reports = [
        client.post("/stream-tests", json={"url": show[name]}, headers=studio.editor.headers).json()
        for name in ("hlsSrcVideoURL", "dashSrcVideoURL")
    ]

    assert [report["kind"] for report in reports] == ["hls", "dash"]
    assert [report["faults"] for report in reports] == [[], []]


def test_one_account_tests_ten_streams_a_minute(client: TestClient, people: People) -> None:
    headers = people.reviewer().headers
    asked = {"url": "file:///etc/passwd"}

    answers = [client.post("/stream-tests", json=asked, headers=headers) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_a_file_of_ours_that_is_not_there_is_missing(client: TestClient, studio: Studio) -> None:
    show = studio.available()

    report = client.post(
        "/stream-tests", json={"url": show["hlsSrcVideoURL"]}, headers=studio.editor.headers
    ).json()

    assert [fault["code"] for fault in report["faults"]] == ["missing"]
    assert [(fault["found"], fault["params"]) for fault in report["faults"]] == [("status", {"status": 404})]
