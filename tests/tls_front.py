"""What stands in front of a service on the internet, for tests: TLS on one port, and an app for each host."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_BETWEEN_HOPS = {b"connection", b"transfer-encoding", b"keep-alive", b"host"}
_LONGEST_ANSWER_SECONDS = 60


class ReverseProxy:
    """Passes requests on to ``target`` as they are, and answers as they come."""

    def __init__(self, target: str) -> None:
        self._target = target

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        has_body = "content-length" in request.headers or "transfer-encoding" in request.headers
        headers = [(name, value) for name, value in request.headers.raw if name not in _BETWEEN_HOPS]
        path = scope["raw_path"].decode() + (
            f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        )
        async with self._passed_on(
            request.method,
            f"{self._target}{path}",
            [*headers, (b"host", request.headers["host"].encode())],
            request.stream() if has_body else None,
        ) as answer:
            await answer(scope, receive, send)

    @asynccontextmanager
    async def _passed_on(
        self, method: str, url: str, headers: list[tuple[bytes, bytes]], body: AsyncIterator[bytes] | None
    ) -> AsyncIterator[Response]:
        async with (
            httpx.AsyncClient(timeout=_LONGEST_ANSWER_SECONDS) as client,
            client.stream(method, url, headers=headers, content=body) as told,
        ):
            answer = StreamingResponse(told.aiter_raw(), told.status_code)
            answer.raw_headers = [
                (name.lower(), value) for name, value in told.headers.raw if name.lower() not in _BETWEEN_HOPS
            ]
            yield answer


@contextmanager
def tls_front(hosts: Mapping[str, ASGIApp], port: int, folder: Path) -> Iterator[None]:
    """Serves each app under its host, with a certificate that nobody trusts."""

    async def by_host(scope: Scope, receive: Receive, send: Send) -> None:
        host = Request(scope).headers["host"].partition(":")[0]
        await hosts[host](scope, receive, send)

    certificate = _certificate(list(hosts), folder)
    config = uvicorn.Config(by_host, lifespan="off", log_level="warning", ssl_certfile=certificate)
    server = uvicorn.Server(config)
    listening = socket.create_server(("127.0.0.1", port))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        thread.join()
        listening.close()


def _certificate(hosts: list[str], folder: Path) -> Path:
    """A file with a key and the certificate that it signs for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "front.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return file
