"""What each scope of a machine's key opens, and that the tokens of closed accounts open nothing."""

import pytest
from fastapi.testclient import TestClient

from house_rules.test_access import ANYONE, TURNED_AWAY, WHO_MAY, ask
from people import People, Person
from showsondemand.tokens import Scope

# What a scope opens besides what is open to everybody. Everything else is for people.
OPENED_BY = {
    Scope.SHOWS_READ: frozenset[str](),
    Scope.SHOWS_WRITE: frozenset(
        {
            "GET /shows/deleted",
            "POST /shows",
            "PUT /shows/{show_id}",
            "PATCH /shows/{show_id}",
            "DELETE /shows/{show_id}",
            "POST /shows/{show_id}/restore",
            "PUT /shows/{show_id}/poster",
            "POST /shows/{show_id}/poster",
            "PUT /shows/{show_id}/captions/{language}",
            "DELETE /shows/{show_id}/captions/{language}",
        }
    ),
    Scope.REVIEWS_WRITE: frozenset(
        {
            "POST /shows/{show_id}/reviews",
            "GET /shows/{show_id}/reviews",
            "DELETE /shows/{show_id}/reviews/{review_id}",
            "GET /shows/{show_id}/analyses",
            "GET /shows/{show_id}/frame",
            "POST /shows/{show_id}/claim",
            "DELETE /shows/{show_id}/claim",
        }
    ),
    Scope.INGEST_WRITE: frozenset(
        {
            "POST /ingest/videos",
            "POST /ingest/uploads",
            "GET /ingest/uploads",
            "GET /ingest/uploads/{upload_id}",
            "GET /ingest/uploads/{upload_id}/parts/{part_number}",
            "POST /ingest/uploads/{upload_id}/complete",
            "PUT /ingest/uploads/{upload_id}/details",
            "DELETE /ingest/uploads/{upload_id}",
            "GET /ingest/jobs",
            "GET /ingest/jobs/{job_id}",
            "GET /ingest/jobs/{job_id}/events",
            "GET /ingest/jobs/{job_id}/log",
            "POST /ingest/jobs/{job_id}/priority",
            "POST /ingest/jobs/{job_id}/retry",
            "POST /ingest/jobs/{job_id}/cancel",
        }
    ),
}
GATED = [address for address, roles in WHO_MAY.items() if roles is not ANYONE]


def key_with(client: TestClient, admin: Person, scope: Scope) -> dict[str, str]:
    made = client.post("/auth/api-keys", json={"name": "x", "scopes": [scope]}, headers=admin.headers)
    return {"Authorization": f"Bearer {made.json()['key']}"}


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_opens_its_own_addresses_and_no_others(
    client: TestClient, people: People, scope: Scope
) -> None:
    headers = key_with(client, people.admin(), scope)

    statuses = {address: ask(client, address, headers).status_code for address in GATED}

    let_in = {address for address, status in statuses.items() if status not in TURNED_AWAY}
    assert let_in == OPENED_BY[scope]
    assert {statuses[address] for address in GATED if address not in let_in} == {403}


@pytest.mark.parametrize("end", ["PUT /users/{id}/suspension", "DELETE /users/{id}"])
def test_the_token_of_a_closed_account_opens_nothing(client: TestClient, people: People, end: str) -> None:
    admin, closed = people.admin(), people.admin()
    method, path = end.split()
    assert client.request(method, path.format(id=closed.id), headers=admin.headers).status_code == 204

    statuses = {address: ask(client, address, closed.headers).status_code for address in GATED}

    assert statuses == dict.fromkeys(GATED, 401)
