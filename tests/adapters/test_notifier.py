"""Mail is handed to a server, or shown in the log of whoever has none."""

import pytest
from structlog.testing import capture_logs

from mail_fixtures import MailServer
from showsondemand.adapters.notifier import smtp
from showsondemand.adapters.notifier.log import LogNotifier
from showsondemand.adapters.notifier.port import Mail, MailDelayed, MailRefused
from showsondemand.adapters.notifier.smtp import SmtpNotifier, Submission

MAIL = Mail("1", "mia@example.org", "Hello", "Plain words.\n", "<p>Words.</p>")


async def test_a_server_that_is_not_there_means_later(mail_server: MailServer) -> None:
    nowhere = SmtpNotifier(Submission.from_url("smtp://127.0.0.1:9"), sender="shows@example.org")

    with pytest.raises(MailDelayed):
        await nowhere.send(MAIL)


async def test_a_refusal_for_good_is_told_from_one_for_now(mail_server: MailServer) -> None:
    notifier = SmtpNotifier(Submission.from_url(mail_server.url), sender="shows@example.org")
    mail_server.refusal = "554 Not from you"

    with pytest.raises(MailRefused):
        await notifier.send(MAIL)


async def test_a_server_that_thinks_about_a_mail_for_long_is_not_sent_it_again(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_GREETING_SECONDS", 3.0)
    notifier = SmtpNotifier(Submission.from_url(mail_server.url), sender="shows@example.org")
    mail_server.thinks_seconds = 3.5

    await notifier.send(MAIL)

    assert len(mail_server.kept) == 1


async def test_a_server_that_never_comes_to_an_end_is_left(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "_SECONDS", 0.2)
    notifier = SmtpNotifier(Submission.from_url(mail_server.url), sender="shows@example.org")
    mail_server.thinks_seconds = 2.0

    with pytest.raises(MailDelayed):
        await notifier.send(MAIL)


def test_a_password_is_never_sent_over_an_open_line() -> None:
    abroad = Submission.from_url("smtp://mia:s%40crets@mail.example.org")
    here = Submission.from_url("smtp://mia:secret@127.0.0.1:1025")

    assert (abroad.must_be_encrypted, here.must_be_encrypted) == (True, False)
    assert (abroad.port, abroad.password) == (587, "s@crets")
    assert Submission.from_url("smtps://mail.example.org").port == 465


async def test_without_a_server_links_are_in_the_log_of_a_developer_only() -> None:
    with capture_logs() as lines:
        await LogNotifier(shows_text=True).send(MAIL)
        await LogNotifier(shows_text=False).send(MAIL)

    assert [line.get("text") for line in lines] == ["Plain words.\n", None]
