"""Private keys as people hand them over: PEM, one block after the other."""

from typing import TypeGuard

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

DeliveryKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
"""What CloudFront takes signatures of: RSA of 2,048 bits, or ECDSA on the curve P-256."""

_BEGIN, _END = "-----BEGIN ", "-----END "
_RSA_BITS = 2048


def p256_private_keys(text: str) -> list[ec.EllipticCurvePrivateKey]:
    """The keys in ``text``. Raises ``ValueError`` unless each is an unencrypted one of the curve P-256."""
    keys = []
    for block in _blocks(text):
        key = _key_in(block)
        if not _is_p256(key):
            raise ValueError("holds a key of another kind than ES256 takes")
        keys.append(key)
    return keys


def delivery_key(text: str) -> DeliveryKey:
    """The one key in ``text``. Raises ``ValueError`` unless it is unencrypted and of a kind that CloudFront takes."""
    blocks = _blocks(text)
    if len(blocks) > 1:
        raise ValueError("holds more than one key")
    key = _key_in(blocks[0])
    if _is_p256(key) or (isinstance(key, rsa.RSAPrivateKey) and key.key_size == _RSA_BITS):
        return key
    raise ValueError("holds a key of another kind than CloudFront takes: RSA of 2048 bits, or P-256")


def _is_p256(key: PrivateKeyTypes) -> TypeGuard[ec.EllipticCurvePrivateKey]:
    return isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1)


def _blocks(text: str) -> list[str]:
    blocks = [_BEGIN + part for part in text.split(_BEGIN)[1:]]
    if not blocks:
        raise ValueError("holds no PEM block")
    return blocks


def _key_in(block: str) -> PrivateKeyTypes:
    try:
        return serialization.load_pem_private_key(block.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("holds a block that is no unencrypted private key") from error
