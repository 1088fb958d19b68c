"""Mails about accounts, as plain text and HTML, and the links in them: opened once, by whoever reads the mail."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from mail_fixtures import MailServer, Outbox
from people import PASSWORD, People
from showsondemand.auth.mail_models import MailedLink

NEW_PASSWORD = "a rather different set of words"


def test_whoever_registers_confirms_the_address_by_a_mailed_link(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    person = people.viewer()
    assert client.get("/users/me", headers=person.headers).json()["emailVerified"] is False
    token = outbox.token("Confirm")

    answers = [client.post("/auth/email/verify", json={"token": token}).status_code for _ in range(2)]

    assert answers == [204, 422]
    assert client.get("/users/me", headers=person.headers).json()["emailVerified"] is True


def test_a_mail_is_readable_in_both_forms_and_leads_to_our_own_address(
    client: TestClient, outbox: Outbox, mail_server: MailServer
) -> None:
    client.post(
        "/auth/register",
        json={"email": "mia@example.org", "password": PASSWORD, "name": "Mia <b>"},
        headers={"Host": "evil.example.net"},
    )

    outbox.empty()

    (message,) = mail_server.kept
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert rich
    assert message["To"] == "mia@example.org"
    assert "Hello," in plain.get_content()
    assert "Hello," in rich.get_content()
    assert "https://shows.example.org/verify?token=" in plain.get_content()
    assert "evil.example.net" not in message.as_string()


def test_nobody_has_words_of_their_own_sent_to_an_address_that_is_not_theirs(
    client: TestClient, outbox: Outbox, mail_server: MailServer
) -> None:
    account = {"email": "mia@example.org", "password": PASSWORD, "name": "Mia <b>"}
    client.post("/auth/register", json=account)
    proof = outbox.token("Confirm")
    client.post("/auth/password/forgot", json={"email": "mia@example.org"})
    outbox.empty()

    client.post("/auth/email/verify", json={"token": proof})
    client.post("/auth/password/forgot", json={"email": "mia@example.org"})
    outbox.empty()

    strange, also_strange, known = mail_server.kept
    assert "Mia" not in strange.as_string() + also_strange.as_string()
    plain, rich = known.get_body(("plain",)), known.get_body(("html",))
    assert plain
    assert rich
    assert "Hello Mia <b>," in plain.get_content()
    assert "Hello Mia &lt;b&gt;," in rich.get_content()


def test_a_forgotten_password_is_replaced_once_and_signs_out_everywhere(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    person = people.viewer()
    client.post("/auth/password/forgot", json={"email": person.email.upper()})
    body = {"token": outbox.token("Choose"), "password": NEW_PASSWORD}

    answers = [client.post("/auth/password/reset", json=body).status_code for _ in range(2)]

    assert answers == [204, 422]
    assert client.get("/users/me", headers=person.headers).status_code == 401
    logins = [
        client.post("/auth/login", json={"email": person.email, "password": each}).status_code
        for each in (PASSWORD, NEW_PASSWORD)
    ]
    assert logins == [401, 200]
    outbox.empty()
    assert len(mail_server.about("was changed")) == 1


@pytest.mark.parametrize("change", [{"password": NEW_PASSWORD}, {"email": "new@example.org"}])
def test_a_link_for_a_new_password_ends_with_the_password_and_with_the_address_that_it_was_sent_to(
    client: TestClient, people: People, outbox: Outbox, change: dict[str, str]
) -> None:
    person = people.viewer()
    client.post("/auth/password/forgot", json={"email": person.email})
    token = outbox.token("Choose")
    account = {"email": person.email, "name": "", "currentPassword": PASSWORD} | change
    assert client.put("/users/me", json=account, headers=person.headers).status_code == 200

    answer = client.post(
        "/auth/password/reset", json={"token": token, "password": "whatever a stranger likes"}
    )

    assert answer.status_code == 422
    assert client.get("/users/me", headers=person.headers).status_code == 200


@pytest.mark.parametrize(("role", "least"), [("viewer", 12), ("editor", 15)])
def test_a_link_for_a_password_says_how_long_it_must_be_till_it_is_used(
    client: TestClient, people: People, outbox: Outbox, role: str, least: int
) -> None:
    person = people.viewer() if role == "viewer" else people.editor()
    client.post("/auth/password/forgot", json={"email": person.email})
    body = {"token": outbox.token("Choose")}

    told = [client.post("/auth/password/link", json=body) for _ in range(2)]
    client.post("/auth/password/reset", json=body | {"password": NEW_PASSWORD})
    used = client.post("/auth/password/link", json=body)

    assert [answer.json() for answer in told] == [{"leastCharacters": least}] * 2
    assert (used.status_code, used.json()["type"]) == (422, "/problems/link-refused")


def test_a_weak_new_password_leaves_the_link_good(client: TestClient, people: People, outbox: Outbox) -> None:
    person = people.viewer()
    client.post("/auth/password/forgot", json={"email": person.email})
    token = outbox.token("Choose")

    weak = client.post("/auth/password/reset", json={"token": token, "password": "too short"})
    good = client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD})

    assert (weak.json()["type"], good.status_code) == ("/problems/weak-password", 204)


def test_a_newer_link_replaces_an_older_one_and_kinds_are_kept_apart(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    person = people.viewer()
    confirming = outbox.token("Confirm")
    client.post("/auth/password/forgot", json={"email": person.email})
    older = outbox.token("Choose")
    client.post("/auth/password/forgot", json={"email": person.email})
    newer = outbox.token("Choose")

    answers = [
        client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD}).status_code
        for token in (older, confirming, newer[:-2] + "AA", "x", newer)
    ]

    assert answers == [422, 422, 422, 422, 204]


def test_an_expired_link_opens_nothing(client: TestClient, people: People, outbox: Outbox) -> None:
    person = people.viewer()
    client.post("/auth/password/forgot", json={"email": person.email})
    token = outbox.token("Choose")

    async def expire() -> None:
        async with outbox.wiring.database.transaction() as session:
            await session.execute(update(MailedLink).values(expires_at=MailedLink.created_at))

    assert client.portal
    client.portal.call(expire)

    refused = client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD})
    assert refused.status_code == 422


def test_asking_for_an_unknown_account_is_answered_like_for_a_known_one(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    person = people.viewer()

    answers = [
        client.post("/auth/password/forgot", json={"email": email})
        for email in (person.email, "nobody@example.org")
    ]

    assert [(answer.status_code, answer.text) for answer in answers] == [(202, "null")] * 2
    assert [mail.kind for mail in outbox.all_mails()] == ["verify_email", "reset_password"]


def test_an_account_gets_three_such_letters_an_hour(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    person = people.viewer()

    statuses = [
        client.post("/auth/password/forgot", json={"email": person.email}).status_code for _ in range(5)
    ]

    assert statuses == [202] * 5
    assert [mail.kind for mail in outbox.all_mails()].count("reset_password") == 3


def test_a_changed_address_is_told_to_the_old_one_and_confirmed_by_the_new(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    person = people.viewer()
    stale = outbox.token("Confirm")
    client.put(
        "/users/me",
        json={"email": "new@example.org", "name": "", "currentPassword": PASSWORD},
        headers=person.headers,
    )

    token = outbox.token("Confirm")

    assert [message["To"] for message in mail_server.about("was changed")] == [person.email]
    assert mail_server.about("Confirm")[-1]["To"] == "new@example.org"
    answers = [client.post("/auth/email/verify", json={"token": each}).status_code for each in (stale, token)]
    assert answers == [422, 204]


def test_an_admin_has_a_link_for_a_new_password_mailed(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    admin, person = people.admin(), people.viewer()

    asked = client.post(f"/users/{person.id}/password-reset", headers=admin.headers)
    token = outbox.token("password")
    chosen = client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD})

    assert (asked.status_code, chosen.status_code) == (202, 204)
    wanted = {"email": person.email, "password": NEW_PASSWORD}
    assert client.post("/auth/login", json=wanted).status_code == 200


def test_nobody_is_sent_a_link_who_could_not_sign_in_with_it(client: TestClient, people: People) -> None:
    admin, person = people.admin(), people.viewer()
    client.put(f"/users/{person.id}/suspension", headers=admin.headers)

    refused = client.post(f"/users/{person.id}/password-reset", headers=admin.headers)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/account-suspended")


def test_somebody_who_is_invited_chooses_a_password_and_the_address_is_theirs(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    account = {"email": "nora@example.org", "name": "Nora"}
    made = client.post("/users", json=account, headers=people.admin().headers)
    token = outbox.token("You are invited")
    before = client.post("/auth/login", json={"email": "nora@example.org", "password": NEW_PASSWORD})

    chosen = [
        client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD}).status_code
        for _ in range(2)
    ]

    after = client.post("/auth/login", json={"email": "nora@example.org", "password": NEW_PASSWORD})
    outbox.empty()
    assert (made.status_code, before.status_code, chosen, after.status_code) == (201, 401, [204, 422], 200)
    assert after.json()["user"]["emailVerified"] is True
    assert [message["To"] for message in mail_server.kept].count("nora@example.org") == 1


def test_a_link_for_a_new_password_takes_the_place_of_an_invitation(
    client: TestClient, people: People, outbox: Outbox
) -> None:
    admin = people.admin()
    made = client.post("/users", json={"email": "nora@example.org"}, headers=admin.headers).json()
    invitation = outbox.token("You are invited")
    client.post(f"/users/{made['id']}/password-reset", headers=admin.headers)
    later = outbox.token("Choose a new password")

    answers = [
        client.post("/auth/password/reset", json={"token": token, "password": NEW_PASSWORD}).status_code
        for token in (invitation, later)
    ]

    assert answers == [422, 204]
