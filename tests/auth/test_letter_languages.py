"""Each mail about an account is in its reader's language: that of the request behind it, unless a stranger made it."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from fastapi.testclient import TestClient

from mail_fixtures import MailServer, Outbox
from people import PASSWORD, People, Person
from showsondemand.auth.errors import WrongCredentials
from showsondemand.auth.mail_models import LetterKind
from showsondemand.auth.schemas import Credentials
from showsondemand.auth.service import sign_in
from showsondemand.auth.sessions import Device
from showsondemand.reader_language import InEachLanguage, Language, best_language

NEW_PASSWORD = "a rather different set of words"
EMAIL = "mia@example.org"
SUBJECTS = {
    LetterKind.VERIFY_EMAIL: ("Confirm your e-mail address", "Bestätige deine E-Mail-Adresse"),
    LetterKind.RESET_PASSWORD: ("Choose a new password", "Wähle ein neues Passwort"),
    LetterKind.INVITATION: ("You are invited", "Du bist eingeladen"),
    LetterKind.PASSWORD_CHANGED: ("Your password was changed", "Dein Passwort wurde geändert"),
    LetterKind.EMAIL_CHANGED: ("Your e-mail address was changed", "Deine E-Mail-Adresse wurde geändert"),
    LetterKind.GUESSED_AT: (
        "Somebody tries to sign in as you",
        "Jemand versucht, sich mit deinem Konto anzumelden",
    ),
}


class Reader:
    """A browser that asks for one language, and somebody who does with it what letters follow from."""

    def __init__(self, client: TestClient, outbox: Outbox, admin: Person, language: Language) -> None:
        self._client = client
        self._outbox = outbox
        self._admin = admin
        # As a browser that would take the other language, too.
        (other,) = set(Language) - {language}
        self._asked = {"Accept-Language": f"{other};q=0.5, {language}-AT, {language};q=0.9"}
        self._other = {"Accept-Language": other.value}

    def verify_email(self) -> None:
        self._register()

    def reset_password(self) -> None:
        self._register(language="x")
        self._ask("POST", "/auth/password/forgot", {"email": EMAIL})

    def invitation(self) -> None:
        self._ask("POST", "/users", {"email": EMAIL}, self._admin.headers)

    def password_changed(self) -> None:
        self._change({"email": EMAIL, "password": NEW_PASSWORD})

    def email_changed(self) -> None:
        self._change({"email": "new@example.org"})

    def guessed_at(self) -> None:
        self._register()
        wrong = Credentials(email=EMAIL, password="not the password")
        for number in range(9):
            device = Device(name="A guesser", address=f"192.0.{number}.1")  # each from a network of its own
            assert self._client.portal
            with pytest.raises(WrongCredentials):
                self._client.portal.call(sign_in, self._outbox.wiring, wrong, device)
        tenth = self._client.post("/auth/login", json=wrong.model_dump(mode="json"), headers=self._other)
        assert tenth.status_code == 401, tenth.text

    def _register(self, *, language: str | None = None) -> dict[str, str]:
        asked = self._asked if language is None else {"Accept-Language": language}
        made = self._client.post("/auth/register", json={"email": EMAIL, "password": PASSWORD}, headers=asked)
        assert made.status_code == 201, made.text
        return {"Authorization": f"Bearer {made.json()['accessToken']}"}

    def _change(self, wanted: dict[str, str]) -> None:
        headers = self._register(language="x")
        self._ask("PUT", "/users/me", {"name": "", "currentPassword": PASSWORD} | wanted, headers)

    def _ask(self, method: str, path: str, body: object, headers: dict[str, str] | None = None) -> None:
        answer = self._client.request(method, path, json=body, headers=self._asked | (headers or {}))
        assert answer.is_success, answer.text


@pytest.fixture
def reader_of(client: TestClient, people: People, outbox: Outbox) -> Callable[[Language], Reader]:
    admin = people.admin()
    return lambda language: Reader(client, outbox, admin, language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_is_in_the_language_that_its_reader_asked_for(
    reader_of: Callable[[Language], Reader],
    outbox: Outbox,
    mail_server: MailServer,
    kind: LetterKind,
    language: Language,
) -> None:
    getattr(reader_of(language), kind.value)()

    outbox.empty()

    subject = SUBJECTS[kind][list(Language).index(language)]
    (mail,) = [mail for mail in mail_server.about(subject) if mail["To"] == EMAIL]
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert rich
    greeting = {Language.EN: "Hello,", Language.DE: "Hallo!"}[language]
    assert plain.get_content().startswith(greeting)
    assert f'<html lang="{language}">' in rich.get_content()
    assert f"<p>{greeting}</p>" in rich.get_content()


def test_a_link_that_an_admin_has_mailed_is_in_the_admins_language(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    admin, person = people.admin(), people.viewer()

    client.post(
        f"/users/{person.id}/password-reset", headers=admin.headers | {"Accept-Language": "de-CH, en;q=0.8"}
    )

    outbox.empty()
    (mail,) = mail_server.about("Wähle ein neues Passwort")
    assert mail["To"] == person.email


def test_a_reset_by_a_mailed_link_is_told_in_the_language_of_whoever_opened_it(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    person = people.viewer()
    client.post("/auth/password/forgot", json={"email": person.email})
    body = {"token": outbox.token("Choose"), "password": NEW_PASSWORD}

    client.post("/auth/password/reset", json=body, headers={"Accept-Language": "de"})

    outbox.empty()
    assert len(mail_server.about("Dein Passwort wurde geändert")) == 1


def test_another_link_to_confirm_an_address_is_in_the_language_that_is_spoken_by_then(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    person = people.viewer()

    client.post("/auth/email/verification", headers=person.headers | {"Accept-Language": "de"})

    outbox.empty()
    assert [mail["Subject"].partition(" ")[0] for mail in mail_server.kept] == ["Confirm", "Bestätige"]


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ("", Language.EN),
        ("de", Language.DE),
        ("DE-at", Language.DE),
        ("de-Latn-DE-1996", Language.DE),
        ("fr, de;q=0.3", Language.DE),
        ("fr-FR, it", Language.EN),
        ("en-GB, en;q=0.9, de;q=0.8", Language.EN),
        ("en;q=0.4, de ; q=0.7", Language.DE),
        ("de;q=0.5, en;q=0.5", Language.DE),
        ("de;q=0", Language.EN),
        ("de;q=nan", Language.EN),
        ("den, *", Language.EN),
        ("☃, ;;;, de", Language.DE),
        ("x, " * 5_000 + "de", Language.EN),
    ],
)
def test_of_what_a_browser_wants_the_best_is_taken_that_there_is(asked: str, best: Language) -> None:
    assert best_language(asked) is best


def test_no_words_are_complete_without_every_language() -> None:
    assert {field.name for field in fields(InEachLanguage)} == {language.value for language in Language}
