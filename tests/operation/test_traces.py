"""Traces reach a collector, hang together, and hold nothing that somebody has sent."""

import asyncio
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from showsondemand.app import create_app
from showsondemand.tracing import Tracing, start_tracing
from showsondemand.wiring import Wiring

CALLER = "4bf92f3577b34da6a3ce929d0e0e4736"

if not find_spec("opentelemetry.exporter") and not os.environ.get("CI"):
    pytest.skip("traces are an extra that is not installed", allow_module_level=True)


class Collector(ThreadingHTTPServer):
    """Takes OTLP over HTTP, as any collector does."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def spans(self) -> list["Span"]:  # type: ignore[name-defined]  # noqa: F821 - of a package without types
        from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (  # noqa: PLC0415
            ExportTraceServiceRequest,
        )

        return [
            span
            for body in self.bodies
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert self.path == "/v1/traces"
        assert isinstance(self.server, Collector)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            import gzip  # noqa: PLC0415 - only where a version compresses

            body = gzip.decompress(body)
        self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def tracing(collector: Collector) -> Tracing:
    tracing = start_tracing(collector.url, "tests")
    assert tracing is not None
    return tracing


def test_a_request_and_its_statements_are_one_trace_under_the_callers(
    collector: Collector, tracing: Tracing, wiring: Wiring
) -> None:
    tracing.watch(wiring.database)
    with TestClient(create_app(wiring, tracing), base_url="https://shows.example.org") as client:
        account = {"email": "secret.name@example.org", "password": "a long walk in the rain"}
        headers = {"traceparent": f"00-{CALLER}-00f067aa0ba902b7-01"}
        assert client.post("/auth/register", json=account, headers=headers).status_code == 201
        assert client.get("/shows?q=secretword").status_code == 200
    tracing.close()

    spans = collector.spans()
    (request,) = [span for span in spans if span.name == "POST /auth/register"]
    statements = [span for span in spans if span.parent_span_id == request.span_id]
    assert request.trace_id.hex() == CALLER
    assert {"SELECT", "INSERT"} <= {span.name for span in statements}
    assert "GET /shows" in {span.name for span in spans}
    sent = b"".join(collector.bodies)
    assert b"secret.name" not in sent
    assert b"secretword" not in sent


def test_a_job_is_a_trace(collector: Collector, tracing: Tracing) -> None:
    async def work(_subject: object) -> None:
        return

    asyncio.run(tracing.observed({"send_mail": work})["send_mail"](uuid4()))
    tracing.close()

    assert [span.name for span in collector.spans()] == ["job send_mail"]


def test_nothing_is_traced_unless_somebody_asks_for_it() -> None:
    assert start_tracing(None, "tests") is None
