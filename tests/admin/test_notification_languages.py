"""People are told what happens in the language of whoever had them told; programs are told the same in any."""

import json
from dataclasses import replace
from urllib.parse import parse_qs
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from mail_fixtures import MailServer
from notified import deliveries, subscribe, work
from people import People
from showsondemand.adapters.notifier.smtp import SmtpNotifier, Submission
from showsondemand.adapters.texts.sns import SnsTexts
from showsondemand.admin.notifications.announcing import announce
from showsondemand.admin.notifications.models import Event
from showsondemand.reader_language import Language
from showsondemand.wiring import Wiring
from studio import Studio
from web_target import Target, listening

SUBJECTS = {
    Language.EN: {
        "“Harbour” is ready for review.",
        "“Harbour” was rejected.",
        "“Pier” is ready for review.",
        "“Pier” was published.",
        "“pier.mov” could not be made into a show.",
        "A test: notifications arrive here.",
    },
    Language.DE: {
        "„Harbour“ wartet auf die Prüfung.",
        "„Harbour“ wurde abgelehnt.",
        "„Pier“ wartet auf die Prüfung.",
        "„Pier“ wurde veröffentlicht.",
        "„pier.mov“ konnte nicht verarbeitet werden.",
        "Ein Test: Benachrichtigungen kommen hier an.",
    },
}
FAILURE = {
    Language.EN: "The encoder stood still.",
    Language.DE: "Die Verarbeitung meldet (auf Englisch): The encoder stood still.",
}
BUTTON = {Language.EN: ">Open the administration</a>", Language.DE: ">Verwaltung öffnen</a>"}


@pytest.mark.parametrize("language", Language)
def test_every_mail_is_in_the_language_of_whoever_subscribed_its_reader(
    client: TestClient,
    studio: Studio,
    people: People,
    wiring: Wiring,
    mail_server: MailServer,
    language: Language,
) -> None:
    admin = people.admin()
    made = subscribe(client, admin, "email", "desk@example.org", language=language)
    notifier = SmtpNotifier(Submission.from_url(mail_server.url), sender="shows@example.org")

    async def fail_a_film() -> None:
        async with wiring.database.transaction() as session:
            failed = Event.INGEST_FAILED
            await announce(
                session, failed, subject_id=uuid4(), title="pier.mov", detail="The encoder stood still."
            )

    studio.rejected(title="Harbour")
    studio.available(title="Pier")
    assert client.portal
    client.portal.call(fail_a_film)
    client.post(f"/notifications/subscriptions/{made['id']}/test", headers=admin.headers)
    work(client, replace(wiring, notifier=notifier), admin)

    assert {mail["Subject"] for mail in mail_server.kept} == SUBJECTS[language]
    for mail in mail_server.kept:
        plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain
        assert rich
        assert plain.get_content().startswith(mail["Subject"])
        assert f'<html lang="{language}">' in rich.get_content()
        assert BUTTON[language] in rich.get_content()
    (failed,) = mail_server.about("pier.mov")
    plain = failed.get_body(("plain",))
    assert plain
    assert FAILURE[language] in plain.get_content().splitlines()


def test_a_text_message_is_in_german_for_whoever_asked_in_german(
    client: TestClient, studio: Studio, people: People, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    published = b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
    admin = people.admin()
    subscribe(client, admin, "sms", "+491701234567", ["show.published"], language="de-AT, en;q=0.5")
    studio.available(title="Pier")

    with listening(Target(200, published)) as sns:
        texts = SnsTexts("Shows", "eu-central-1", sns.url.removesuffix("/hook"))
        work(client, replace(wiring, texts=texts), admin)

    ((_, body),) = sns.requests
    assert parse_qs(body.decode())["Message"] == ["Shows on Demand: „Pier“ wurde veröffentlicht."]


def test_a_program_is_told_the_same_whoever_subscribed_it(
    client: TestClient, studio: Studio, people: People, wiring: Wiring
) -> None:
    admin = people.admin()

    with listening(Target()) as english, listening(Target()) as german:
        subscribe(client, admin, "webhook", english.url, ["show.published"])
        subscribe(client, admin, "webhook", german.url, ["show.published"], language="de")
        studio.available()
        work(client, wiring, admin)

    told = [json.loads(body) for _, body in (*english.requests, *german.requests)]
    assert len(deliveries(client, admin)) == len(told) == 2
    assert {**told[0], "id": "", "occurredAt": ""} == {**told[1], "id": "", "occurredAt": ""}
