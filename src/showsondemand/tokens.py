"""Access tokens and who is calling: the one importer of python-jose, kept on a short leash.

python-jose takes tokens without ``exp`` or ``aud``, and raises ``RecursionError``, ``TypeError`` or
``OverflowError`` on crafted ones: so the length is bounded first, every claim is required, and whatever goes
wrong is one and the same refusal.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from time import time
from typing import Any
from uuid import UUID

from jose import jwk, jws, jwt
from uuid6 import uuid7

from showsondemand.errors import Unauthenticated
from showsondemand.token_keys import TokenKey

LONGEST_LIFE = timedelta(minutes=10)
LONGEST_TOKEN_CHARACTERS = 4096
_ISSUER = "showsondemand"
_AUDIENCE = "showsondemand"
_TYPE = "access"
_REQUIRED = ("iss", "aud", "sub", "jti", "iat", "exp")
_CHECKED_AT_MOST = 10_000


class Role(StrEnum):
    """What an account may do: ``viewer`` watches, the others stand in ``admin_users``."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Scope(StrEnum):
    """What a key for a machine may do."""

    SHOWS_READ = "shows:read"
    SHOWS_WRITE = "shows:write"
    REVIEWS_WRITE = "reviews:write"
    INGEST_WRITE = "ingest:write"


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
class Machine:
    """A program that calls with a key: the name that people know it by, and what it may do."""

    name: str
    scopes: frozenset[Scope]


@dataclass(frozen=True)
class Caller:
    """The account that makes a request, as it stands now, not as it stood when its token was made.

    With a ``machine`` it is not the person who calls: the account is the one of the admin who made the key,
    ``session_id`` is the key's id, and what may be done is what the scopes say, whatever the ``role``.
    """

    user_id: UUID
    session_id: UUID
    role: Role
    machine: Machine | None = None

    @property
    def is_staff(self) -> bool:
        """Whether shows may be seen that are not available."""
        if self.machine is not None:
            return bool(self.machine.scopes & {Scope.SHOWS_READ, Scope.REVIEWS_WRITE})
        return self.role in STAFF


Identify = Callable[[Claims], Awaitable[Caller | None]]
IdentifyMachine = Callable[[str], Awaitable[Caller | None]]


class TokenRefused(Unauthenticated):
    title = "The access token is not valid"


class AccessTokens:
    """Makes access tokens with the first of its keys, and reads those of all of them.

    A token that was good once is known until it expires, so that a signature is checked once a token and not
    once a request.
    """

    def __init__(self, *keys: TokenKey) -> None:
        self._signing = keys[0]
        self._secret = jwk.construct(keys[0].signing_key, keys[0].algorithm.value)
        self._keys = {key.id: (key, jwk.construct(key.verifying_key, key.algorithm.value)) for key in keys}
        self._checked: dict[str, tuple[Claims, float]] = {}
        self.public_keys = [key.public for key in keys if key.public is not None]

    def issue(self, claims: Claims, *, life: timedelta = LONGEST_LIFE, now: datetime | None = None) -> str:
        """A token for ``claims`` that is valid for as long as ``life`` says."""
        issued_at = now or datetime.now(UTC)
        return jwt.encode(
            {
                "iss": _ISSUER,
                "aud": _AUDIENCE,
                "sub": str(claims.user_id),
                "sid": str(claims.session_id),
                "jti": str(uuid7()),
                "iat": issued_at,
                "exp": issued_at + life,
                "typ": _TYPE,
            },
            self._secret,
            algorithm=self._signing.algorithm.value,
            headers={"kid": self._signing.id},
        )

    def read(self, token: str) -> Claims:
        """The claims of ``token``. Raises ``TokenRefused`` for whatever is not exactly one of ours, in date."""
        known = self.known(token)
        if known is not None:
            return known
        if len(token) > LONGEST_TOKEN_CHARACTERS or token.count(".") != 2:  # noqa: PLR2004 - a JWS has three parts
            raise TokenRefused
        try:
            given = self._decode(token)
            claims = Claims(user_id=UUID(given["sub"]), session_id=UUID(given["sid"]))
            kind, expires_at = given["typ"], float(given["exp"])
        except Exception as error:
            raise TokenRefused from error
        if kind != _TYPE:
            raise TokenRefused
        if len(self._checked) >= _CHECKED_AT_MOST:
            self._checked.clear()
        self._checked[token] = (claims, expires_at)
        return claims

    def known(self, token: str) -> Claims | None:
        """The claims of a token that was read before and is in date; ``None`` says nothing about it."""
        known = self._checked.get(token)
        return known[0] if known is not None and time() < known[1] else None

    def _decode(self, token: str) -> Mapping[str, Any]:
        key, verifying = self._keys[jws.get_unverified_header(token)["kid"]]
        return jwt.decode(
            token,
            verifying,
            algorithms=[key.algorithm.value],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={f"require_{claim}": True for claim in _REQUIRED},
        )
