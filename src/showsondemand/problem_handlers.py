"""Turns whatever is raised into problem+json, without a word of what was sent or of how we are made."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match, Mount

from showsondemand.database import DatabaseAway, is_unavailable
from showsondemand.dependencies import RoleGate, caller_of, signed_in
from showsondemand.errors import (
    Conflict,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Problem,
    TooLarge,
    Unauthenticated,
    problem_response,
)
from showsondemand.field_faults import field_fault
from showsondemand.refusals import Refusals

_log = structlog.get_logger(__name__)
_BODY = "body"


class NotValid(Invalid):
    title = "Some fields are not as they should be"


class NotReadable(Malformed):
    title = "The request cannot be read"


class NothingHere(NotFound):
    title = "There is nothing at this address"


class MethodRefused(Problem):
    status = 405
    title = "This address does not take that method"


class RacedWithAnother(Conflict):
    title = "Somebody else changed the same thing at this moment: try again"


class InternalFault(Problem):
    status = 500
    title = "Something went wrong on our side"


_BY_STATUS: dict[int, type[Problem]] = {
    400: NotReadable,
    401: Unauthenticated,
    403: Forbidden,
    404: NothingHere,
    405: MethodRefused,
    413: TooLarge,
}


def install_problem_handlers(app: FastAPI) -> None:
    """Has every error of ``app`` answered as a problem."""
    app.state.refusals = Refusals()
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        Problem: _problem,
        HTTPException: _http_exception,
        RequestValidationError: _validation_error,
        DBAPIError: _database_error,
        StaleDataError: _raced,
        ClientDisconnect: _hung_up,
        Exception: _anything_else,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _problem(request: Request, problem: Problem) -> Response:
    await request.app.state.refusals.write_down(request, problem)
    return problem_response(problem, request.scope["path"])


async def _http_exception(request: Request, error: HTTPException) -> Response:
    if error.status_code == NotReadable.status:
        try:
            await _refuse_at_the_gate(request)
        except Problem as refusal:
            return await _problem(request, refusal)
    if isinstance(error.__cause__, Problem):  # FastAPI wraps what is raised while it reads a body
        return await _problem(request, error.__cause__)
    if error.status_code in (NothingHere.status, MethodRefused.status):
        methods = _methods_at(request)
        if methods and request.method not in methods:
            return await _problem(request, MethodRefused(headers={"Allow": ", ".join(methods)}))
    kind = _BY_STATUS.get(error.status_code, NotReadable if error.status_code < 500 else InternalFault)  # noqa: PLR2004
    return await _problem(request, kind(headers=error.headers))


def _methods_at(request: Request) -> list[str]:
    """What the routes of the API take at this path; the web client, which takes every path, is none of them."""
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    return [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _validation_error(request: Request, error: RequestValidationError) -> Response:
    """422 with a pointer to each fault; a stranger is turned away first, whatever the body looks like."""
    try:
        await _refuse_at_the_gate(request)
    except Problem as problem:
        return await _problem(request, problem)
    faults = [field_fault(_pointer(found["loc"]), found) for found in error.errors()]
    return await _problem(request, NotValid(faults=faults))


async def _refuse_at_the_gate(request: Request) -> None:
    """Raises what the route's own gate would have raised, had the body been readable."""
    route = request.scope.get("route")
    gates = gates_of(route) if isinstance(route, APIRoute) else []
    if not gates:
        return
    caller = await caller_of(request)
    for gate in gates:
        await gate(caller)


def gates_of(route: APIRoute) -> list[Any]:
    """The dependencies that turn strangers away."""
    return [
        call for call in _dependency_calls(route.dependant) if call is signed_in or isinstance(call, RoleGate)
    ]


def _dependency_calls(dependant: Any) -> list[Any]:
    return [
        call
        for each in dependant.dependencies
        for call in (each.call, *_dependency_calls(each))
        if call is not None
    ]


def _pointer(location: tuple[int | str, ...]) -> str:
    """``("body", "series", "title")`` as ``/series/title``; a query parameter as ``/query/limit``."""
    parts = location[1:] if location and location[0] == _BODY else location
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


async def _database_error(request: Request, error: DBAPIError) -> Response:
    if is_unavailable(error):
        return await _problem(request, DatabaseAway())
    if isinstance(error, IntegrityError):
        return await _problem(request, RacedWithAnother())
    return await _anything_else(request, error)


async def _raced(request: Request, _error: StaleDataError) -> Response:
    return await _problem(request, RacedWithAnother())


async def _hung_up(request: Request, _error: ClientDisconnect) -> Response:
    """Nobody is there to read this; but it is no fault of ours, and is not logged as one."""
    return await _problem(request, NotReadable("The body ended before its end."))


async def _anything_else(request: Request, error: Exception) -> Response:
    _log.error("unexpected error", exc_info=error)
    return await _problem(request, InternalFault())
