"""A real mail server in the test's process, which keeps what it is given, and the outbox emptied into it."""

import asyncio
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from fastapi.testclient import TestClient
from sqlalchemy import select

from showsondemand.adapters.notifier.smtp import SmtpNotifier, Submission
from showsondemand.auth.jobs import send_mail
from showsondemand.auth.mail_models import OutgoingMail
from showsondemand.wiring import Wiring


@dataclass
class MailServer:
    """Answers ``refusal`` to every mail while there is one, after ``thinks_seconds``."""

    port: int
    refusal: str | None = None
    thinks_seconds: float = 0.0
    kept: list[EmailMessage] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 - as aiosmtpd calls it
        await asyncio.sleep(self.thinks_seconds)
        if self.refusal is not None:
            return self.refusal
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.kept.append(message)
        return "250 Kept"

    def about(self, words: str) -> list[EmailMessage]:
        """The mails whose subject has ``words`` in it."""
        return [message for message in self.kept if words in message["Subject"]]


class Outbox:
    """Sends what lies in the outbox, as the worker would."""

    def __init__(self, client: TestClient, wiring: Wiring, server: MailServer) -> None:
        self._client = client
        self._server = server
        notifier = SmtpNotifier(Submission.from_url(server.url), sender="Shows <shows@example.org>")
        self.wiring = replace(wiring, notifier=notifier)

    def empty(self) -> None:
        assert self._client.portal
        self._client.portal.call(self._send_all)

    async def _send_all(self) -> None:
        for mail in await self.mails():
            await send_mail(self.wiring, mail.id)

    async def mails(self) -> list[OutgoingMail]:
        async with self.wiring.database.transaction() as session:
            return list(await session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    def all_mails(self) -> list[OutgoingMail]:
        assert self._client.portal
        return self._client.portal.call(self.mails)

    def token(self, subject: str) -> str:
        """The token of the newest link in a mail about ``subject``."""
        self.empty()
        body = self._server.about(subject)[-1].get_body(("plain",))
        assert body
        found = re.search(r"\?token=([\w-]+)", body.get_content())
        assert found
        return found[1]


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = MailServer(probe.getsockname()[1])
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@pytest.fixture
def outbox(client: TestClient, wiring: Wiring, mail_server: MailServer) -> Outbox:
    return Outbox(client, wiring, mail_server)
