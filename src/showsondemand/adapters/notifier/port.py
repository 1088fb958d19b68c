"""What we need of something that carries mail."""

from dataclasses import dataclass
from typing import Protocol


class MailDelayed(Exception):
    """Nobody took the mail now; the same mail may be taken later."""


class MailRefused(Exception):
    """The mail will never be taken: its address is none, or the server wants no mail from us."""


@dataclass(frozen=True)
class Mail:
    """One mail to one person, in both forms. ``id`` stays the same however often it is sent.

    ``subject`` and ``recipient`` hold no line breaks.
    """

    id: str
    recipient: str
    subject: str
    text: str
    html: str


class Notifier(Protocol):
    """Carries mail. Safe to be used by many tasks at once."""

    async def send(self, mail: Mail) -> None:
        """Returns once somebody else answers for ``mail``. Raises ``MailDelayed`` and ``MailRefused``.

        Takes at most three minutes. A mail whose sending was cut off may have been taken: the server that gets
        it twice can tell by its ``id``.
        """
