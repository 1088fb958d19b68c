"""The list that every visit begins with, and each show, are answered in front of the app as the app answers."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from people import People
from server_fixtures import eventually
from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.config import SecuritySettings, Settings
from showsondemand.rates import STRANGERS, Rates
from showsondemand.wiring import Wiring
from studio import Studio

DIFFERS = {"x-request-id"}


@pytest.mark.parametrize("path", ["/shows", "/shows/{id}"])
def test_the_short_way_answers_as_the_long_way_does(
    client: TestClient, people: People, studio: Studio, path: str
) -> None:
    path = path.format(**studio.available(title="Harbour"))
    client.get(path)
    eventually(lambda: client.get(path).headers.get("X-Cache", "hit") == "hit", seconds=5)

    short = client.get(path)
    long = client.get(path, headers=people.viewer().headers)  # nobody has looked this one up yet

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


@pytest.mark.parametrize("reader", ["stranger", "viewer"])
@pytest.mark.parametrize(
    ("change", "status", "title"),
    [({"title": "Pier"}, 200, "Pier"), ({"state": "withdrawn"}, 404, None)],
    ids=["retitled", "withdrawn"],
)
def test_a_change_of_a_show_is_seen_at_once(
    client: TestClient,
    people: People,
    studio: Studio,
    reader: str,
    change: dict[str, str],
    status: int,
    title: str | None,
) -> None:
    headers = people.viewer().headers if reader == "viewer" else {}
    path = f"/shows/{studio.available(title='Harbour')['id']}"
    before = [client.get(path, headers=headers).json()["title"] for _ in range(3)]

    client.patch(path, json=change, headers=studio.editor.headers).raise_for_status()

    after = client.get(path, headers=headers)
    assert (before, after.status_code, after.json().get("title")) == (
        ["Harbour"] * 3,
        status,
        title or after.json()["title"],
    )


def test_a_show_is_read_from_memory_by_all_but_staff(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    path = f"/shows/{studio.available()['id']}"
    readers = {"stranger": {}, "viewer": people.viewer().headers, "staff": studio.editor.headers}
    for headers in readers.values():
        client.get(path, headers=headers)
    asked: list[str] = []
    wiring.database.observe(lambda *given: asked.append(given[2]), lambda *_: None)

    statements = {}
    for name, headers in readers.items():
        asked.clear()
        assert client.get(path, headers=headers).json()["title"]
        statements[name] = len(asked)

    assert statements == {"stranger": 0, "viewer": 0, "staff": 1}


def test_a_show_out_of_memory_counts_as_a_request_too(
    settings: Settings, migrated_database_url: str, studio: Studio
) -> None:
    path = f"/shows/{studio.available()['id']}"
    limited = replace(build_wiring(settings, migrated_database_url), rates=Rates())
    with TestClient(create_app(limited), base_url=settings.base_url) as client:
        answers = [client.get(path)]
        # Meanwhile some are forgiven, the more the slower the machine is.
        while answers[-1].status_code == 200 and len(answers) < 2 * STRANGERS.burst:
            answers.append(client.get(path))

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1].headers["RateLimit-Policy"].startswith('"strangers"')


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


def test_it_is_counted_with_its_route(client: TestClient, studio: Studio) -> None:
    show = studio.available()
    for _ in range(3):
        client.get("/shows")

    for _ in range(2):  # after the one that the studio read, which was not in memory yet
        client.get(f"/shows/{show['id']}")

    metrics = client.get("/metrics").text

    assert 'sod_http_requests_total{method="GET",route="/shows/{show_id:show}",status="200"} 3.0' in metrics
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
