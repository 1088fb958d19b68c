"""What is written down can be followed by its ids, and names nobody."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from server_fixtures import Server, eventually, free_port, new_server

NAME = "Wilhelmina Zuckerbrot"
EMAIL = "wilhelmina.zuckerbrot@example.org"
PHONE = "+4915112345678"
PASSWORD = "a long walk in the rain"


@pytest.fixture
def busy_server(tmp_path: Path, migrated_database_url: str) -> Server:
    """A service that cannot deliver mail, because that is when libraries name recipients."""
    server = new_server(
        tmp_path, DATABASE_URL=migrated_database_url, SMTP_URL=f"smtp://127.0.0.1:{free_port()}"
    )
    server.start()
    return server


def lines_of(server: Server) -> list[dict[str, Any]]:
    text = server.log.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_day_in_the_life_of_an_account_leaves_no_name_and_no_address_in_the_log(
    busy_server: Server,
) -> None:
    account = {"email": EMAIL, "password": PASSWORD, "name": NAME}
    with closing(busy_server.client()) as client, closing(busy_server.admin()) as admin:
        registered = client.post("/auth/register", json=account).json()
        client.post("/auth/register", json=account)
        client.post("/auth/login", json={"email": EMAIL, "password": "something else altogether"})
        client.post("/auth/password/forgot", json={"email": EMAIL})
        client.get(f"/shows?q={NAME}")
        client.get(f"/nowhere/{EMAIL}")
        for channel, target in (("email", EMAIL), ("sms", PHONE)):
            admin.post(
                "/notifications/subscriptions",
                json={"channel": channel, "target": target, "events": ["ingest.failed"]},
            )
        client.headers["Authorization"] = f"Bearer {registered['accessToken']}"
        client.get("/users/me/export")
    eventually(lambda: "mail delayed" in busy_server.log.read_text(encoding="utf-8"), seconds=60)
    assert busy_server.stop() == 0

    text = busy_server.log.read_text(encoding="utf-8")
    for told in (NAME, NAME.split()[1], EMAIL, EMAIL.partition("@")[0], PHONE, PASSWORD):
        assert told not in text
    assert registered["accessToken"] not in text
    with_addresses = {
        line["event"] for line in lines_of(busy_server) if "127.0.0.1" in line.get("address", "")
    }
    assert with_addresses == {"audit"}


def test_each_line_of_a_request_has_its_id_and_each_of_a_job_its_jobs(busy_server: Server) -> None:
    with closing(busy_server.client()) as client:
        answer = client.post("/auth/register", json={"email": EMAIL, "password": PASSWORD})
    eventually(lambda: "mail delayed" in busy_server.log.read_text(encoding="utf-8"), seconds=60)
    assert busy_server.stop() == 0

    lines = lines_of(busy_server)
    of_request = [line for line in lines if line.get("request_id") == answer.headers["X-Request-Id"]]
    of_jobs = [line for line in lines if line["event"] == "mail delayed"]
    assert {"request", "audit"} <= {line["event"] for line in of_request}
    assert all(line["job"] and line["subject"] for line in of_jobs)
