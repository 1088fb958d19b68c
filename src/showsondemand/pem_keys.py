"""Private keys as people hand them over: PEM, one block after the other."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

_BEGIN, _END = "-----BEGIN ", "-----END "


def p256_private_keys(text: str) -> list[ec.EllipticCurvePrivateKey]:
    """The keys in ``text``. Raises ``ValueError`` unless each is an unencrypted one of the curve P-256."""
    blocks = [_BEGIN + part for part in text.split(_BEGIN)[1:]]
    if not blocks:
        raise ValueError("holds no PEM block")
    return [_key_in(block) for block in blocks]


def _key_in(block: str) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(block.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("holds a block that is no unencrypted private key") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("holds a key of another kind than ES256 takes")  # noqa: TRY004 - a setting's value
    return key
