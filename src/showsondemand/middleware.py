"""What every request passes: pure ASGI, because three of Starlette's own kind cost more than the rest of the app."""

import re
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uuid6 import uuid7

from showsondemand.errors import Malformed, TooLarge, problem_response

_log = structlog.get_logger(__name__)

MOST_JSON_BYTES = 1024 * 1024
# EventBridge passes events of up to 1 MB on; what is around them takes some more.
MOST_EVENT_BYTES = 2 * 1024 * 1024
# docs/security.md: pictures and captions.
MOST_PICTURE_BYTES = 10 * 1024 * 1024
MOST_CAPTION_BYTES = 2 * 1024 * 1024
_LARGER_BODIES = (
    (re.compile(r"/internal/vod/events"), MOST_EVENT_BYTES),
    (re.compile(r"/shows/[^/]+/poster"), MOST_PICTURE_BYTES),
    (re.compile(r"/shows/[^/]+/captions/[^/]+"), MOST_CAPTION_BYTES),
)
# Films and their parts: written as they come, with limits of their own.
_STREAMED = re.compile(r"POST /ingest/videos|PUT /ingest/uploads/[^/]+/parts/[^/]+")
_QUIET_PATHS = ("/health", "/metrics")

# Pages of the web client and of the documentation bring their own content policy.
_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "no-store",
}
_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"


class BodyTooLarge(TooLarge):
    title = "The body is larger than this address takes"


class HostRefused(Malformed):
    title = "This service does not answer for that host"


def security_headers(*, https: bool) -> dict[str, str]:
    """The headers that every answer has unless it brings its own."""
    return _SECURITY_HEADERS | ({"Strict-Transport-Security": _TRANSPORT_SECURITY} if https else {})


class SecurityHeaders:
    """Adds the headers that an answer does not have yet."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = security_headers(https=https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def host_rule(allowed_hosts: Iterable[str]) -> Callable[[Scope], bool]:
    """Whether a request names one host that is allowed; any one where none are named."""
    allowed = frozenset(host.lower() for host in allowed_hosts)

    def is_allowed(scope: Scope) -> bool:
        hosts = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return False
        return not allowed or hosts[0] in allowed or hosts[0].rpartition(":")[0] in allowed

    return is_allowed


class HostGate:
    """Answers only for the hosts that are allowed; for any host where none are named."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Iterable[str]) -> None:
        self._app = app
        self._is_allowed = host_rule(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._is_allowed(scope):
            await problem_response(HostRefused(), scope["path"])(scope, receive, send)
            return
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is larger than its address takes, by what it says and by what really comes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _STREAMED.fullmatch(f"{scope['method']} {scope['path']}"):
            await self._app(scope, receive, send)
            return
        most = _most_bytes(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared) > most:
            await problem_response(BodyTooLarge(), scope["path"])(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:
                raise BodyTooLarge
            return message

        await self._app(scope, receive_within_limit, send)


def takes_large_body(method: str, path: str) -> bool:
    """Whether a body may come that a slow line needs its time for."""
    return bool(_STREAMED.fullmatch(f"{method} {path}")) or _most_bytes(path) > MOST_JSON_BYTES


def _most_bytes(path: str) -> int:
    """How large the body of a request to ``path`` may be."""
    return next((most for pattern, most in _LARGER_BODIES if pattern.fullmatch(path)), MOST_JSON_BYTES)


class RequestMetrics:
    """How many requests there were and how long they took, by route: the paths themselves would never end."""

    def __init__(self, registry: CollectorRegistry) -> None:
        labels = ("method", "route", "status")
        self._requests = Counter("sod_http_requests", "Requests answered.", labels, registry=registry)
        self._seconds = Histogram(
            "sod_http_request_seconds", "Time to the last byte.", ("method", "route"), registry=registry
        )

        self._connections = Counter(
            "sod_refused_connections",
            "Connections ended before their time, by why.",
            ("reason",),
            registry=registry,
        )

    def refused(self, reason: str) -> None:
        """Notes a connection that no app has seen: too slow, too large, no HTTP, or nobody at its end."""
        self._connections.labels(reason).inc()

    def noting(self, method: str, route: str) -> Callable[[int, float], None]:
        """Notes requests of one route, whose labels are looked up once."""
        time = self._seconds.labels(method, route)
        counters = {status: self._requests.labels(method, route, status) for status in (200, 304)}

        def note(status: int, seconds: float) -> None:
            counters[status].inc()
            time.observe(seconds)

        return note

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "other"
        method = (
            scope["method"]
            if scope["method"] in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
            else "other"
        )
        self._requests.labels(method, route, status).inc()
        self._seconds.labels(method, route).observe(seconds)


class RequestLog:
    """Gives each request an id, logs its end in one line, and counts it. Query strings and grants stay out."""

    def __init__(self, app: ASGIApp, *, metrics: RequestMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(uuid7())
        status = 500
        began = perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                seconds = perf_counter() - began
                self._metrics.note(scope, status, seconds)
                if not scope["path"].startswith(_QUIET_PATHS):
                    _log.info("request", **_line(scope, status, seconds))


def _line(scope: Scope, status: int, seconds: float) -> dict[str, Any]:
    route = getattr(scope.get("route"), "path", None)
    path = scope["path"] if route else "/" + scope["path"].lstrip("/").partition("/")[0]
    return {
        "method": scope["method"],
        "path": path,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
    }
