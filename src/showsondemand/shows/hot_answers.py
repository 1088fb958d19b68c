"""What lists begin with, and each show by itself, answered in front of all else while they lie in this process.

What every visit begins and goes on with: plain ASGI and bytes that are there already, because routing,
dependencies and middleware would cost many times what the answer does (bench/hot_list.py, bench/api.py). Whatever is
not exactly such a request, or not there at the moment, takes the long way.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uuid6 import uuid7

from showsondemand.cache import Copy
from showsondemand.dependencies import count_known, count_stranger
from showsondemand.errors import Problem
from showsondemand.shows.endpoints import list_headers, show_headers
from showsondemand.shows.paths import ONE_SHOW
from showsondemand.shows.service import LATEST, kept_list, kept_show
from showsondemand.tokens import Caller
from showsondemand.wiring import Wiring

LIST_PATH = "/shows"
_SHOW_PATH = "/shows/"
_NOT_MODIFIED, _OK = 304, 200
_BEARER = b"Bearer "
Header = tuple[bytes, bytes]
Note = Callable[[int, float], None]


@dataclass(frozen=True)
class Surroundings:
    """What the app does around every answer, to be done here as well: headers, a gate for hosts, a count by route."""

    headers: Mapping[str, str]
    is_allowed: Callable[[Scope], bool]
    noting: Callable[[str, str], Note]


@dataclass(frozen=True)
class _Prepared:
    """Everything about one body that is the same for everybody."""

    is_show: bool
    tag: bytes
    whole: list[Header]
    unchanged: list[Header]


class HotAnswers:
    """Answers ``GET /shows`` and ``GET /shows/ID`` out of the cache; passes on what is not there."""

    def __init__(self, app: ASGIApp, *, wiring: Wiring, surroundings: Surroundings) -> None:
        self._app = app
        self._wiring = wiring
        self._surroundings = surroundings
        self._note_list = surroundings.noting("GET", LIST_PATH)
        self._note_show = surroundings.noting("GET", LIST_PATH + ONE_SHOW)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        key = _key_of(scope)
        copy = self._wiring.cache.present(key) if key else None
        if key is None or copy is None or not self._may_have(scope, key):
            await self._app(scope, receive, send)
            return
        began = perf_counter()
        prepared = copy.beside
        if not isinstance(prepared, _Prepared):
            prepared = copy.beside = self._prepare(copy, is_show=scope["path"] != LIST_PATH)
        status = _status(scope["headers"], prepared.tag)
        headers = prepared.whole if status == _OK else prepared.unchanged
        request_id = (b"x-request-id", str(uuid7()).encode())
        start = {"type": "http.response.start", "status": status, "headers": [*headers, request_id]}
        await send(start)
        await send({"type": "http.response.body", "body": copy.body if status == _OK else b""})
        note = self._note_show if prepared.is_show else self._note_list
        note(status, perf_counter() - began)

    def _may_have(self, scope: Scope, key: str) -> bool:
        """Somebody who does not say who they are, or was here a moment ago; staff read a show from the database."""
        if not self._surroundings.is_allowed(scope):
            return False
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        caller = None
        if given:
            if len(given) > 1 or not given[0].startswith(_BEARER):
                return False
            caller = self._known_caller(given[0].removeprefix(_BEARER).decode("latin-1"))
            if caller is None:
                return False
        if key == LATEST:
            return True
        is_of_staff = caller is not None and caller.is_staff and scope["path"] != LIST_PATH
        return not is_of_staff and self._is_within_rate(scope, caller)

    def _known_caller(self, token: str) -> Caller | None:
        """Who holds the token, where nobody need be asked."""
        claims = self._wiring.access_tokens.known(token)
        return None if claims is None else self._wiring.remembered(claims)

    def _is_within_rate(self, scope: Scope, caller: Caller | None) -> bool:
        """Counts the request; one too many is refused on the long way."""
        if self._wiring.rates is None:
            return True
        request = Request(scope)
        try:
            if caller is None:
                count_stranger(request, self._wiring)
            else:
                count_known(request, self._wiring, caller)
        except Problem:
            return False
        return True

    def _prepare(self, copy: Copy, *, is_show: bool) -> _Prepared:
        body = copy.body
        own = show_headers(body) if is_show else list_headers(body, x_cache="hit")
        around = {**self._surroundings.headers, **own}
        common = [(name.lower().encode(), value.encode()) for name, value in around.items()]
        described = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        return _Prepared(is_show, own["ETag"].encode(), [*common, *described], common)


def _key_of(scope: Scope) -> str | None:
    """What would be kept of the answer, if it is one that is; a path that is no show's is the key of nothing."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path: str = scope["path"]
    query_string: bytes = scope["query_string"]
    if path == LIST_PATH:
        return kept_list(query_string) if query_string else LATEST
    if query_string:
        return None
    return kept_show(path.removeprefix(_SHOW_PATH)) if path.startswith(_SHOW_PATH) else None


def _status(headers: list[Header], tag: bytes) -> int:
    """304 for whoever has it: the tag with its quotes stands nowhere but in a list of tags."""
    known = next((value for name, value in headers if name == b"if-none-match"), b"")
    return _NOT_MODIFIED if tag in known or known.strip() == b"*" else _OK
