"""Requests that were refused and say something about whoever made them, written down; never without end.

Who asks all the time must not fill the table: of one caller, or of one network where nobody is signed in, and of all
together, only so many are kept a minute.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from fastapi import Request

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.client_addresses import network_of
from showsondemand.dependencies import (
    RoleTooLow,
    ScopeMissing,
    SessionEnded,
    address_of,
    bearer_of,
    caller_of,
    wiring_of,
)
from showsondemand.errors import Invalid, NotFound, Problem, TooManyRequests
from showsondemand.rates import Rate, Rates
from showsondemand.vod_ingest.errors import WebhookKeyRefused

_OF_ONE = Rate("refusals told", a_minute=6, burst=20)
_OF_ALL = Rate("all refusals told", a_minute=60, burst=200)
# More than anybody mistypes; who looks for what might be there asks for hundreds.
_NOT_FOUND = Rate("not found", a_minute=30, burst=60)
_SEARCHING_TOLD = Rate("searching told", a_minute=1, burst=1)
# Nothing else is worth asking who it was: least of all that the database is away.
_TELLING = (RoleTooLow, ScopeMissing, Invalid, WebhookKeyRefused, SessionEnded, NotFound)


@dataclass(frozen=True)
class _Deed:
    """What is written down of a refusal."""

    action: Action
    target: Target | None = None
    details: Mapping[str, object] = field(default_factory=dict)


class Refusals:
    """One a process. Counts in memory: of several processes each tells as much."""

    def __init__(self) -> None:
        self._told = Rates()

    async def write_down(self, request: Request, problem: Problem) -> None:
        """Keeps what the refusal says of the caller. It stands, whether that can be done or not."""
        if not isinstance(problem, _TELLING):
            return
        with suppress(Problem):
            address = address_of(request, wiring_of(request))
            audit.come_from(address)
            subject = await _subject(request, address)
            deed = self._deed(request, problem, subject)
            if deed is None:
                return
            self._told.count(_OF_ONE, f"{deed.action}:{subject}")
            self._told.count(_OF_ALL, deed.action)
            async with wiring_of(request).database.transaction() as session:
                await audit.record(session, deed.action, target=deed.target, details=deed.details)

    def _deed(self, request: Request, problem: Problem, subject: str) -> _Deed | None:
        route = request.scope.get("route")
        asked = {"method": request.method, "route": getattr(route, "path_format", "")}
        if isinstance(problem, RoleTooLow | ScopeMissing):
            return _Deed(Action.TURNED_AWAY, details=asked)
        if isinstance(problem, Invalid):
            return _Deed(Action.INPUT_REFUSED, details=asked | {"faults": len(problem.faults)})
        if isinstance(problem, WebhookKeyRefused):
            return _Deed(Action.EVENT_REFUSED, details={"reason": "the key is another"})
        if isinstance(problem, SessionEnded):
            return _Deed(Action.ENDED_SESSION_USED, target=problem.session)
        if isinstance(problem, NotFound) and self._searches(subject):
            return _Deed(Action.NOTHING_FOUND_AGAIN)
        return None

    def _searches(self, subject: str) -> bool:
        """Whether this is one too many that was not found, and the first such one this minute."""
        try:
            self._told.count(_NOT_FOUND, subject)
        except TooManyRequests:
            self._told.count(_SEARCHING_TOLD, subject)
            return True
        return False


async def _subject(request: Request, address: str) -> str:
    """Who is counted: a session or a key, else the network."""
    if await bearer_of(request) is not None:
        with suppress(Problem):
            caller = await caller_of(request)
            if caller is not None:
                return str(caller.session_id)
    return network_of(address)
