"""``create-admin`` makes somebody who may manage shows."""

from pathlib import Path

import pytest

from cli.commands import environment, run
from server_fixtures import ADMIN_PASSWORD, Server


@pytest.fixture
def given(tmp_path: Path, migrated_database_url: str) -> dict[str, str]:
    return environment(tmp_path, DATABASE_URL=migrated_database_url)


def test_an_admin_made_from_standard_input_can_sign_in(server: Server) -> None:
    made = run("create-admin", "Chief@Example.org", given=server.environment, typed=f"{ADMIN_PASSWORD}\n")

    with server.client() as client:
        credentials = {"email": "chief@example.org", "password": ADMIN_PASSWORD}
        signed_in = client.post("/auth/login", json=credentials)
    assert made.returncode == 0, made.stderr
    assert signed_in.json()["user"]["role"] == "admin"


def test_the_last_admin_stays_one(given: dict[str, str]) -> None:
    run("create-admin", "chief@example.org", given=given, typed=f"{ADMIN_PASSWORD}\n")

    less = run(
        "create-admin", "chief@example.org", "--role", "editor", given=given, typed=f"{ADMIN_PASSWORD}\n"
    )

    assert less.returncode == 1
    assert len(less.stderr.splitlines()) == 1


def test_a_weak_password_is_refused_with_the_reason(given: dict[str, str]) -> None:
    refused = run("create-admin", "chief@example.org", given=given, typed="12345\n")

    assert refused.returncode == 1
    assert "characters" in refused.stderr
    assert "12345" not in refused.stderr


def test_what_is_no_address_is_refused(given: dict[str, str]) -> None:
    refused = run("create-admin", "chief", given=given, typed=f"{ADMIN_PASSWORD}\n")

    assert refused.returncode == 1
    assert refused.stderr == "chief: is not an e-mail address.\n"
