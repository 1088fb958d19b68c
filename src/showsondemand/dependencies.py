"""What endpoints ask for: a transaction, the parts of the process, and who is calling."""

from collections.abc import AsyncIterator, Iterable
from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from showsondemand.audit import act_as, come_from
from showsondemand.errors import Forbidden, Unauthenticated
from showsondemand.tokens import ADMINS, EDITORS, REVIEWERS, STAFF, Caller, Role
from showsondemand.wiring import Wiring

_bearer = HTTPBearer(auto_error=False, description="The `accessToken` that signing in answers with.")
_LONGEST_ADDRESS_CHARACTERS = 45


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


class NobodySignedIn(Unauthenticated):
    title = "Nobody is signed in"


class RoleTooLow(Forbidden):
    title = "This account may not do that"


class SessionEnded(Unauthenticated):
    title = "The session has ended"


async def caller_or_none(
    wiring: WiringDep,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    request: Request,
) -> Caller | None:
    """Whoever the bearer token stands for; ``None`` without a token.

    A token that is not valid, or whose session has ended, is refused, never taken for none.
    """
    if given is None:
        return None
    caller = await wiring.identify(wiring.access_tokens.read(given.credentials))
    if caller is None:
        raise SessionEnded
    act_as(caller, _address_of(request, wiring))
    return caller


OptionalCallerDep = Annotated[Caller | None, Depends(caller_or_none)]


async def signed_in(caller: OptionalCallerDep) -> Caller:
    if caller is None:
        raise NobodySignedIn
    return caller


CallerDep = Annotated[Caller, Depends(signed_in)]


async def caller_of(request: Request) -> Caller:
    """Who makes ``request``, for code outside of an endpoint. Raises like ``CallerDep``."""
    return await signed_in(await caller_or_none(wiring_of(request), await _bearer(request), request))


class RoleGate:
    """Lets pass who has one of ``roles``: a stranger gets 401, a role that is too low 403."""

    def __init__(self, roles: Iterable[Role]) -> None:
        self.roles = frozenset(roles)

    async def __call__(self, caller: CallerDep) -> Caller:
        if caller.role not in self.roles:
            raise RoleTooLow
        return caller


_EDITOR, _REVIEWER, _STAFF, _ADMIN = RoleGate(EDITORS), RoleGate(REVIEWERS), RoleGate(STAFF), RoleGate(ADMINS)
# For routes that do not ask who it is that may: `dependencies=[EDITORS_ONLY]`.
EDITORS_ONLY, STAFF_ONLY, ADMINS_ONLY = Depends(_EDITOR), Depends(_STAFF), Depends(_ADMIN)

StaffDep = Annotated[Caller, Depends(_STAFF)]
EditorDep = Annotated[Caller, Depends(_EDITOR)]
ReviewerDep = Annotated[Caller, Depends(_REVIEWER)]
AdminDep = Annotated[Caller, Depends(_ADMIN)]


def client_address(peer: str, forwarded_for: str, trusted_proxies: Iterable[str]) -> str:
    """The address that a request really came from.

    ``X-Forwarded-For`` counts only behind a trusted proxy (an address or network), read from its right end:
    the first entry that is not itself a trusted proxy. Anything else there was written by a stranger.
    """
    networks = [ip_network(proxy, strict=False) for proxy in trusted_proxies]

    def is_trusted(address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in networks)
        except ValueError:
            return False

    address = peer
    for hop in reversed([part.strip() for part in forwarded_for.split(",") if part.strip()]):
        if not is_trusted(address):
            break
        address = hop
    return address[:_LONGEST_ADDRESS_CHARACTERS]


def _address_of(request: Request, wiring: Wiring) -> str:
    peer = request.client.host if request.client else ""
    proxies = wiring.settings.security.trusted_proxies
    return client_address(peer, request.headers.get("x-forwarded-for", ""), proxies) if proxies else peer


async def _address(request: Request, wiring: WiringDep) -> str:
    address = _address_of(request, wiring)
    come_from(address)
    return address


AddressDep = Annotated[str, Depends(_address)]
