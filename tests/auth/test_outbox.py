"""Mails go out of the outbox once, and wait while the mail server is away."""

from fastapi.testclient import TestClient
from sqlalchemy import update

from mail_fixtures import MailServer, Outbox
from people import People
from showsondemand.auth.jobs import pause_after
from showsondemand.auth.mail_models import OutgoingMail


def test_a_mail_is_sent_once_however_often_its_job_runs(
    people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    people.viewer()

    for _ in range(3):
        outbox.empty()

    assert len(mail_server.kept) == 1


def test_what_somebody_else_is_sending_is_left_to_them(
    client: TestClient, people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    people.viewer()
    (mail,) = outbox.all_mails()

    async def hold() -> None:
        async with outbox.wiring.database.transaction() as session:
            await session.execute(update(OutgoingMail).values(held_until=mail.created_at.replace(year=2999)))

    assert client.portal
    client.portal.call(hold)

    outbox.empty()

    assert mail_server.kept == []


def test_nothing_is_lost_while_the_mail_server_is_away(
    people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    people.viewer()
    mail_server.refusal = "451 Later, please"
    outbox.empty()
    (delayed,) = outbox.all_mails()

    mail_server.refusal = None
    outbox.empty()

    assert (delayed.sent_at, delayed.attempts, delayed.failure) == (None, 1, "The mail server answered 451.")
    assert len(mail_server.kept) == 1


def test_a_mail_that_will_never_be_taken_is_given_up(
    people: People, outbox: Outbox, mail_server: MailServer
) -> None:
    people.viewer()
    mail_server.refusal = "550 No such mailbox"
    outbox.empty()

    mail_server.refusal = None
    outbox.empty()

    assert mail_server.kept == []
    assert [mail.given_up_at is not None for mail in outbox.all_mails()] == [True]


def test_the_pause_before_another_attempt_doubles_up_to_an_hour() -> None:
    pauses = [
        pause_after(OutgoingMail(attempts=attempts)).total_seconds() for attempts in (1, 2, 3, 9, 10, 500)
    ]

    assert pauses == [10, 20, 40, 2560, 3600, 3600]
