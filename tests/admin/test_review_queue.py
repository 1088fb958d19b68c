"""The review queue: the longest waiting first, one reviewer a film, a round for each time it is sent in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from people import People, Person
from showsondemand.app import create_app
from showsondemand.review_settings import ReviewSettings
from showsondemand.wiring import Wiring
from studio import Json, Studio


def queue(client: TestClient, person: Person, **parameters: str | int) -> Json:
    answer = client.get("/reviews/queue", headers=person.headers, params=parameters)
    assert answer.status_code == 200, answer.text
    page: Json = answer.json()
    return page


def claim(client: TestClient, show: Json, person: Person) -> Response:
    return client.post(f"/shows/{show['id']}/claim", headers=person.headers)


def verdict(client: TestClient, show: Json, person: Person, **fields: object) -> Response:
    given = {"verdict": "approve", **fields}
    return client.post(f"/shows/{show['id']}/reviews", json=given, headers=person.headers)


def let_claims_end(client: TestClient, wiring: Wiring) -> None:
    async def age() -> None:
        async with wiring.database.transaction() as session:
            await session.execute(text("UPDATE review_claims SET ends_at = now() - interval '1 second'"))

    assert client.portal
    client.portal.call(age)


def test_the_longest_waiting_comes_first_with_its_time(
    client: TestClient, studio: Studio, wiring: Wiring
) -> None:
    first, second = studio.in_review(title="First"), studio.in_review(title="Second")
    studio.draft()
    studio.available()

    async def age() -> None:
        async with wiring.database.transaction() as session:
            await session.execute(
                text("UPDATE shows SET in_review_at = :moment WHERE id = :id"),
                {"moment": datetime.now(UTC) - timedelta(hours=1), "id": UUID(second["id"])},
            )

    assert client.portal
    client.portal.call(age)

    items = queue(client, studio.reviewer)["items"]

    assert [item["show"]["id"] for item in items] == [second["id"], first["id"]]
    assert 3600 <= items[0]["waitingSeconds"] < 3700
    assert [item["claim"] for item in items] == [None, None]


def test_the_queue_comes_page_by_page(client: TestClient, studio: Studio) -> None:
    ids = [studio.in_review()["id"] for _ in range(3)]

    first = queue(client, studio.reviewer, limit=2)
    second = queue(client, studio.reviewer, limit=2, cursor=first["nextCursor"])

    assert [item["show"]["id"] for item in first["items"] + second["items"]] == ids
    assert second["nextCursor"] is None


def test_a_claim_is_seen_in_the_queue_and_holds_off_other_reviewers(
    client: TestClient, studio: Studio, people: People
) -> None:
    show, other = studio.in_review(), people.reviewer()

    mine = claim(client, show, studio.reviewer)

    assert mine.status_code == 200
    assert queue(client, other)["items"][0]["claim"] == mine.json()
    refused = claim(client, show, other).json()
    assert (refused["type"], refused["params"]) == (
        "/problems/claimed-by-somebody-else",
        {"holder": mine.json()["reviewer"]["name"]},
    )
    assert verdict(client, show, other).status_code == 409
    assert verdict(client, show, studio.reviewer).status_code == 201


def test_a_claim_can_be_prolonged_given_back_and_taken_over(
    client: TestClient, studio: Studio, people: People
) -> None:
    show, other = studio.in_review(), people.reviewer()
    first = claim(client, show, studio.reviewer).json()
    again = claim(client, show, studio.reviewer).json()
    address = f"/shows/{show['id']}/claim"

    not_his = client.delete(address, headers=other.headers)
    given_back = client.delete(address, headers=studio.reviewer.headers)

    assert again["endsAt"] > first["endsAt"]
    assert (not_his.status_code, given_back.status_code) == (409, 204)
    assert claim(client, show, other).status_code == 200
    admin = people.admin()
    assert client.delete(address, params={"mine": True}, headers=admin.headers).status_code == 204
    assert queue(client, other)["items"][0]["claim"] is not None  # not the admin's own
    assert client.delete(address, headers=admin.headers).status_code == 204
    assert queue(client, other)["items"][0]["claim"] is None


def test_a_claim_ends_by_itself(client: TestClient, studio: Studio, people: People, wiring: Wiring) -> None:
    show, other = studio.in_review(), people.reviewer()
    claim(client, show, studio.reviewer)

    let_claims_end(client, wiring)

    assert queue(client, other)["items"][0]["claim"] is None
    assert claim(client, show, other).status_code == 200


@pytest.mark.parametrize("state", ["draft", "available", "rejected", "withdrawn"])
def test_only_a_show_in_review_can_be_claimed(client: TestClient, studio: Studio, state: str) -> None:
    show = studio.in_state(state)

    assert claim(client, show, studio.reviewer).json()["type"] == "/problems/illegal-state-change"


def test_a_verdict_frees_the_show(client: TestClient, studio: Studio, people: People) -> None:
    show = studio.in_review()
    claim(client, show, studio.reviewer)
    verdict(client, show, studio.reviewer, verdict="reject", notes="too dark")
    studio.moved(show, "in_review", studio.editor)

    assert claim(client, show, people.reviewer()).status_code == 200


def test_each_round_is_kept_with_its_reasons(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()
    verdict(client, show, studio.reviewer, verdict="reject", notes="too dark", reasons=["picture", "sound"])
    studio.moved(show, "in_review", studio.editor)
    assert queue(client, studio.reviewer)["items"][0]["round"] == 2
    verdict(client, show, studio.reviewer)

    reviews = client.get(f"/shows/{show['id']}/reviews", headers=studio.editor.headers).json()["items"]

    assert [(each["round"], each["verdict"], each["reasons"]) for each in reviews] == [
        (2, "approve", []),
        (1, "reject", ["picture", "sound"]),
    ]


def test_a_reason_that_nobody_knows_is_refused(client: TestClient, studio: Studio) -> None:
    show = studio.in_review()

    assert (
        verdict(client, show, studio.reviewer, verdict="reject", notes="x", reasons=["mood"]).status_code
        == 422
    )


@pytest.fixture
def strict_client(wiring: Wiring) -> Iterator[TestClient]:
    """The app where nobody approves their own upload."""
    settings = wiring.settings.model_copy(update={"reviews": ReviewSettings(own=False)})
    strict = replace(wiring, settings=settings)
    with TestClient(create_app(strict), base_url=settings.base_url) as client:
        yield client


@pytest.mark.parametrize("by", ["verdict", "state"])
def test_nobody_approves_their_own_upload_where_that_is_not_allowed(
    strict_client: TestClient, wiring: Wiring, by: str
) -> None:
    people = People(strict_client, wiring)
    studio = Studio(strict_client, people, wiring)
    owner = people.admin()
    new = {"title": "Mine", "hlsSrcVideoURL": studio.stream_url()}
    show = strict_client.post("/shows", json=new, headers=owner.headers).json()

    if by == "verdict":
        own = verdict(strict_client, show, owner)
    else:
        own = strict_client.patch(f"/shows/{show['id']}", json={"state": "available"}, headers=owner.headers)

    assert own.json()["type"] == "/problems/own-upload"
    assert verdict(strict_client, show, studio.reviewer).status_code == 201


def test_one_person_may_do_everything_outside_of_production(
    client: TestClient, people: People, studio: Studio
) -> None:
    admin = people.admin()
    new = {"title": "Mine", "hlsSrcVideoURL": studio.stream_url()}
    show = client.post("/shows", json=new, headers=admin.headers).json()

    assert verdict(client, show, admin).status_code == 201
    assert ReviewSettings().own_allowed(production=True) is False


def test_what_others_claimed_is_not_published_past_them(
    client: TestClient, studio: Studio, people: People
) -> None:
    show = studio.in_review()
    claim(client, show, studio.reviewer)

    answer = client.patch(f"/shows/{show['id']}", json={"state": "available"}, headers=people.admin().headers)

    assert answer.json()["type"] == "/problems/claimed-by-somebody-else"
