"""Password hashes: the one importer of passlib."""

import asyncio
import os
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from passlib.context import CryptContext

from showsondemand.auth.errors import TooManySignIns

# Cost 12 takes about 200 ms of one core (measured): slow for a guesser, bearable for a person.
BCRYPT_ROUNDS = 12
_WAITING_AT_MOST = 64

T = TypeVar("T")


class PasswordHasher:
    """bcrypt over SHA-256, so that nothing is cut off at 72 bytes, in threads behind a gate.

    Half the cores hash at once, so that a flood of sign-ins leaves the others to everybody else; when more
    than 64 wait, ``TooManySignIns`` is raised instead of making them wait for ever.
    """

    def __init__(self, rounds: int = BCRYPT_ROUNDS) -> None:
        self._context = CryptContext(schemes=["bcrypt_sha256"], bcrypt_sha256__rounds=rounds)
        self._gate = asyncio.Semaphore(max(1, (os.cpu_count() or 1) // 2))
        self._waiting = 0
        # Checked for accounts that do not exist, so that they take as long as those that do.
        self._nobodys_hash: str | None = None

    async def hash(self, password: str) -> str:
        return await self._gated(lambda: self._hash(password))

    async def verify(self, password: str, kept: str | None) -> bool:
        return await self._gated(lambda: self._verify(password, kept))

    def is_outdated(self, kept: str) -> bool:
        return bool(self._context.needs_update(kept))

    async def _gated(self, work: Callable[[], T]) -> T:
        if self._waiting >= _WAITING_AT_MOST:
            raise TooManySignIns
        self._waiting += 1
        try:
            async with self._gate:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        hashed: str = self._context.hash(_normal(password))
        return hashed

    def _verify(self, password: str, kept: str | None) -> bool:
        if kept is None:
            self._nobodys_hash = self._nobodys_hash or self._hash("nobody")
            self._context.verify(_normal(password), self._nobodys_hash)
            return False
        return bool(self._context.verify(_normal(password), kept))


def _normal(password: str) -> str:
    """One form for what looks the same on different keyboards (NIST SP 800-63B-4, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
