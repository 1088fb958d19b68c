from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from people import People
from server_fixtures import eventually
from studio import Json, Studio

# A change is heard twice in the process that made it, at once and by way of PostgreSQL: the second time
# costs one more miss.
PATIENCE = 10
Change = Callable[[TestClient, Studio, Json], object]


def latest(client: TestClient) -> tuple[str, list[str]]:
    answer = client.get("/shows")
    return answer.headers["X-Cache"], [show["title"] for show in answer.json()["items"]]


def patch(**changes: object) -> Change:
    return lambda client, studio, show: client.patch(
        f"/shows/{show['id']}", json=changes, headers=studio.editor.headers
    )


def test_the_latest_shows_come_out_of_the_cache(client: TestClient, studio: Studio) -> None:
    studio.available(title="One")

    first = latest(client)

    assert first == ("miss", ["One"])
    eventually(lambda: latest(client) == ("hit", ["One"]), seconds=PATIENCE)


@pytest.mark.parametrize(
    ("change", "titles"),
    [
        (patch(title="Two"), ["Two"]),
        (patch(state="withdrawn"), []),
        (patch(state="in_review"), []),
        (patch(availableFrom="2100-01-01T00:00:00Z"), []),
        (
            lambda client, studio, show: client.delete(f"/shows/{show['id']}", headers=studio.editor.headers),
            [],
        ),
        (lambda _client, studio, _show: studio.available(title="Two"), ["Two", "One"]),
    ],
    ids=["retitled", "withdrawn", "sent back", "put off", "deleted", "one more"],
)
def test_the_list_is_made_anew_the_moment_a_show_changes(
    client: TestClient, studio: Studio, change: Change, titles: list[str]
) -> None:
    show = studio.available(title="One")
    eventually(lambda: latest(client) == ("hit", ["One"]), seconds=PATIENCE)

    change(client, studio, show)

    assert latest(client) == ("miss", titles)
    eventually(lambda: latest(client) == ("hit", titles), seconds=PATIENCE)


def test_a_show_that_comes_back_is_listed_at_once(client: TestClient, people: People, studio: Studio) -> None:
    withdrawn, deleted = studio.withdrawn(title="Withdrawn"), studio.available(title="Deleted")
    client.delete(f"/shows/{deleted['id']}", headers=studio.editor.headers)
    gone = latest(client)

    studio.moved(withdrawn, "available", people.admin())
    back = latest(client)
    client.post(f"/shows/{deleted['id']}/restore", headers=studio.editor.headers)

    assert gone == ("miss", [])
    assert back == ("miss", ["Withdrawn"])
    assert latest(client) == ("miss", ["Deleted", "Withdrawn"])


def test_a_refused_change_leaves_the_cache_alone(client: TestClient, studio: Studio) -> None:
    show = studio.available(title="One")
    eventually(lambda: latest(client)[0] == "hit", seconds=PATIENCE)

    refused = client.patch(
        f"/shows/{show['id']}",
        json={"title": "Two"},
        headers={**studio.editor.headers, "If-Match": '"9"'},
    )

    assert refused.status_code == 412
    assert latest(client) == ("hit", ["One"])


def test_the_list_is_not_kept_longer_than_a_window_lasts(client: TestClient, studio: Studio) -> None:
    show = studio.available(title="Short")
    ends_at = datetime.now(UTC) + timedelta(seconds=2)
    patch(availableUntil=ends_at.isoformat())(client, studio, show)
    before = latest(client)

    while datetime.now(UTC) < ends_at:
        client.get("/health/live")

    assert before[1] == ["Short"]
    assert latest(client) == ("miss", [])


def test_who_has_the_present_list_gets_no_body(client: TestClient, studio: Studio) -> None:
    show = studio.available()
    tag = client.get("/shows").headers["ETag"]

    same = client.get("/shows", headers={"If-None-Match": tag})
    client.patch(f"/shows/{show['id']}", json={"title": "New"}, headers=studio.editor.headers)
    changed = client.get("/shows", headers={"If-None-Match": tag})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
