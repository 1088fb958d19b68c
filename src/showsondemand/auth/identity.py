"""Who is behind a token right now: looked up at each request, remembered for a few seconds at most."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from time import monotonic
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.auth import queries
from showsondemand.database import Database
from showsondemand.notices import Notices, send_notice
from showsondemand.tokens import Caller, Claims, Machine, Role, Scope
from showsondemand.users import service as users

_CHANNEL = "showsondemand_sessions"
# docs/security.md: sign-out, role changes and deletion bite within 5 s, even where a notice got lost.
_REMEMBERED_SECONDS = 5.0
_REMEMBERED_AT_MOST = 50_000
_SEEN_EVERY = timedelta(minutes=1)


async def tell_changed_identity(session: AsyncSession, subject: UUID) -> None:
    """Every replica looks a session, or all sessions of a user, up anew once this transaction commits."""
    await send_notice(session, _CHANNEL, str(subject))


class IdentityDirectory:
    """Finds the caller behind an access token's claims. Fails closed: with the database away nobody passes."""

    def __init__(self, database: Database, notices: Notices) -> None:
        self._database = database
        self._known: dict[UUID, tuple[Caller, float]] = {}
        self._machines: dict[bytes, tuple[Caller, float]] = {}
        notices.on(_CHANNEL, self._drop, missed=self.drop_all)

    async def identify(self, claims: Claims) -> Caller | None:
        """The caller; ``None`` when the session has ended, or the account is gone or suspended."""
        remembered = self.remembered(claims)
        if remembered is not None:
            return remembered
        caller = await self._look_up(claims)
        if caller is None:
            self._known.pop(claims.session_id, None)
            return None
        if len(self._known) >= _REMEMBERED_AT_MOST:
            self._known.clear()
        self._known[claims.session_id] = (caller, monotonic() + _REMEMBERED_SECONDS)
        return caller

    def remembered(self, claims: Claims) -> Caller | None:
        """Whom ``identify`` would find without asking the database."""
        known = self._known.get(claims.session_id)
        if known is not None and monotonic() < known[1] and known[0].user_id == claims.user_id:
            return known[0]
        return None

    async def _look_up(self, claims: Claims) -> Caller | None:
        now = datetime.now(UTC)
        async with self._database.transaction() as session:
            found = await queries.live_session(session, claims.session_id, now)
            if found is None or found.user_id != claims.user_id:
                return None
            role = await users.active_role(session, claims.user_id)
            if role is None:
                return None
            if found.last_seen_at < now - _SEEN_EVERY:
                found.last_seen_at = now
            return Caller(user_id=claims.user_id, session_id=claims.session_id, role=role)

    async def identify_machine(self, key: str) -> Caller | None:
        """The machine that holds ``key``; ``None`` when the key is revoked, or its maker is no admin any more."""
        key_hash = hash_of_key(key)
        known = self._machines.get(key_hash)
        if known is not None and monotonic() < known[1]:
            return known[0]
        caller = await self._look_up_machine(key_hash)
        if caller is not None:
            if len(self._machines) >= _REMEMBERED_AT_MOST:
                self._machines.clear()
            self._machines[key_hash] = (caller, monotonic() + _REMEMBERED_SECONDS)
        return caller

    async def _look_up_machine(self, key_hash: bytes) -> Caller | None:
        now = datetime.now(UTC)
        async with self._database.transaction() as session:
            found = await queries.api_key_by_hash(session, key_hash)
            if found is None or await users.active_role(session, found.user_id) is not Role.ADMIN:
                return None
            if found.last_used_at is None or found.last_used_at < now - _SEEN_EVERY:
                found.last_used_at = now
            scopes = frozenset(Scope(scope) for scope in found.scopes)
            return Caller(found.user_id, found.id, role_of_machine(scopes), Machine(found.name, scopes))

    def drop_all(self) -> None:
        self._known.clear()
        self._machines.clear()

    def _drop(self, subject: str) -> None:
        changed = UUID(subject)
        for session_id, (caller, _) in list(self._known.items()):
            if changed in (session_id, caller.user_id):
                del self._known[session_id]
        for key_hash, (caller, _) in list(self._machines.items()):
            if changed in (caller.session_id, caller.user_id):
                del self._machines[key_hash]


def hash_of_key(key: str) -> bytes:
    """What is kept of a key: 256 random bits need no salt and no slow hash."""
    return sha256(key.encode()).digest()


def role_of_machine(scopes: frozenset[Scope]) -> Role:
    """What a machine counts as where the state of a show decides who may change it."""
    if scopes & {Scope.SHOWS_WRITE, Scope.INGEST_WRITE}:
        return Role.EDITOR
    return Role.REVIEWER if Scope.REVIEWS_WRITE in scopes else Role.VIEWER
