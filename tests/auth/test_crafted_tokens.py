"""Whatever is not exactly one of our access tokens is refused in one and the same way."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from fastapi.testclient import TestClient

from people import People
from server_fixtures import eventually
from showsondemand.config import SecuritySettings, Settings, TokenAlgorithm
from showsondemand.signing import load_key_ring
from showsondemand.token_keys import TokenKey, token_keys
from showsondemand.tokens import LONGEST_LIFE, AccessTokens, TokenRefused

NOW = int(datetime.now(UTC).timestamp())
GOOD = {
    "iss": "showsondemand",
    "aud": "showsondemand",
    "sub": "01890000-0000-7000-8000-000000000001",
    "sid": "01890000-0000-7000-8000-000000000002",
    "jti": "1",
    "iat": NOW,
    "exp": NOW + 600,
    "typ": "access",
}


def text(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed(key: TokenKey, claims: object, header: dict[str, Any] | None = None) -> str:
    """A token with our own good signature over any header and claims."""
    head = {"alg": key.algorithm.value, "typ": "JWT", "kid": key.id} | (header or {})
    body = claims if isinstance(claims, str) else json.dumps(claims)
    message = f"{text(json.dumps(head).encode())}.{text(body.encode())}"
    if key.algorithm is TokenAlgorithm.HS256:
        return f"{message}.{text(hmac.digest(key.signing_key, message.encode(), hashlib.sha256))}"
    r, s = decode_dss_signature(key.signing_key.sign(message.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{message}.{text(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def without(claim: str) -> dict[str, object]:
    return {name: value for name, value in GOOD.items() if name != claim}


def deep(key: TokenKey, levels: int) -> str:
    """A header that nests too deeply for a parser that recurses."""
    return f"{text(('[' * levels + ']' * levels).encode())}.{text(b'{}')}.{text(b'x' * 64)}"


def confused(key: TokenKey) -> str:
    """Signed by HMAC with what everybody knows: the public key."""
    public = (
        key.verifying_key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        if key.algorithm is TokenAlgorithm.ES256
        else b""
    )
    head = text(json.dumps({"alg": "HS256", "typ": "JWT", "kid": key.id}).encode())
    message = f"{head}.{text(json.dumps(GOOD).encode())}"
    return f"{message}.{text(hmac.digest(public, message.encode(), hashlib.sha256))}"


CRAFTED: dict[str, Callable[[TokenKey], str]] = {
    **{f"without {claim}": lambda key, claim=claim: signed(key, without(claim)) for claim in GOOD},  # type: ignore[misc]  # the default binds the loop's value
    "no expiry but null": lambda key: signed(key, GOOD | {"exp": None}),
    "an endless expiry": lambda key: signed(
        key, json.dumps(GOOD).replace(f'"exp": {NOW + 600}', '"exp": 1e999')
    ),
    "an expiry in words": lambda key: signed(key, GOOD | {"exp": "tomorrow"}),
    "expired": lambda key: signed(key, GOOD | {"exp": NOW - 1}),
    "another audience": lambda key: signed(key, GOOD | {"aud": "somebody else"}),
    "another issuer": lambda key: signed(key, GOOD | {"iss": "somebody else"}),
    "another kind": lambda key: signed(key, GOOD | {"typ": "playback"}),
    "a subject that is no id": lambda key: signed(key, GOOD | {"sub": "admin"}),
    "a subject that is a list": lambda key: signed(key, GOOD | {"sub": [GOOD["sub"]]}),
    "claims that are a list": lambda key: signed(key, "[]"),
    "claims that are no JSON": lambda key: signed(key, "{"),
    "no key's id": lambda key: signed(key, GOOD, {"kid": None}),
    "another key's id": lambda key: signed(key, GOOD, {"kid": "../../etc/passwd"}),
    "a key's id that is a list": lambda key: signed(key, GOOD, {"kid": [key.id]}),
    **{
        f"algorithm {algorithm!r}": lambda key, algorithm=algorithm: signed(key, GOOD, {"alg": algorithm})  # type: ignore[misc]
        for algorithm in ("none", "None", "HS384", "HS512", "RS256", "ES384", ["ES256"], 1, None)
    },
    "no signature": lambda key: signed(key, GOOD).rpartition(".")[0] + ".",
    "the public key as a secret": confused,
    "a header 1,000 levels deep": lambda key: deep(key, 1_000),
    "a header as deep as its length allows": lambda key: deep(key, 1_450),
    "an encrypted token of five parts": lambda _key: ".".join([text(b'{"alg":"dir","zip":"DEF"}')] * 5),
    "60 KB": lambda key: signed(key, GOOD | {"more": "x" * 60_000}),
    "empty parts": lambda _key: "..",
    "not base64": lambda _key: "å.ß.ç",
    "a NUL in it": lambda key: signed(key, GOOD) + "\0",
}


def keys_of(settings: Settings, algorithm: TokenAlgorithm) -> tuple[TokenKey, ...]:
    security = settings.security.model_copy(update={"token_algorithm": algorithm})
    return token_keys(settings.model_copy(update={"security": security}), load_key_ring(settings))


@pytest.mark.parametrize("algorithm", TokenAlgorithm)
@pytest.mark.parametrize("crafted", CRAFTED.values(), ids=CRAFTED.keys())
def test_a_crafted_token_is_refused(
    settings: Settings, algorithm: TokenAlgorithm, crafted: Callable[[TokenKey], str]
) -> None:
    (key,) = keys_of(settings, algorithm)

    with pytest.raises(TokenRefused):
        AccessTokens(key).read(crafted(key))


@pytest.mark.parametrize("algorithm", TokenAlgorithm)
def test_what_is_crafted_without_a_fault_is_taken(settings: Settings, algorithm: TokenAlgorithm) -> None:
    (key,) = keys_of(settings, algorithm)

    claims = AccessTokens(key).read(signed(key, GOOD))

    assert str(claims.user_id) == GOOD["sub"]


def test_a_token_is_known_no_longer_than_it_lasts(settings: Settings) -> None:
    (key,) = keys_of(settings, TokenAlgorithm.ES256)
    tokens = AccessTokens(key)
    almost_expired = datetime.now(UTC) - LONGEST_LIFE + timedelta(seconds=2)
    token = tokens.issue(AccessTokens(key).read(signed(key, GOOD)), now=almost_expired)
    tokens.read(token)

    def is_refused() -> bool:
        try:
            tokens.read(token)
        except TokenRefused:
            return True
        return False

    eventually(is_refused, seconds=20)


@pytest.mark.parametrize(
    "name", ["a header 1,000 levels deep", "no expiry but null", "an endless expiry", "60 KB", "without aud"]
)
def test_the_service_answers_a_crafted_token_with_401(
    client: TestClient, people: People, settings: Settings, name: str
) -> None:
    (key,) = keys_of(settings, TokenAlgorithm.ES256)

    answer = client.get("/users/me", headers={"Authorization": f"Bearer {CRAFTED[name](key)}"})

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/token-refused"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def pem() -> str:
    return (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


def test_while_a_new_key_takes_over_both_verify_and_the_new_one_signs(settings: Settings) -> None:
    old, new = pem(), pem()

    def with_keys(given: str) -> AccessTokens:
        security = SecuritySettings.model_validate({"TOKEN_PRIVATE_KEY": given})
        return AccessTokens(
            *token_keys(settings.model_copy(update={"security": security}), load_key_ring(settings))
        )

    (key,) = keys_of(settings, TokenAlgorithm.ES256)
    claims = AccessTokens(key).read(signed(key, GOOD))
    before, during, after = with_keys(old), with_keys(new + old), with_keys(new)

    assert during.read(before.issue(claims)) == claims
    assert after.read(during.issue(claims)) == claims
    with pytest.raises(TokenRefused):
        after.read(before.issue(claims))


def test_another_service_verifies_a_token_by_the_published_key(
    client: TestClient, people: People, settings: Settings
) -> None:
    token = people.viewer().headers["Authorization"].removeprefix("Bearer ")
    (key,) = client.get("/.well-known/jwks.json").json()["keys"]

    x, y = (int.from_bytes(base64.urlsafe_b64decode(key[name] + "=")) for name in ("x", "y"))
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()

    (own,) = keys_of(settings, TokenAlgorithm.ES256)
    assert public.public_numbers() == own.verifying_key.public_numbers()
    assert json.loads(base64.urlsafe_b64decode(token.split(".")[0] + "==="))["kid"] == key["kid"]
    assert (key["alg"], key["use"]) == ("ES256", "sig")
    assert "d" not in key
