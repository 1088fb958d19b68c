"""Programs that review by a key: what their verdicts do under each policy, and what they never do."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from people import People
from showsondemand.config import Settings
from showsondemand.review_settings import ReviewPolicy, ReviewSettings
from showsondemand.wiring import Wiring
from studio import Json, Studio


@pytest.fixture(params=[ReviewPolicy.HUMAN, ReviewPolicy.ANALYSER])
def policy(request: pytest.FixtureRequest) -> ReviewPolicy:
    return ReviewPolicy(request.param)


@pytest.fixture
def wiring(wiring: Wiring, policy: ReviewPolicy) -> Wiring:
    settings: Settings = wiring.settings.model_copy(update={"reviews": ReviewSettings(policy=policy)})
    return replace(wiring, settings=settings)


@pytest.fixture
def agent(client: TestClient, people: People) -> dict[str, str]:
    """The headers of a key that may review."""
    body = {"name": "Nudity detector 2.1", "scopes": ["reviews:write", "shows:write"]}
    made = client.post("/auth/api-keys", json=body, headers=people.admin().headers)
    return {"Authorization": f"Bearer {made.json()['key']}"}


def review(client: TestClient, show: Json, headers: dict[str, str], **given: object) -> tuple[int, Json]:
    answer = client.post(f"/shows/{show['id']}/reviews", json=given, headers=headers)
    return answer.status_code, answer.json()


def test_an_approval_publishes_only_under_the_policy_that_says_so(
    client: TestClient, studio: Studio, agent: dict[str, str], policy: ReviewPolicy
) -> None:
    show = studio.in_review()

    status, given = review(client, show, agent, verdict="approve", findings=[{"label": "x", "score": 0.4}])

    publishes = policy is ReviewPolicy.ANALYSER
    assert status == 201
    assert given["reviewer"] == {"id": None, "name": "Nudity detector 2.1", "kind": "agent"}
    assert given["decided"] is publishes
    assert studio.read(show)["state"] == ("available" if publishes else "in_review")
    assert client.get(f"/shows/{show['id']}").status_code == (200 if publishes else 404)


@pytest.mark.parametrize("finding", [{"label": "x", "score": 0.6}, {"label": "no score"}])
def test_an_approval_below_the_threshold_is_left_to_a_person(
    client: TestClient, studio: Studio, agent: dict[str, str], finding: Json
) -> None:
    show = studio.in_review()

    status, given = review(client, show, agent, verdict="approve", findings=[finding])

    assert (status, given["decided"], studio.read(show)["state"]) == (201, False, "in_review")
    assert studio.judged(show, "approve")["state"] == "available"


def test_a_rejection_by_a_program_stands_and_can_be_sent_to_review_again(
    client: TestClient, studio: Studio, agent: dict[str, str]
) -> None:
    show = studio.in_review()

    status, given = review(client, show, agent, verdict="reject", notes="A logo of somebody else.")

    assert (status, given["decided"], studio.read(show)["state"]) == (201, True, "rejected")
    assert studio.moved(show, "in_review", studio.editor)["state"] == "in_review"


def test_a_program_never_overtakes_a_person_who_watches_the_show(
    client: TestClient, studio: Studio, agent: dict[str, str]
) -> None:
    show = studio.in_review()
    client.post(f"/shows/{show['id']}/claim", headers=studio.reviewer.headers).raise_for_status()

    approved = review(client, show, agent, verdict="approve")
    rejected = review(client, show, agent, verdict="reject", notes="No.")

    assert [(status, given["decided"]) for status, given in (approved, rejected)] == [(201, False)] * 2
    assert studio.read(show)["state"] == "in_review"


def test_a_program_may_leave_the_verdict_to_a_person_and_a_person_may_not(
    client: TestClient, studio: Studio, agent: dict[str, str]
) -> None:
    show = studio.in_review()
    finding = {"label": "gun", "score": 0.7, "startSeconds": 2.0, "endSeconds": 4.0}

    by_program, given = review(client, show, agent, verdict="refer", findings=[finding])
    by_person, problem = review(client, show, studio.reviewer.headers, verdict="refer")

    assert (by_program, given["decided"]) == (201, False)
    assert given["findings"][0]["frameURL"].endswith(f"/shows/{show['id']}/frame?atSeconds=3.000")
    assert (by_person, problem["type"]) == (422, "/problems/verdict-of-programs")


def test_a_program_does_not_publish_by_changing_the_state(
    client: TestClient, studio: Studio, agent: dict[str, str]
) -> None:
    show = studio.in_review()

    answer = client.patch(f"/shows/{show['id']}", json={"state": "available"}, headers=agent)

    assert answer.status_code == 403
    assert studio.read(show)["state"] == "in_review"


def test_the_audit_names_the_program_whose_verdict_decided(
    client: TestClient, people: People, studio: Studio, agent: dict[str, str]
) -> None:
    show = studio.in_review()
    review(client, show, agent, verdict="reject", notes="No.")

    entries = client.get(
        "/audit", params={"action": "review_rejected"}, headers=people.admin().headers
    ).json()["items"]

    assert [(each["target"]["id"], each["details"]) for each in entries] == [
        (show["id"], {"agent": "Nudity detector 2.1"})
    ]


def test_a_person_who_decides_otherwise_than_a_program_said_is_told_of(
    client: TestClient, studio: Studio, people: People, agent: dict[str, str]
) -> None:
    admin, show = people.admin(), studio.in_review()
    review(client, show, agent, verdict="approve", findings=[{"label": "no score"}])

    studio.judged(show, "reject")

    told = client.get("/audit", params={"action": "review_overridden"}, headers=admin.headers).json()["items"]
    assert [(entry["target"]["id"], entry["details"]) for entry in told] == [
        (show["id"], {"verdict": "reject", "of": "agent"})
    ]
