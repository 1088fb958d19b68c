"""Keys and signatures: one secret, a key derived from it for each purpose, so that none passes for another."""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from showsondemand.config import LEAST_SECRET_BYTES, Settings

_FILE = "secret.key"


class KeyRing:
    """Derives the key of a purpose (HMAC-SHA256 of its name under the secret, 32 bytes)."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def key(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, b"showsondemand/" + purpose.encode(), hashlib.sha256)


def load_key_ring(settings: Settings) -> KeyRing:
    """The secret of ``SECRET_KEY``, or in development one that is made once and kept in the data folder."""
    given = settings.security.secret_key
    if given is not None:
        return KeyRing(given.get_secret_value().encode())
    return KeyRing(_kept_secret(settings.data_folder / _FILE))


def _kept_secret(file: Path) -> bytes:
    """The secret in ``file``, made first where there is none; of two processes that make one, both use the first."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=_FILE)
        try:
            with os.fdopen(handle, "wb") as draft:
                draft.write(secrets.token_hex(LEAST_SECRET_BYTES).encode())
                draft.flush()
                os.fsync(draft.fileno())
            with suppress(FileExistsError):
                os.link(name, file)
        finally:
            Path(name).unlink()
    return file.read_bytes()


def signature(key: bytes, message: bytes, size_bytes: int = 32) -> bytes:
    """The first ``size_bytes`` of HMAC-SHA256. 16 are enough where a forger has one guess a request."""
    return hmac.digest(key, message, hashlib.sha256)[:size_bytes]


def is_signed(key: bytes, message: bytes, given: bytes, size_bytes: int = 32) -> bool:
    """Whether ``given`` is the signature of ``message``, compared in constant time."""
    return hmac.compare_digest(signature(key, message, size_bytes), given)


def to_text(data: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes of ``to_text``. Raises ``ValueError`` unless ``text`` is their one canonical spelling."""
    data = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to_text(data) != text:
        raise ValueError("not canonical")
    return data
