"""Mail as lines of the log, for a machine of one's own without a mail server."""

import structlog

from showsondemand.adapters.notifier.port import Mail

_log = structlog.get_logger(__name__)


class LogNotifier:
    """Writes mails to the log. ``shows_text`` only where whoever reads the log may open every link in it."""

    def __init__(self, *, shows_text: bool) -> None:
        self._shows_text = shows_text

    async def send(self, mail: Mail) -> None:
        """Says what would have been sent, and that SMTP_URL would send it."""
        if self._shows_text:
            _log.info("mail", recipient=mail.recipient, subject=mail.subject, text=mail.text)
        else:
            _log.warning("mail not sent: SMTP_URL names no server", mail=mail.id)
