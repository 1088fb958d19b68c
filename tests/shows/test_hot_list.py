"""The list that every visit begins with is answered in front of the app, and nobody can tell by the answer."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from people import People
from server_fixtures import eventually
from showsondemand.app import create_app
from showsondemand.config import SecuritySettings
from showsondemand.wiring import Wiring
from studio import Studio

DIFFERS = {"x-request-id"}


def test_the_short_way_answers_as_the_long_way_does(
    client: TestClient, people: People, studio: Studio
) -> None:
    studio.available(title="Harbour")
    eventually(lambda: client.get("/shows").headers["X-Cache"] == "hit", seconds=5)

    short = client.get("/shows")
    long = client.get("/shows", headers=people.viewer().headers)  # nobody has looked this one up yet

    assert short.content == long.content
    assert {name: value for name, value in short.headers.items() if name not in DIFFERS} == {
        name: value for name, value in long.headers.items() if name not in DIFFERS
    }
    assert short.headers["X-Request-Id"] != long.headers["X-Request-Id"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_whoever_has_it_is_not_sent_it_again(client: TestClient, studio: Studio, form: str) -> None:
    studio.available()
    tag = client.get("/shows").headers["ETag"]

    again = client.get("/shows", headers={"If-None-Match": form.format(tag)})
    other = client.get("/shows", headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert "Content-Length" not in again.headers
    assert other.status_code == 200


def test_a_change_is_seen_at_once(client: TestClient, studio: Studio) -> None:
    show = studio.available(title="Harbour")
    for _ in range(2):
        client.get("/shows")

    client.patch(f"/shows/{show['id']}", json={"title": "Pier"}, headers=studio.editor.headers)

    assert [each["title"] for each in client.get("/shows").json()["items"]] == ["Pier"]


def test_a_token_that_is_not_valid_is_refused_as_everywhere(client: TestClient) -> None:
    client.get("/shows")

    assert client.get("/shows", headers={"Authorization": "Bearer nonsense"}).status_code == 401


def test_whoever_signs_out_is_refused_on_the_short_way_too(client: TestClient, people: People) -> None:
    headers = people.viewer().headers
    statuses = [client.get("/shows", headers=headers).status_code for _ in range(3)]

    client.get("/auth/logout", headers=headers)

    eventually(lambda: client.get("/shows", headers=headers).status_code == 401, seconds=1)
    assert statuses == [200, 200, 200]


def test_a_token_that_was_looked_up_a_moment_ago_costs_no_question_to_the_database(
    client: TestClient, people: People, wiring: Wiring
) -> None:
    person = people.viewer()
    for _ in range(2):
        client.get("/shows", headers=person.headers)
    asked: list[str] = []
    wiring.database.observe(lambda *given: asked.append(given[2]), lambda *_: None)

    statuses = [client.get("/shows", headers=person.headers).status_code for _ in range(5)]

    assert (statuses, asked) == ([200] * 5, [])
    assert client.get("/users/me", headers=person.headers).status_code == 200
    assert asked != []


def test_it_is_counted_with_its_route(client: TestClient) -> None:
    for _ in range(3):
        client.get("/shows")

    metrics = client.get("/metrics").text

    assert 'sod_http_requests_total{method="GET",route="/shows",status="200"} 3.0' in metrics


@pytest.fixture
def guarded_client(wiring: Wiring) -> Iterator[TestClient]:
    """The app where hosts are named."""
    security = wiring.settings.security.model_copy(update={"allowed_hosts": ("shows.example.org",)})
    assert isinstance(security, SecuritySettings)
    settings = wiring.settings.model_copy(update={"security": security})
    app = create_app(replace(wiring, settings=settings))
    with TestClient(app, base_url="https://shows.example.org") as client:
        yield client


def test_it_is_not_answered_for_a_host_that_is_not_ours(guarded_client: TestClient) -> None:
    for _ in range(2):
        assert guarded_client.get("/shows").status_code == 200

    assert guarded_client.get("/shows", headers={"Host": "evil.example"}).status_code == 400
