"""Who asked for it is told once, in order of what happened, and nothing is lost while a target is away."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from mail_fixtures import MailServer
from notified import ALL, deliveries, subscribe, work
from people import People, Person
from showsondemand.adapters.fetcher.guarded import GuardedFetcher
from showsondemand.adapters.notifier.smtp import SmtpNotifier, Submission
from showsondemand.adapters.texts.sns import SnsTexts
from showsondemand.admin.notifications.delivering import deliver_notification, pause_after
from showsondemand.wiring import Wiring
from studio import Studio
from web_target import Target, listening


@pytest.fixture
def target() -> Iterator[Target]:
    with listening(Target()) as target:
        yield target


@pytest.fixture
def admin(people: People) -> Person:
    return people.admin()


def test_a_webhook_is_told_each_event_once_and_signed(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, target: Target
) -> None:
    secret = subscribe(client, admin, "webhook", target.url)["secret"]
    show = studio.rejected(title="Harbour")
    studio.moved(show, "in_review", studio.editor)
    studio.judged(show, "approve")

    work(client, wiring, admin)
    work(client, wiring, admin)

    told = [json.loads(body) for _, body in target.requests]
    assert [each["event"] for each in told] == [*ALL[:2], ALL[0], ALL[2]]
    assert {each["subject"]["title"] for each in told} == {"Harbour"}
    assert told[1]["detail"] == "seen to the end"
    for headers, body in target.requests:
        time, given = (part.partition("=")[2] for part in headers["X-Sod-Signature"].split(","))
        expected = hmac.new(secret.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
        assert given == expected
    assert len({headers["X-Sod-Delivery"] for headers, _ in target.requests}) == 4


def test_only_the_events_that_were_asked_for_are_told(
    client: TestClient, studio: Studio, admin: Person
) -> None:
    subscribe(client, admin, "email", "desk@example.org", ["show.published"])

    studio.available()
    studio.rejected()

    assert [each["event"] for each in deliveries(client, admin)] == ["show.published"]


def test_a_change_that_does_not_come_about_is_not_told(
    client: TestClient, studio: Studio, admin: Person
) -> None:
    subscribe(client, admin, "email", "desk@example.org")
    show = studio.draft()

    refused = client.patch(f"/shows/{show['id']}", json={"state": "in_review"}, headers=studio.editor.headers)

    assert refused.status_code == 409
    assert deliveries(client, admin) == []


def test_people_are_told_by_mail(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, mail_server: MailServer
) -> None:
    subscribe(client, admin, "email", "desk@example.org", ["show.ready_for_review"])
    studio.in_review(title="<b>Harbour</b> & more")
    notifier = SmtpNotifier(Submission.from_url(mail_server.url), sender="shows@example.org")

    work(client, replace(wiring, notifier=notifier), admin)

    (mail,) = mail_server.about("ready for review")
    body = mail.get_body(("html",))
    assert mail["To"] == "desk@example.org"
    assert body is not None
    assert "&lt;b&gt;Harbour&lt;/b&gt;" in body.get_content()


def test_people_are_told_by_text_message(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    published = b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
    subscribe(client, admin, "sms", "+491701234567", ["show.published"])
    studio.available(title="H" * 200)

    with listening(Target(200, published)) as sns:
        texts = SnsTexts("Shows", "eu-central-1", sns.url.removesuffix("/hook"))
        work(client, replace(wiring, texts=texts), admin)

    (_, body), *more = sns.requests
    said = parse_qs(body.decode())
    assert more == []
    assert (said["Action"], said["PhoneNumber"]) == (["Publish"], ["+491701234567"])
    assert len(said["Message"][0]) <= 160
    assert deliveries(client, admin)[0]["state"] == "delivered"


def test_without_a_sender_of_texts_the_log_says_so(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring
) -> None:
    subscribe(client, admin, "sms", "+491701234567")
    studio.available()

    work(client, wiring, admin)

    first = deliveries(client, admin)[0]
    assert first["state"] == "failed"
    assert "SMS_SENDER" in first["failure"]


@pytest.mark.parametrize("status", [500, 404, 302, 429])
def test_a_target_that_is_down_is_told_later_and_nothing_is_lost(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, target: Target, status: int
) -> None:
    subscribe(client, admin, "webhook", target.url, ["show.published"])
    studio.available()
    target.status = status
    work(client, wiring, admin)
    (waiting,) = deliveries(client, admin)

    target.status = 204
    work(client, wiring, admin)

    (done,) = deliveries(client, admin)
    assert (waiting["state"], waiting["attempts"], str(status) in waiting["failure"]) == ("pending", 1, True)
    assert (done["state"], done["attempts"], done["failure"]) == ("delivered", 2, None)
    assert [json.loads(body)["id"] for _, body in target.requests] == [done["id"]] * 2


def test_the_pauses_grow_to_an_hour() -> None:
    pauses = [pause_after(attempts) for attempts in (1, 2, 3, 9, 10, 100)]

    assert pauses[:3] == [timedelta(seconds=seconds) for seconds in (10, 20, 40)]
    assert pauses[-3:] == [timedelta(seconds=2560), timedelta(hours=1), timedelta(hours=1)]


def test_after_two_days_it_is_given_up_and_can_be_told_again(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, target: Target
) -> None:
    subscribe(client, admin, "webhook", target.url, ["show.published"])
    studio.available()
    target.status = 503

    async def age() -> None:
        async with wiring.database.transaction() as session:
            await session.execute(
                text("UPDATE notification_deliveries SET begun_at = now() - interval '3 days'")
            )

    assert client.portal
    client.portal.call(age)
    work(client, wiring, admin)
    (failed,) = deliveries(client, admin)

    target.status = 204
    replayed = client.post(f"/notifications/deliveries/{failed['id']}/replay", headers=admin.headers)
    work(client, wiring, admin)

    assert failed["state"] == "failed"
    assert replayed.status_code == 202
    assert deliveries(client, admin)[0]["state"] == "delivered"


def test_two_workers_do_not_tell_it_twice(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, target: Target
) -> None:
    subscribe(client, admin, "webhook", target.url, ["show.published"])
    studio.available()
    (waiting,) = deliveries(client, admin)
    sending = replace(wiring, webhooks=GuardedFetcher(allow_private=True))

    async def both() -> None:
        await asyncio.gather(*(deliver_notification(sending, UUID(waiting["id"])) for _ in range(2)))

    assert client.portal
    client.portal.call(both)

    assert len(target.requests) == 1


def test_a_webhook_inside_is_not_called(
    client: TestClient, studio: Studio, admin: Person, wiring: Wiring, target: Target
) -> None:
    subscribe(client, admin, "webhook", target.url, ["show.published"])
    studio.available()
    (waiting,) = deliveries(client, admin)

    assert client.portal
    client.portal.call(deliver_notification, wiring, UUID(waiting["id"]))

    assert target.requests == []
    assert "public internet" in deliveries(client, admin)[0]["failure"]


def test_subscriptions_are_listed_without_their_secret_and_can_be_taken_away(
    client: TestClient, studio: Studio, admin: Person
) -> None:
    made = subscribe(client, admin, "webhook", "https://hooks.example.org/x")
    studio.available()

    listed = client.get("/notifications/subscriptions", headers=admin.headers).json()["items"]
    address = f"/notifications/subscriptions/{made['id']}"
    gone = [client.delete(address, headers=admin.headers).status_code for _ in range(2)]

    assert listed == [{name: value for name, value in made.items() if name != "secret"}]
    assert gone == [204, 404]
    assert deliveries(client, admin) == []


@pytest.mark.parametrize(
    ("channel", "to"),
    [
        ("email", "nobody"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("sms", "0170 1234567"),
        ("webhook", "ftp://example.org/"),
        ("webhook", "https://user:secret@example.org/"),
        ("pigeon", "x"),
    ],
)
def test_a_target_that_does_not_fit_its_channel_is_refused(
    client: TestClient, admin: Person, channel: str, to: str
) -> None:
    given = {"channel": channel, "target": to, "events": ALL}

    answer = client.post("/notifications/subscriptions", json=given, headers=admin.headers)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == ("/channel" if channel == "pigeon" else "/target")


def test_events_that_there_are_not_are_refused_in_words_of_the_api(client: TestClient, admin: Person) -> None:
    given = {"channel": "email", "target": "a@example.org", "events": ["test"]}

    answer = client.post("/notifications/subscriptions", json=given, headers=admin.headers)

    [fault] = answer.json()["errors"]
    assert (answer.status_code, fault["pointer"]) == (422, "/events/0")
    assert fault["detail"].startswith("Input should be 'show.ready_for_review', ")
