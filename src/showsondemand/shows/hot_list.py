"""The latest shows for everybody, answered in front of all else while they lie in this process.

The one request that every visit begins with: plain ASGI and bytes that are there already, because routing,
dependencies and middleware would cost many times what the answer does (bench/hot_list.py). Whatever is not
exactly this request, or not there at the moment, takes the long way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uuid6 import uuid7

from showsondemand.cache import Cache
from showsondemand.shows.endpoints import list_headers
from showsondemand.shows.service import LATEST

PATH = "/shows"
_NOT_MODIFIED, _OK = 304, 200
_BEARER = b"Bearer "
Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class Surroundings:
    """What the app does around every answer, to be done here as well.

    ``is_known`` says of an access token whether the app would take it without asking anybody.
    """

    headers: Mapping[str, str]
    is_allowed: Callable[[Scope], bool]
    is_known: Callable[[str], bool]
    note: Callable[[int, float], None]


@dataclass(frozen=True)
class _Prepared:
    """Everything about one body that is the same for everybody."""

    body: bytes
    tag: bytes
    whole: list[Header]
    unchanged: list[Header]


class HotList:
    """Answers ``GET /shows`` without parameters out of ``cache``; passes everything else on."""

    def __init__(self, app: ASGIApp, *, cache: Cache, surroundings: Surroundings) -> None:
        self._app = app
        self._cache = cache
        self._surroundings = surroundings
        self._prepared: _Prepared | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = self._cache.present(LATEST) if self._is_hot(scope) else None
        if body is None or not self._surroundings.is_allowed(scope):
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        prepared = self._prepared
        if prepared is None or prepared.body is not body:
            prepared = self._prepared = _prepare(body, self._surroundings.headers)
        status = _status(scope["headers"], prepared.tag)
        headers = prepared.whole if status == _OK else prepared.unchanged
        request_id = (b"x-request-id", str(uuid7()).encode())
        start = {"type": "http.response.start", "status": status, "headers": [*headers, request_id]}
        await send(start)
        await send({"type": "http.response.body", "body": body if status == _OK else b""})
        self._surroundings.note(status, perf_counter() - began)

    def _is_hot(self, scope: Scope) -> bool:
        """A plain request of somebody who does not say who they are, or was here a moment ago."""
        if not _is_plain(scope):
            return False
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        return not given or (
            len(given) == 1
            and given[0].startswith(_BEARER)
            and self._surroundings.is_known(given[0].removeprefix(_BEARER).decode("latin-1"))
        )


def _is_plain(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["path"] == PATH
        and scope["method"] == "GET"
        and not scope["query_string"]
    )


def _status(headers: list[Header], tag: bytes) -> int:
    """304 for whoever has it: the tag with its quotes stands nowhere but in a list of tags."""
    known = next((value for name, value in headers if name == b"if-none-match"), b"")
    return _NOT_MODIFIED if tag in known or known.strip() == b"*" else _OK


def _prepare(body: bytes, around: Mapping[str, str]) -> _Prepared:
    own: dict[str, Any] = list_headers(body, x_cache="hit")
    common = [(name.lower().encode(), value.encode()) for name, value in {**around, **own}.items()]
    described = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return _Prepared(body, own["ETag"].encode(), [*common, *described], common)
