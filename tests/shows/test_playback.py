"""Playing a show: who is given addresses, and for how long they are good."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from people import People, Person
from showsondemand.shows import media
from showsondemand.shows.grants import GRANT_LIFETIME, Grant, Grants
from showsondemand.tokens import Claims
from showsondemand.wiring import Wiring
from studio import Json, Studio


def play(client: TestClient, show: Json, person: Person) -> Json:
    answer = client.post(f"/shows/{show['id']}/playback", headers=person.headers)
    assert answer.status_code == 200, answer.text
    playback: Json = answer.json()
    return playback


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found out about a grant is asked anew each time, instead of after some seconds."""
    monkeypatch.setattr(media, "_STANDS_SECONDS", 0.0)


def test_a_viewer_is_given_addresses_that_play(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    show = studio.playable(media_set)

    playback = play(client, show, people.viewer())

    fetched = {name: client.get(playback[name]) for name in ("hlsURL", "dashURL", "storyboardURL")}
    assert {name: answer.status_code for name, answer in fetched.items()} == dict.fromkeys(fetched, 200)
    assert {name: answer.headers["Content-Type"] for name, answer in fetched.items()} == {
        "hlsURL": "application/vnd.apple.mpegurl",
        "dashURL": "application/dash+xml",
        "storyboardURL": "text/vtt; charset=utf-8",
    }
    assert playback["resumePositionSeconds"] == 0


def test_addresses_say_when_they_end(client: TestClient, people: People, studio: Studio) -> None:
    before = datetime.now(UTC)

    playback = play(client, studio.available(), people.viewer())

    ends_at = datetime.fromisoformat(playback["expiresAt"])
    assert before + GRANT_LIFETIME - timedelta(seconds=1) <= ends_at <= datetime.now(UTC) + GRANT_LIFETIME


def test_nobody_plays_without_an_account_or_what_is_not_available(
    client: TestClient, people: People, studio: Studio
) -> None:
    viewer = people.viewer()
    paths = {state: f"/shows/{studio.in_state(state)['id']}/playback" for state in ("available", "in_review")}
    draft = f"/shows/{studio.draft()['id']}/playback"

    statuses = {
        "stranger": client.post(paths["available"]).status_code,
        "stranger, hidden": client.post(paths["in_review"]).status_code,
        "viewer, hidden": client.post(paths["in_review"], headers=viewer.headers).status_code,
        "viewer, nowhere": client.post(f"/shows/{uuid4()}/playback", headers=viewer.headers).status_code,
        "reviewer, hidden": client.post(paths["in_review"], headers=studio.reviewer.headers).status_code,
        "reviewer, no stream": client.post(draft, headers=studio.reviewer.headers).status_code,
    }

    assert statuses == {
        "stranger": 401,
        "stranger, hidden": 401,
        "viewer, hidden": 404,
        "viewer, nowhere": 404,
        "reviewer, hidden": 200,
        "reviewer, no stream": 409,
    }


def test_a_stream_on_another_host_is_given_as_it_is(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    address = f"{wiring.settings.base_url}/cdn/show.m3u8"
    show = studio.available(hlsSrcVideoURL=address)

    playback = play(client, show, people.viewer())

    assert (playback["hlsURL"], playback["dashURL"]) == (address, None)


@pytest.mark.usefixtures("_impatient")
def test_signing_out_ends_playing(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    viewer, other = people.viewer(), people.viewer()
    show = studio.playable(media_set)
    ended, lasting = play(client, show, viewer)["hlsURL"], play(client, show, other)["hlsURL"]
    before = client.get(ended).status_code

    client.get("/auth/logout", headers=viewer.headers)

    assert (before, client.get(ended).status_code, client.get(lasting).status_code) == (200, 403, 200)


@pytest.mark.usefixtures("_impatient")
def test_a_show_that_is_taken_away_stops_playing_for_viewers(
    client: TestClient, people: People, studio: Studio, media_set: Path
) -> None:
    withdrawn, deleted, over = (studio.playable(media_set) for _ in range(3))
    viewer = people.viewer()
    addresses = [play(client, show, viewer)["hlsURL"] for show in (withdrawn, deleted, over)]
    of_staff = play(client, withdrawn, studio.reviewer)["hlsURL"]
    before = [client.get(address).status_code for address in addresses]

    studio.moved(withdrawn, "withdrawn", studio.editor)
    client.delete(f"/shows/{deleted['id']}", headers=studio.editor.headers)
    client.patch(
        f"/shows/{over['id']}",
        json={"availableUntil": "2020-01-01T00:00:00Z"},
        headers=studio.editor.headers,
    )

    assert before == [200] * 3
    assert [client.get(address).status_code for address in addresses] == [403] * 3
    assert client.get(of_staff).status_code == 200


def test_a_grant_that_has_expired_is_refused(
    client: TestClient, people: People, studio: Studio, media_set: Path, wiring: Wiring
) -> None:
    show = studio.playable(media_set)
    key = show["hlsSrcVideoURL"].partition("/media/")[2]
    caller = Claims(people.viewer().id, uuid4())
    grants = Grants(wiring.keys)

    expired = grants.write(Grant(UUID(show["id"]), caller, datetime.now(UTC) - timedelta(seconds=1)), key)
    answer = client.get(f"/media/{expired}/{key}")

    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/grant-refused"
    assert "expired" in answer.json()["detail"]


def test_a_grant_of_a_session_that_never_was_is_refused(
    client: TestClient, people: People, studio: Studio, media_set: Path, wiring: Wiring
) -> None:
    show = studio.playable(media_set)
    key = show["hlsSrcVideoURL"].partition("/media/")[2]
    caller = Claims(people.viewer().id, uuid4())

    grant = Grants(wiring.keys).write(
        Grant(UUID(show["id"]), caller, datetime.now(UTC) + GRANT_LIFETIME), key
    )

    assert client.get(f"/media/{grant}/{key}").status_code == 403


def test_a_grant_asks_the_database_each_time_and_one_question(
    client: TestClient, people: People, studio: Studio, wiring: Wiring
) -> None:
    show, viewer = studio.available(), people.viewer()
    play(client, show, viewer)
    asked: list[str] = []
    wiring.database.observe(lambda *given: asked.append(given[2]), lambda *_: None)

    for _ in range(3):
        play(client, show, viewer)

    assert len(asked) == 3
