"""Access tokens and who is calling: the one importer of python-jose, kept on a short leash.

python-jose takes tokens without ``exp`` or ``aud``, and raises ``RecursionError``, ``TypeError`` or
``OverflowError`` on crafted ones: so the length is bounded first, every claim is required, and whatever goes
wrong is one and the same refusal.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from jose import jwt
from uuid6 import uuid7

from showsondemand.errors import Unauthenticated

ACCESS_SECONDS = 600
LONGEST_TOKEN_CHARACTERS = 4096
_ISSUER = "showsondemand"
_AUDIENCE = "showsondemand"
_ALGORITHM = "HS256"
_TYPE = "access"
_REQUIRED = ("iss", "aud", "sub", "sid", "jti", "iat", "exp")


class Role(StrEnum):
    """What an account may do: ``viewer`` watches, the others stand in ``admin_users``."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


STAFF = frozenset({Role.REVIEWER, Role.EDITOR, Role.ADMIN})
EDITORS = frozenset({Role.EDITOR, Role.ADMIN})
REVIEWERS = frozenset({Role.REVIEWER, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})


@dataclass(frozen=True)
class Claims:
    """What a valid access token says: whose it is and which session it belongs to."""

    user_id: UUID
    session_id: UUID


@dataclass(frozen=True)
class Caller:
    """The account that makes a request, as it stands now, not as it stood when its token was made."""

    user_id: UUID
    session_id: UUID
    role: Role
    name: str = field(default="", compare=False)

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


Identify = Callable[[Claims], Awaitable[Caller | None]]


class TokenRefused(Unauthenticated):
    title = "The access token is not valid"


class AccessTokens:
    """Makes access tokens and reads them, with one algorithm and one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def issue(self, claims: Claims, *, now: datetime | None = None) -> str:
        """A token for ``claims`` that is valid for ``ACCESS_SECONDS``."""
        issued_at = now or datetime.now(UTC)
        return jwt.encode(
            {
                "iss": _ISSUER,
                "aud": _AUDIENCE,
                "sub": str(claims.user_id),
                "sid": str(claims.session_id),
                "jti": str(uuid7()),
                "iat": issued_at,
                "exp": issued_at + timedelta(seconds=ACCESS_SECONDS),
                "typ": _TYPE,
            },
            self._key,
            algorithm=_ALGORITHM,
        )

    def read(self, token: str) -> Claims:
        """The claims of ``token``. Raises ``TokenRefused`` for whatever is not exactly one of ours, in date."""
        if len(token) > LONGEST_TOKEN_CHARACTERS or token.count(".") != 2:  # noqa: PLR2004 - a JWS has three parts
            raise TokenRefused
        try:
            claims = self._decode(token)
            kind, user_id, session_id = claims["typ"], UUID(claims["sub"]), UUID(claims["sid"])
        except Exception as error:
            raise TokenRefused from error
        if kind != _TYPE:
            raise TokenRefused
        return Claims(user_id=user_id, session_id=session_id)

    def _decode(self, token: str) -> Mapping[str, Any]:
        required = {f"require_{claim}": True for claim in _REQUIRED if claim != "sid"}
        return jwt.decode(
            token,
            self._key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options=required,
        )
