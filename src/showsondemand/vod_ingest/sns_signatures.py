"""Whether a message comes from SNS: its signature, checked with a certificate that only SNS itself can hand out."""

import asyncio
import base64
import binascii
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import Certificate, load_pem_x509_certificate

from showsondemand.adapters.fetcher.port import Fetcher, FetchFailed
from showsondemand.vod_ingest.errors import CertificateAway
from showsondemand.vod_ingest.event_shapes.sns import SnsMessage, is_of_sns, read_sns
from showsondemand.vod_ingest.event_shapes.told import UnknownShape

_FETCHED_WITHIN_SECONDS = 3.0
_MOST_CERTIFICATE_BYTES = 64 * 1024
_MOST_KEPT = 32
_OK = 200
_HASHES: dict[str, type[hashes.SHA1 | hashes.SHA256]] = {"1": hashes.SHA1, "2": hashes.SHA256}


class SnsSignatures:
    """Checks messages of SNS, and remembers the certificates that they were signed with. One a process."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._certificates: dict[str, Certificate] = {}

    async def check(self, message: dict[str, Any]) -> None:
        """Raises ``UnknownShape`` for what SNS has not signed, ``CertificateAway`` where that cannot be told now."""
        sns = read_sns(message)
        try:
            signature = base64.b64decode(sns.Signature or "", validate=True)
        except binascii.Error as error:
            raise UnknownShape("its signature cannot be read") from error
        if not is_of_sns(sns.SigningCertURL) or not signature or sns.SignatureVersion is None:
            raise UnknownShape("it is not signed by SNS")
        certificate = await self._certificate(sns.SigningCertURL or "")
        if not _is_valid(certificate, sns, signature):
            raise UnknownShape("its signature is not of SNS, or for something else")

    async def _certificate(self, url: str) -> Certificate:
        if url not in self._certificates:
            certificate = await self._fetched(url)
            while len(self._certificates) >= _MOST_KEPT:
                self._certificates.pop(next(iter(self._certificates)))
            self._certificates[url] = certificate
        return self._certificates[url]

    async def _fetched(self, url: str) -> Certificate:
        try:
            async with asyncio.timeout(_FETCHED_WITHIN_SECONDS):
                fetched = await self._fetcher.fetch(url, most_bytes=_MOST_CERTIFICATE_BYTES)
        except (FetchFailed, TimeoutError) as error:
            raise CertificateAway from error
        if fetched.status != _OK or not is_of_sns(fetched.url):
            raise CertificateAway
        try:
            return load_pem_x509_certificate(fetched.body)
        except ValueError as error:
            raise CertificateAway from error


def _is_valid(certificate: Certificate, sns: SnsMessage, signature: bytes) -> bool:
    key = certificate.public_key()
    in_time = certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc
    if not isinstance(key, rsa.RSAPublicKey) or not in_time:
        return False
    kind = _HASHES[sns.SignatureVersion or "2"]()
    try:
        key.verify(signature, sns.signed_text(), padding.PKCS1v15(), kind)
    except InvalidSignature:
        return False
    return True
