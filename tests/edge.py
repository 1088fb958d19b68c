"""A small edge of CloudFront's for tests: it lets in by signed cookies or addresses, by its rules, and nobody else.

What it checks is in the developer guide, under serving private content with a custom policy.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from showsondemand.adapters.storage.content_types import content_type

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
_SIGNED = ("CloudFront-Policy", "CloudFront-Signature", "CloudFront-Key-Pair-Id")
_FROM_COOKIES = bytes.maketrans(b"-_~", b"+=/")


class Refused(Exception):
    """Why the edge answers 403."""


@dataclass
class Edge:
    """An ASGI app: ``origin`` finds an object by its key; a page of ``page_origin`` may read it with cookies.

    Its clock is ``clock_ahead`` of the one of whoever signs: what is signed for an hour may end in seconds.
    """

    base_url: str
    keys: Mapping[str, PublicKey]
    origin: Callable[[str], bytes | None]
    page_origin: str
    served: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    clock_ahead: timedelta = timedelta()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.answer(Request(scope))(scope, receive, send)

    def answer(self, request: Request) -> Response:
        path = str(request.scope["raw_path"].decode())
        headers = {
            "Access-Control-Allow-Origin": self.page_origin,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Headers": "Range",
            "Access-Control-Expose-Headers": "Content-Length, Content-Range",
            "Vary": "Origin",
        }
        # A preflight carries no cookies, and is refused like everything else without them.
        try:
            signed = request.cookies | {
                f"CloudFront-{name}": value for name, value in request.query_params.items()
            }
            self.check(f"{self.base_url}{path}", signed, request.client.host if request.client else "")
        except Refused as reason:
            self.refused.append(f"{path}: {reason}")
            return Response(f"<Error>{reason}</Error>", 403, headers)
        content = self.origin(str(request.scope["path"]).lstrip("/"))
        if content is None:
            return Response("<Error><Code>AccessDenied</Code></Error>", 403, headers)
        self.served.append(path)
        return _whole_or_part(
            content, request.headers.get("range"), headers | {"Content-Type": content_type(path)}
        )

    def check(self, url: str, cookies: Mapping[str, str], viewer: str) -> None:
        """Raises ``Refused`` unless the cookies open ``url`` now, to somebody at that address."""
        missing = [name for name in _SIGNED if not cookies.get(name)]
        if missing:
            raise Refused(f"MissingKey: {', '.join(missing)}")
        key = self.keys.get(cookies["CloudFront-Key-Pair-Id"])
        if key is None:
            raise Refused("UnknownKey")
        policy = _decoded(cookies["CloudFront-Policy"])
        _check_signature(key, _decoded(cookies["CloudFront-Signature"]), policy)
        _check_policy(json.loads(policy), url, viewer, (datetime.now(UTC) + self.clock_ahead).timestamp())


def _decoded(value: str) -> bytes:
    try:
        return base64.b64decode(value.encode().translate(_FROM_COOKIES), validate=True)
    except ValueError as error:
        raise Refused("MalformedCookie") from error


def _check_signature(key: PublicKey, signature: bytes, policy: bytes) -> None:
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, policy, padding.PKCS1v15(), hashes.SHA1())
        else:
            key.verify(signature, policy, ec.ECDSA(hashes.SHA1()))
    except InvalidSignature as error:
        raise Refused("InvalidSignature") from error


def _check_policy(policy: dict[str, Any], url: str, viewer: str, now: float) -> None:
    (statement,) = policy["Statement"]
    condition = statement["Condition"]
    if not _matches(statement["Resource"], url):
        raise Refused("AnotherResource")
    if now >= condition["DateLessThan"]["AWS:EpochTime"]:
        raise Refused("Expired")
    if now <= condition.get("DateGreaterThan", {}).get("AWS:EpochTime", 0):
        raise Refused("TooEarly")
    network = condition.get("IpAddress", {}).get("AWS:SourceIp")
    if network and ip_address(viewer) not in ip_network(network):
        raise Refused("AnotherAddress")


def _matches(resource: str, url: str) -> bool:
    """``*`` stands for any characters or none, ``?`` for exactly one; the resource counts from http or https on."""
    wildcards = {"*": ".*", "?": "."}
    pattern = "".join(wildcards.get(character) or re.escape(character) for character in resource)
    return re.fullmatch(pattern, url, re.DOTALL) is not None


def _whole_or_part(content: bytes, wanted: str | None, headers: dict[str, str]) -> Response:
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted or "")
    if not found:
        return Response(content, headers=headers | {"Accept-Ranges": "bytes"})
    first, last = int(found[1]), min(int(found[2] or len(content) - 1), len(content) - 1)
    ranged = {"Content-Range": f"bytes {first}-{last}/{len(content)}"}
    return Response(content[first : last + 1], 206, headers | ranged)
