"""The keys that access tokens are signed with: ES256, so that other services can verify them, or HS256.

Without a key of its own the pair is derived from the secret: every replica has the same, and none is to be kept.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from showsondemand.config import Settings, TokenAlgorithm
from showsondemand.pem_keys import p256_private_keys
from showsondemand.signing import KeyRing, to_text

# Of the curve P-256 (FIPS 186-5): private keys are the numbers from 1 to this less one.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_COORDINATE_BYTES = 32


@dataclass(frozen=True)
class TokenKey:
    """A key as python-jose takes it, and its id, which tokens carry in their header.

    ``public`` is the key as a JWK for everybody to verify with; ``None`` where the key is a shared secret.
    """

    id: str
    algorithm: TokenAlgorithm
    signing_key: Any
    verifying_key: Any
    public: dict[str, str] | None


def token_keys(settings: Settings, keys: KeyRing) -> tuple[TokenKey, ...]:
    """The keys by the settings: the first signs, all verify."""
    if settings.security.token_algorithm is TokenAlgorithm.HS256:
        return (_shared(keys.key("access")),)
    given = settings.security.token_private_key
    if given is not None:
        return tuple(_pair(each) for each in p256_private_keys(given.get_secret_value()))
    number = int.from_bytes(keys.key("access-es256") + keys.key("access-es256-more"), "big")
    return (_pair(ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())),)


def _shared(secret: bytes) -> TokenKey:
    name = to_text(hashlib.sha256(b"id of " + secret).digest()[:16])
    return TokenKey(name, TokenAlgorithm.HS256, secret, secret, None)


def _pair(private: ec.EllipticCurvePrivateKey) -> TokenKey:
    numbers = private.public_key().public_numbers()
    point = {
        "crv": "P-256",
        "kty": "EC",
        "x": to_text(numbers.x.to_bytes(_COORDINATE_BYTES, "big")),
        "y": to_text(numbers.y.to_bytes(_COORDINATE_BYTES, "big")),
    }
    # RFC 7638: SHA-256 over the required members, in this order, without blanks.
    thumbprint = hashlib.sha256(json.dumps(point, separators=(",", ":")).encode()).digest()
    name = to_text(thumbprint)
    public = point | {"use": "sig", "alg": TokenAlgorithm.ES256.value, "kid": name}
    return TokenKey(name, TokenAlgorithm.ES256, private, private.public_key(), public)
