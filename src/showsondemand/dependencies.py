"""What endpoints ask for: a transaction, the parts of the process, and who is calling."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2PasswordBearer
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.audit import Target, act_as, come_from
from showsondemand.client_addresses import client_address, network_of
from showsondemand.errors import Forbidden, Unauthenticated
from showsondemand.rates import rate_of
from showsondemand.reader_language import best_language, read_in
from showsondemand.tokens import ADMINS, EDITORS, REVIEWERS, STAFF, Caller, Role, Scope, TokenRefused
from showsondemand.wiring import Wiring

_bearer = HTTPBearer(
    auto_error=False, description="The `accessToken` that signing in answers with, or a key (`sod_...`)."
)
# Only said in the documentation, where it makes the Authorize button ask for an e-mail address and a password.
_password_form = OAuth2PasswordBearer(tokenUrl="/auth/token", auto_error=False)
KEY_PREFIX = "sod_"


def wiring_of(request: Request) -> Wiring:
    wiring: Wiring = request.app.state.wiring
    return wiring


async def _wiring(request: Request) -> Wiring:
    return wiring_of(request)


WiringDep = Annotated[Wiring, Depends(_wiring)]


async def _transaction(wiring: WiringDep) -> AsyncIterator[AsyncSession]:
    async with wiring.database.transaction() as session:
        yield session


# scope="function": committed before the answer goes out, so that 201 means that it is there.
SessionDep = Annotated[AsyncSession, Depends(_transaction, scope="function")]


async def _reading(wiring: WiringDep) -> AsyncIterator[AsyncSession]:
    async with wiring.database.reading() as session:
        yield session


# For what changes nothing: no transaction is begun and committed around its statements.
ReadSessionDep = Annotated[AsyncSession, Depends(_reading, scope="function")]


class NobodySignedIn(Unauthenticated):
    title = "Nobody is signed in"


class RoleTooLow(Forbidden):
    title = "This account may not do that"


class ScopeMissing(Forbidden):
    title = "The key may not do that"


class SessionEnded(Unauthenticated):
    """``session`` says which, for the trail of what happened; the answer says no more than the title."""

    title = "The session has ended"

    def __init__(self, session: Target) -> None:
        super().__init__()
        self.session = session


async def caller_or_none(
    wiring: WiringDep,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    request: Request,
    _form: Annotated[str | None, Depends(_password_form)] = None,
) -> Caller | None:
    """Whoever the bearer token stands for; ``None`` without a token. Counts the request.

    A token that is not valid, or whose session has ended, is refused, never taken for none.
    """
    if given is None:
        count_stranger(request, wiring)
        return None
    try:
        caller = await _known_caller(given, wiring, request)
    except Unauthenticated:
        count_stranger(request, wiring)
        raise
    count_known(request, wiring, caller)
    return caller


async def _known_caller(given: HTTPAuthorizationCredentials, wiring: Wiring, request: Request) -> Caller:
    caller = await _who_holds(given.credentials, wiring)
    act_as(caller, address_of(request, wiring))
    return caller


def count_known(request: Request, wiring: Wiring, caller: Caller) -> None:
    """Counts a request of somebody who is signed in, or a machine. Raises ``TooManyAsked``."""
    # Each key of a machine counts for itself, whoever made it.
    subject = caller.session_id if caller.machine is not None else caller.user_id
    _count(request, wiring, str(subject), is_known=True)


def count_stranger(request: Request, wiring: Wiring) -> None:
    """Counts a request of somebody who does not say who they are. Raises ``TooManyAsked``."""
    _count(request, wiring, network_of(address_of(request, wiring)), is_known=False)


def _count(request: Request, wiring: Wiring, subject: str, *, is_known: bool) -> None:
    if wiring.rates is not None:
        is_search = "q" in request.query_params
        wiring.rates.count(rate_of(request.method, is_search=is_search, is_known=is_known), subject)


async def _counted(wiring: WiringDep, request: Request) -> None:
    if wiring.rates is not None:
        with suppress(Unauthenticated):
            await caller_or_none(wiring, await _bearer(request), request)


# For routes that anybody may ask, with whatever token.
COUNTED = Depends(_counted)


async def _who_holds(credentials: str, wiring: Wiring) -> Caller:
    if credentials.startswith(KEY_PREFIX):
        machine = await wiring.identify_machine(credentials)
        if machine is None:
            raise TokenRefused
        return machine
    claims = wiring.access_tokens.read(credentials)
    caller = await wiring.identify(claims)
    if caller is None:
        raise SessionEnded(Target("session", claims.session_id))
    return caller


OptionalCallerDep = Annotated[Caller | None, Depends(caller_or_none)]


async def signed_in(caller: OptionalCallerDep) -> Caller:
    """Whoever is signed in. Raises ``ScopeMissing`` for machines: what asks for no role is for people."""
    if caller is None:
        raise NobodySignedIn
    if caller.machine is not None:
        raise ScopeMissing("No scope opens this: it is for people.")
    return caller


CallerDep = Annotated[Caller, Depends(signed_in)]


async def bearer_of(request: Request) -> HTTPAuthorizationCredentials | None:
    """The token or key that came with ``request``, whatever it is worth."""
    return await _bearer(request)


async def caller_of(request: Request) -> Caller | None:
    """Who makes ``request``, for code outside of an endpoint; it is not counted once more."""
    given = await _bearer(request)
    return None if given is None else await _known_caller(given, wiring_of(request), request)


class RoleGate:
    """Lets pass people with one of ``roles`` and machines with one of ``scopes``.

    A stranger gets 401, a role that is too low and a key without the scope 403.
    """

    def __init__(self, roles: Iterable[Role], *scopes: Scope) -> None:
        self.roles = frozenset(roles)
        self.scopes = frozenset(scopes)

    async def __call__(self, caller: OptionalCallerDep) -> Caller:
        if caller is None:
            raise NobodySignedIn
        if caller.machine is not None:
            if not caller.machine.scopes & self.scopes:
                raise ScopeMissing(self._scopes_in_words())
        elif caller.role not in self.roles:
            raise RoleTooLow
        return caller

    def _scopes_in_words(self) -> str:
        if not self.scopes:
            return "No scope opens this: it is for people."
        return f"This takes a key with the scope {' or '.join(sorted(self.scopes))}."


_EDITOR = RoleGate(EDITORS, Scope.SHOWS_WRITE)
_INGESTER = RoleGate(EDITORS, Scope.INGEST_WRITE)
_REVIEWER = RoleGate(REVIEWERS, Scope.REVIEWS_WRITE)
_STAFF = RoleGate(STAFF)
_INGEST_WATCHER = RoleGate(STAFF, Scope.INGEST_WRITE)
_REVIEWS_READER = RoleGate(STAFF, Scope.REVIEWS_WRITE)
_ADMIN = RoleGate(ADMINS)
# For routes that do not ask who it is that may: `dependencies=[EDITORS_ONLY]`.
EDITORS_ONLY, STAFF_ONLY, ADMINS_ONLY = Depends(_EDITOR), Depends(_STAFF), Depends(_ADMIN)
INGESTERS_ONLY, INGEST_WATCHERS_ONLY = Depends(_INGESTER), Depends(_INGEST_WATCHER)

StaffDep = Annotated[Caller, Depends(_STAFF)]
EditorDep = Annotated[Caller, Depends(_EDITOR)]
IngesterDep = Annotated[Caller, Depends(_INGESTER)]
IngestWatcherDep = Annotated[Caller, Depends(_INGEST_WATCHER)]
ReviewsReaderDep = Annotated[Caller, Depends(_REVIEWS_READER)]
ReviewerDep = Annotated[Caller, Depends(_REVIEWER)]
AdminDep = Annotated[Caller, Depends(_ADMIN)]


def address_of(request: Request, wiring: Wiring) -> str:
    """Where ``request`` comes from: the peer, or who a proxy of ours says that it asks for."""
    peer = request.client.host if request.client else ""
    proxies = wiring.settings.security.trusted_proxies
    return client_address(peer, request.headers.get("x-forwarded-for", ""), proxies) if proxies else peer


async def _address(request: Request, wiring: WiringDep) -> str:
    address = address_of(request, wiring)
    come_from(address)
    return address


AddressDep = Annotated[str, Depends(_address)]


async def _readers_language(
    accept_language: Annotated[
        str | None,
        Header(
            description="What people are sent because of this is in the best of `en` and `de`, else in `en`."
        ),
    ] = None,
) -> None:
    read_in(best_language(accept_language or ""))


# For routes that have people written to: `dependencies=[WRITES_TO_PEOPLE]`.
WRITES_TO_PEOPLE = Depends(_readers_language)
