"""Refresh tokens: which session, which generation, and a signature nobody else can make.

A session has one current generation. Using its token moves the session on to the next; the token before it is
taken for another minute, as long as its successor has not been used, and gives that same successor: so an
answer that was lost, or twenty tabs at once, sign nobody out. Anything older is a copy in wrong hands.
"""

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from showsondemand.auth.lifetimes import Lives
from showsondemand.auth.models import SignInSession
from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text

# docs/security.md, tokens
GRACE = timedelta(seconds=60)
SEED_BYTES = 32
_PURPOSE = "refresh"
_BODY = struct.Struct(">16sI")


class Use(Enum):
    """What presenting a token means."""

    RENEWS = auto()
    REPEATS = auto()
    IS_REUSE = auto()
    IS_VOID = auto()


@dataclass(frozen=True)
class RefreshToken:
    session_id: UUID
    generation: int
    given_signature: bytes

    @property
    def body(self) -> bytes:
        return _BODY.pack(self.session_id.bytes, self.generation)


def read_refresh_token(text: str) -> RefreshToken | None:
    """The parts of a token, not yet checked; ``None`` when it cannot be one of ours."""
    try:
        data = from_text(text)
        session_id, generation = _BODY.unpack(data[: _BODY.size])
    except (ValueError, struct.error):
        return None
    return RefreshToken(UUID(bytes=session_id), generation, data[_BODY.size :])


def current_refresh_token(keys: KeyRing, session: SignInSession) -> str:
    """The token of the session's present generation: the same each time it is asked for."""
    body = _BODY.pack(session.id.bytes, session.refresh_generation)
    return to_text(body + signature(keys.key(_PURPOSE), body + session.refresh_seed))


def use_of(keys: KeyRing, token: RefreshToken, session: SignInSession, lives: Lives, now: datetime) -> Use:
    """What it means that ``token`` is presented for ``session``, whose account has these ``lives``."""
    if not is_signed(keys.key(_PURPOSE), token.body + session.refresh_seed, token.given_signature):
        return Use.IS_VOID
    ends_at = min(session.expires_at, session.created_at + lives.absolute, session.refreshed_at + lives.idle)
    if session.ended_at or now >= ends_at:
        return Use.IS_VOID
    if token.generation == session.refresh_generation:
        return Use.RENEWS
    if token.generation == session.refresh_generation - 1 and now < session.refreshed_at + GRACE:
        return Use.REPEATS
    return Use.IS_REUSE
