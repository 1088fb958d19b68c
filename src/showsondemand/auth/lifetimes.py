"""How long somebody stays signed in: whoever may change what others see, for less long."""

from dataclasses import dataclass
from datetime import timedelta

from showsondemand.tokens import STAFF, Role


@dataclass(frozen=True)
class Lives:
    """How long an access token lasts, a session that nobody refreshes, and a session in all."""

    access: timedelta
    idle: timedelta
    absolute: timedelta


# docs/security.md, tokens
_OF_VIEWERS = Lives(timedelta(minutes=10), timedelta(days=14), timedelta(days=30))
_OF_STAFF = Lives(timedelta(minutes=5), timedelta(hours=12), timedelta(hours=24))


def lives_of(role: Role) -> Lives:
    """By the role as it is now: a session from before somebody joined the staff is measured anew."""
    return _OF_STAFF if role in STAFF else _OF_VIEWERS
