"""What the API says of itself: FastAPI's own document, and what every address may answer besides."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from showsondemand.connections import AddressTooLong, HeadTooLarge, RequestTooSlow
from showsondemand.database import DatabaseAway
from showsondemand.errors import PROBLEM_SCHEMA, Problem, problems
from showsondemand.middleware import BodyTooLarge
from showsondemand.problem_handlers import NotReadable, NotValid, gates_of
from showsondemand.rates import TooManyAsked

_EVERYWHERE = (NotReadable, RequestTooSlow, AddressTooLong, TooManyAsked, HeadTooLarge, DatabaseAway)
_WITH_A_BODY = (BodyTooLarge, NotValid)
_BARE_VALIDATION = "#/components/schemas/HTTPValidationError"


def describe(app: FastAPI) -> None:
    """Has ``app`` answer with the whole truth on ``/openapi.json``."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _described(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    components = document["components"]
    components["responses"] = {
        kind.name(): problems(kind)[kind.status] for kind in (*_EVERYWHERE, *_WITH_A_BODY)
    }
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["schemas"]["Problem"] = PROBLEM_SCHEMA
    for operation in _operations(document):
        _complete(operation)
    for operation in _open_ones(app, document):
        operation["security"] = [{}, *operation["security"]]
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for methods in document["paths"].values():
        yield from methods.values()


def _complete(operation: dict[str, Any]) -> None:
    """Adds the answers that no endpoint gives itself, where it does not tell of the status already."""
    answers = operation["responses"]
    if _BARE_VALIDATION in str(answers.get("422")):
        answers["422"] = _reference(NotValid)
    for kind in (*_EVERYWHERE, *(_WITH_A_BODY if "requestBody" in operation else ())):
        answers.setdefault(str(kind.status), _reference(kind))


def _reference(kind: type[Problem]) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{kind.name()}"}


def _open_ones(app: FastAPI, document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Operations that take a token and do without: FastAPI says of them that they need one."""
    closed = {route.operation_id or route.name for route in _api_routes(app.routes) if gates_of(route)}
    for operation in _operations(document):
        if operation.get("security") and operation["operationId"] not in closed:
            yield operation


def _api_routes(routes: Any) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from _api_routes(route.original_router.routes)
