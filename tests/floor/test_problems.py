"""What an error looks like from outside: a problem document, whatever went wrong, and nothing of the inside."""

from dataclasses import replace
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from people import People
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.config import SecuritySettings, Settings
from showsondemand.shows import service
from showsondemand.tokens import Claims
from showsondemand.wiring import Wiring

SECRET = "postgresql://somebody:a-password@db.internal/films"


def test_each_error_is_a_problem_that_names_itself(client: TestClient, people: People) -> None:
    editor = people.editor().headers
    answers = {
        400: client.get("/shows?limit=1&cursor=nonsense"),
        401: client.post("/shows", json={"title": "A"}),
        403: client.post("/shows", json={"title": "A"}, headers=people.viewer().headers),
        404: client.get("/shows/01a20a95-5e65-7c40-a622-404c78e6e96e"),
        405: client.put("/shows", json={}),
        422: client.post("/shows", json={}, headers=editor),
    }

    documents = {status: answer.json() for status, answer in answers.items()}

    assert {status: answer.status_code for status, answer in answers.items()} == {
        each: each for each in answers
    }
    assert {answer.headers["Content-Type"] for answer in answers.values()} == {"application/problem+json"}
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {"no-store"}
    for status, document in documents.items():
        assert {"type", "title", "status", "detail", "instance"} <= document.keys()
        assert document["status"] == status
        assert document["type"].startswith("/problems/")
        assert document["instance"].startswith("/shows")
    assert answers[401].headers["WWW-Authenticate"] == "Bearer"
    assert "GET" in answers[405].headers["Allow"]


def test_an_error_of_ours_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_: object, **__: object) -> None:
        raise RuntimeError(f"cannot reach {SECRET}")

    monkeypatch.setattr(service, "show_for", break_down)

    answer = client.get("/shows/01a20a95-5e65-7c40-a622-404c78e6e96e")

    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal-fault"
    assert "RuntimeError" not in answer.text
    assert "password" not in answer.text


def test_a_service_without_its_database_lets_nobody_in_and_says_when_to_come_again(
    settings: Settings, empty_database_url: str
) -> None:
    away = build_wiring(settings, empty_database_url.replace("/test_", "/gone_"))
    token = away.access_tokens.issue(Claims(uuid4(), uuid4()))

    with TestClient(create_app(away), raise_server_exceptions=False) as client:
        answers = {
            path: client.get(path, headers={"Authorization": f"Bearer {token}"})
            for path in ("/health/ready", "/shows", "/shows?state=all", "/users/me")
        }
        live = client.get("/health/live")

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 503)
    assert all("Retry-After" in answer.headers for answer in answers.values())
    assert "database" in answers["/health/ready"].json()["detail"]
    assert live.status_code == 200


def test_a_host_that_is_not_ours_is_not_answered_for(wiring: Wiring) -> None:
    security = SecuritySettings(
        secret_key=SecretStr("a secret of the tests: 0123456789 abcdefghij"),
        allowed_hosts=("shows.example.org",),
    )
    strict = replace(wiring, settings=wiring.settings.model_copy(update={"security": security}))

    with TestClient(create_app(strict)) as client:
        statuses = {
            host: client.get("/shows", headers={"Host": host}).status_code
            for host in ("shows.example.org", "SHOWS.example.org:8000", "elsewhere.example.net", "", "[::1")
        }

    assert statuses == {
        "shows.example.org": 200,
        "SHOWS.example.org:8000": 200,
        "elsewhere.example.net": 400,
        "": 400,
        "[::1": 400,
    }


def test_every_answer_carries_its_safety_headers_and_a_name_in_the_log(client: TestClient) -> None:
    answers = [client.get(path) for path in ("/shows", "/shows/none", "/media/videos/a/1/x", "/health/live")]

    for answer in answers:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == len(answers)


def test_a_method_that_an_address_does_not_take_is_refused_with_those_that_it_takes(
    client: TestClient,
) -> None:
    refused = client.get("/auth/login")
    several = client.request("OPTIONS", "/shows")

    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")
    assert refused.json()["type"] == "/problems/method-refused"
    assert (several.status_code, several.headers["Allow"]) == (405, "GET, POST")
    assert client.get("/nothing/here").status_code == 404
