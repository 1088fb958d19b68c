"""Traces by OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector: requests, jobs, and their statements.

Spans have routes, methods, statuses and statements without their values: nobody's address, name or token. What is
answered in front of all else (``shows/hot_answers.py``) has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from showsondemand.jobs import Handler

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span

    from showsondemand.database import Database

_LONGEST_STATEMENT_CHARACTERS = 500
_SERVER_FAULT = 500


class TracesNotInstalled(Exception):
    """The packages that traces need are an extra, and are not there."""


class Tracing:
    """One process' way to a collector. What cannot be delivered is dropped: traces hold nothing up."""

    def __init__(self, provider: TracerProvider) -> None:
        from opentelemetry import trace  # noqa: PLC0415 - only where traces are made
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
            TraceContextTextMapPropagator,
        )

        self._provider = provider
        self._trace = trace
        self._propagator = TraceContextTextMapPropagator()
        self._tracer = provider.get_tracer("showsondemand")

    def close(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()

    def watch(self, database: Database) -> None:
        """Makes a span of each statement inside of a request or a job."""
        database.observe(self._before_statement, self._after_statement)

    def observed(self, handlers: Mapping[str, Handler]) -> dict[str, Handler]:
        """``handlers``, each in a span."""
        return {name: self._observing(name, handler) for name, handler in handlers.items()}

    def requests(self, app: ASGIApp) -> ASGIApp:
        """``app`` with a span around each request, under the caller's where it names one (``traceparent``)."""

        async def traced(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            span = self._span_of(scope)
            with self._trace.use_span(span, end_on_exit=True), self._named_in_log(span):
                try:
                    await app(scope, receive, self._noting(span, send))
                finally:
                    route = getattr(scope.get("route"), "path", None) or "other"
                    span.update_name(f"{scope['method']} {route}")
                    span.set_attributes({"http.request.method": scope["method"], "http.route": route})

        return traced

    def _span_of(self, scope: Scope) -> Span:
        given = {
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in scope["headers"]
            if name in (b"traceparent", b"tracestate")
        }
        caller = self._propagator.extract(given)
        return self._tracer.start_span(scope["method"], caller, kind=self._trace.SpanKind.SERVER)

    def _named_in_log(self, span: Span) -> AbstractContextManager[object]:
        trace_id = self._trace.format_trace_id(span.get_span_context().trace_id)
        return structlog.contextvars.bound_contextvars(trace_id=trace_id)

    def _noting(self, span: Span, send: Send) -> Send:
        async def send_noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                span.set_attribute("http.response.status_code", message["status"])
                if message["status"] >= _SERVER_FAULT:
                    span.set_status(self._trace.StatusCode.ERROR)
            await send(message)

        return send_noting

    def _observing(self, name: str, handler: Handler) -> Handler:
        async def observed(subject: UUID) -> None:
            with self._tracer.start_as_current_span(f"job {name}", attributes={"job.subject": str(subject)}):
                await handler(subject)

        return observed

    def _before_statement(
        self, _connection: Any, _cursor: Any, statement: str, _values: Any, context: Any, _many: Any
    ) -> None:
        if not self._trace.get_current_span().get_span_context().is_valid:
            return
        context.span = self._tracer.start_span(
            statement.split(maxsplit=1)[0].upper(),
            kind=self._trace.SpanKind.CLIENT,
            attributes={
                "db.system.name": "postgresql",
                "db.query.text": statement[:_LONGEST_STATEMENT_CHARACTERS],
            },
        )

    def _after_statement(
        self, _connection: Any, _cursor: Any, _statement: str, _values: Any, context: Any, _many: Any
    ) -> None:
        span = getattr(context, "span", None)
        if span is not None:
            span.end()


def start_tracing(endpoint: str | None, part: str) -> Tracing | None:
    """Traces of this process, which is called ``part``; none without an ``endpoint``. Raises ``TracesNotInstalled``."""
    if endpoint is None:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise TracesNotInstalled from error
    provider = TracerProvider(
        resource=Resource.create({"service.name": "showsondemand", "service.part": part})
    )
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=1000))
    return Tracing(provider)
