"""Mail by SMTP."""

import asyncio
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from ipaddress import ip_address
from typing import Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from showsondemand.adapters.notifier.port import Mail, MailDelayed, MailRefused

# For the server to answer at all, and for everything after that. It looks for spam and viruses before it answers for a
# mail, some for a minute: whoever hangs up on it (RFC 5321, 4.5.3.2.6) has the same mail sent again and again.
_GREETING_SECONDS = 25.0
_SECONDS = 150.0
_SMTP_PORT, _SMTPS_PORT = 587, 465
_FIRST_PERMANENT_CODE = 500
# RFC 4954, 6: the account is refused, which is our setting's fault and not the mail's.
_AUTHENTICATION_CODES = frozenset({530, 534, 535, 538})


@dataclass(frozen=True)
class Submission:
    """Where mail is handed in. With a user's name the connection has to be encrypted, but on this machine."""

    host: str
    port: int
    user: str | None
    password: str | None
    encrypted_from_the_start: bool

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Reads ``smtp://user:password@host:587``, or ``smtps://...`` for TLS from the start (RFC 8314)."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("must be smtp://host or smtps://host")
        encrypted = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (_SMTPS_PORT if encrypted else _SMTP_PORT),
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            encrypted_from_the_start=encrypted,
        )

    @property
    def must_be_encrypted(self) -> bool:
        return self.user is not None and not _is_this_machine(self.host)


class SmtpNotifier:
    """Hands each mail to one server, over a connection of its own."""

    def __init__(self, submission: Submission, *, sender: str) -> None:
        self._submission = submission
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """Sends ``mail`` as plain text and HTML. Raises ``MailDelayed`` and ``MailRefused``."""
        server = self._submission
        try:
            async with (
                asyncio.timeout(_GREETING_SECONDS + _SECONDS),
                aiosmtplib.SMTP(
                    hostname=server.host,
                    port=server.port,
                    username=server.user,
                    password=server.password,
                    use_tls=server.encrypted_from_the_start,
                    start_tls=True
                    if server.must_be_encrypted and not server.encrypted_from_the_start
                    else None,
                    timeout=_GREETING_SECONDS,
                ) as client,
            ):
                await client.send_message(self._message(mail), timeout=_SECONDS)
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [refusal.code for refusal in error.recipients]
            raise _failure(min(codes, default=0)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(error.code) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailDelayed(
                f"The mail server cannot be reached, or broke off: {type(error).__name__}."
            ) from error

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        message["Date"] = formatdate(usegmt=True)
        message["Message-ID"] = f"<{mail.id}@{self._sender.rpartition('@')[2].rstrip('>')}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message


def _failure(code: int) -> MailDelayed | MailRefused:
    if code < _FIRST_PERMANENT_CODE or code in _AUTHENTICATION_CODES:
        return MailDelayed(f"The mail server answered {code}.")
    return MailRefused(f"The mail server answered {code}.")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
