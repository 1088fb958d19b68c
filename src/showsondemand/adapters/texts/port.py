"""What we need of something that carries text messages."""

from typing import Protocol


class TextDelayed(Exception):
    """Nobody took the message now; the same one may be taken later."""


class TextRefused(Exception):
    """The message will never be taken: its number is none, or the account may not send."""


class TextMessenger(Protocol):
    """Carries text messages. Safe to be used by many tasks at once."""

    async def send(self, number: str, words: str) -> None:
        """Sends ``words`` to ``number`` (E.164, such as +491701234567). Raises ``TextDelayed`` and ``TextRefused``.

        Takes at most half a minute. A message whose sending was cut off may have been taken.
        """
