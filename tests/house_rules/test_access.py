"""Who may use each address of the API: a row for each, and strangers and low roles turned away from the rest."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from people import People
from showsondemand.app import create_app
from showsondemand.tokens import ADMINS, EDITORS, REVIEWERS, STAFF, Role
from showsondemand.wiring import Wiring

SIGNED_IN = frozenset(Role)
ANYONE = None
WHO_MAY = {
    "POST /auth/register": ANYONE,
    "POST /auth/login": ANYONE,
    "POST /auth/token": ANYONE,
    "POST /auth/refresh": ANYONE,
    "GET /auth/setup": ANYONE,
    "POST /auth/setup": ANYONE,
    "POST /auth/password/forgot": ANYONE,
    "POST /auth/password/link": ANYONE,
    "POST /auth/password/reset": ANYONE,
    "POST /auth/email/verify": ANYONE,
    "POST /auth/email/verification": SIGNED_IN,
    "GET /.well-known/jwks.json": ANYONE,
    "POST /auth/api-keys": ADMINS,
    "GET /auth/api-keys": ADMINS,
    "DELETE /auth/api-keys/{key_id}": ADMINS,
    "GET /auth/sessions": SIGNED_IN,
    "DELETE /auth/sessions/{session_id}": SIGNED_IN,
    "GET /users/me/export": SIGNED_IN,
    "GET /users": ADMINS,
    "POST /users": ADMINS,
    "GET /users/me": SIGNED_IN,
    "GET /users/{user_id}": SIGNED_IN,  # others than one's own are not found, but for admins
    "PUT /users/{user_id}": SIGNED_IN,
    "DELETE /users/{user_id}": SIGNED_IN,
    "PUT /users/{user_id}/suspension": ADMINS,
    "DELETE /users/{user_id}/suspension": ADMINS,
    "GET /users/{user_id}/sessions": ADMINS,
    "DELETE /users/{user_id}/sessions": ADMINS,
    "DELETE /users/{user_id}/sessions/{session_id}": ADMINS,
    "POST /users/{user_id}/password-reset": ADMINS,
    "GET /users/me/progress": SIGNED_IN,
    "GET /users/me/watchlist": SIGNED_IN,
    "PUT /users/me/watchlist/{show_id}": SIGNED_IN,
    "DELETE /users/me/watchlist/{show_id}": SIGNED_IN,
    "PUT /users/me/progress/{show_id}": SIGNED_IN,
    "GET /users/me/progress/{show_id}": SIGNED_IN,
    "DELETE /users/me/progress/{show_id}": SIGNED_IN,
    "GET /shows": ANYONE,
    "GET /shows/facets": ANYONE,
    "GET /shows/{show_id}/next": ANYONE,
    "GET /series": ANYONE,
    "GET /series/{title}": ANYONE,
    "GET /shows/deleted": EDITORS,
    "GET /shows/suggestions": STAFF,
    "GET /shows/{show_id}/history": STAFF,
    "GET /overview": STAFF,
    "POST /shows": EDITORS,
    "GET /shows/{show_id}": ANYONE,
    "PUT /shows/{show_id}": EDITORS,
    "PATCH /shows/{show_id}": EDITORS,
    "DELETE /shows/{show_id}": EDITORS,
    "POST /shows/{show_id}/restore": EDITORS,
    "PUT /shows/{show_id}/poster": EDITORS,
    "POST /shows/{show_id}/poster": EDITORS,
    "PUT /shows/{show_id}/captions/{language}": EDITORS,
    "DELETE /shows/{show_id}/captions/{language}": EDITORS,
    "POST /shows/{show_id}/playback": SIGNED_IN,
    "POST /stream-tests": STAFF,
    "GET /notifications/subscriptions": ADMINS,
    "POST /notifications/subscriptions": ADMINS,
    "DELETE /notifications/subscriptions/{subscription_id}": ADMINS,
    "POST /notifications/subscriptions/{subscription_id}/test": ADMINS,
    "GET /notifications/deliveries": ADMINS,
    "POST /notifications/deliveries/{delivery_id}/replay": ADMINS,
    "GET /reviews/queue": STAFF,
    "POST /shows/{show_id}/claim": REVIEWERS,
    "DELETE /shows/{show_id}/claim": REVIEWERS,
    "POST /shows/{show_id}/reviews": REVIEWERS,
    "GET /shows/{show_id}/reviews": STAFF,
    "DELETE /shows/{show_id}/reviews/{review_id}": REVIEWERS,
    "GET /shows/{show_id}/analyses": STAFF,
    "POST /shows/{show_id}/analyses": STAFF,
    "GET /shows/{show_id}/frame": STAFF,
    "GET /admins": ADMINS,
    "PUT /admins/{user_id}": ADMINS,
    "DELETE /admins/{user_id}": ADMINS,
    "GET /audit": ADMINS,
    "POST /ingest/videos": EDITORS,
    "POST /ingest/uploads": EDITORS,
    "GET /ingest/uploads": EDITORS,
    "GET /ingest/uploads/{upload_id}": EDITORS,
    "GET /ingest/uploads/{upload_id}/parts/{part_number}": EDITORS,
    "POST /ingest/uploads/{upload_id}/complete": EDITORS,
    "PUT /ingest/uploads/{upload_id}/details": EDITORS,
    "DELETE /ingest/uploads/{upload_id}": EDITORS,
    "GET /ingest/jobs": STAFF,
    "GET /ingest/jobs/{job_id}": STAFF,
    "GET /ingest/jobs/{job_id}/events": STAFF,
    "GET /ingest/jobs/{job_id}/log": EDITORS,
    "POST /ingest/jobs/{job_id}/priority": EDITORS,
    "POST /ingest/jobs/{job_id}/retry": EDITORS,
    "POST /ingest/jobs/{job_id}/cancel": EDITORS,
    "GET /ingest/events": ADMINS,
    "GET /ingest/events/{event_id}": ADMINS,
    "POST /ingest/events/{event_id}/replay": ADMINS,
    "GET /health/live": ANYONE,
    "GET /health/ready": ANYONE,
    "GET /metrics": ANYONE,
    "DELETE /auth/sessions": SIGNED_IN,
    "GET /auth/logout": SIGNED_IN,  # the last one: after it nobody is signed in any more
}
# Machines show a key instead of a role, senders of parts a signed address: nobody's token opens these.
KEY_ONLY = {"POST /internal/vod/events", "PUT /ingest/uploads/{upload_id}/parts/{part_number}"}
NO_SUCH_ID = "01890000-0000-7000-8000-000000000000"
TURNED_AWAY = {401, 403}


def addresses_of(app: FastAPI) -> set[str]:
    return {
        f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods
    }


def ask(client: TestClient, address: str, headers: dict[str, str] | None = None) -> Response:
    """Asks ``address`` without a body, for a thing that does not exist."""
    method, path = address.split(" ")
    return client.request(method, re.sub(r"\{\w+\}", NO_SUCH_ID, path), headers=headers)


def test_every_address_says_who_may_use_it(wiring: Wiring) -> None:
    assert addresses_of(create_app(wiring)) == WHO_MAY.keys() | KEY_ONLY


def test_a_stranger_is_asked_to_sign_in_wherever_not_everybody_may(client: TestClient) -> None:
    closed = {address for address, roles in WHO_MAY.items() if roles is not ANYONE} | KEY_ONLY

    answers = {address: ask(client, address) for address in closed}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(closed, 401)
    assert [address for address, answer in answers.items() if "WWW-Authenticate" not in answer.headers] == []


def test_a_stranger_may_use_what_is_open(client: TestClient) -> None:
    opened = [address for address, roles in WHO_MAY.items() if roles is ANYONE]

    statuses = {address: ask(client, address).status_code for address in opened}

    assert {address: status for address, status in statuses.items() if status in TURNED_AWAY} == {}


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_its_own_addresses_and_no_others(role: Role, client: TestClient, people: People) -> None:
    headers = people.with_role(role).headers
    gated = {address: roles for address, roles in WHO_MAY.items() if roles is not ANYONE}

    statuses = {address: ask(client, address, headers).status_code for address in gated}

    let_in = {address for address, status in statuses.items() if status not in TURNED_AWAY}
    assert let_in == {address for address, roles in gated.items() if role in roles}
    assert {statuses[address] for address in gated.keys() - let_in} <= {403}


def test_no_role_opens_what_takes_a_key(client: TestClient, people: People) -> None:
    admin = people.admin()

    statuses = {address: ask(client, address, admin.headers).status_code for address in KEY_ONLY}

    assert statuses == dict.fromkeys(KEY_ONLY, 401)
