"""Playback grants: a signed part of a URL's path that lets one session fetch one show's media for a while.

In the path, not in a header or cookie: players resolve segments, captions and pictures relative to the manifest,
so each of them carries the grant by itself.
"""

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from showsondemand.shows.errors import GrantRefused
from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text
from showsondemand.tokens import Claims

GRANT_LIFETIME = timedelta(hours=4)  # docs/security.md, tokens
_PURPOSE = "playback"
_BODY = struct.Struct(">16s16s16sI")
_SIGNATURE_BYTES = 16
# A set of media lies under three parts: videos/JOB/ATTEMPT.
_PARTS_OF_A_SET = 3


@dataclass(frozen=True)
class Grant:
    """Who may fetch which show's media until when."""

    show_id: UUID
    claims: Claims
    expires_at: datetime


class Grants:
    """Writes grants into paths and reads them again."""

    def __init__(self, keys: KeyRing) -> None:
        self._key = keys.key(_PURPOSE)

    def write(self, grant: Grant, key: str) -> str:
        """``grant`` as one path part, good for every file of the media set that ``key`` lies in."""
        body = _BODY.pack(
            grant.show_id.bytes,
            grant.claims.user_id.bytes,
            grant.claims.session_id.bytes,
            int(grant.expires_at.timestamp()),
        )
        return to_text(body + signature(self._key, body + media_set(key).encode(), _SIGNATURE_BYTES))

    def read(self, text: str, key: str, now: datetime) -> Grant:
        """The grant in ``text`` for the file ``key``. Raises ``GrantRefused``: forged, expired, another show's."""
        try:
            data = from_text(text)
            body, given = data[: _BODY.size], data[_BODY.size :]
            show_id, user_id, session_id, expires = _BODY.unpack(body)
        except (ValueError, struct.error) as error:
            raise GrantRefused from error
        if not is_signed(self._key, body + media_set(key).encode(), given, _SIGNATURE_BYTES):
            raise GrantRefused
        expires_at = datetime.fromtimestamp(expires, UTC)
        if now >= expires_at:
            raise GrantRefused("The grant has expired: ask for a new one.")
        return Grant(UUID(bytes=show_id), Claims(UUID(bytes=user_id), UUID(bytes=session_id)), expires_at)


def media_set(key: str) -> str:
    """The media set that a file belongs to: the part of its key that a grant is for."""
    return "/".join(key.split("/")[:_PARTS_OF_A_SET])
