"""CloudFront: signed cookies and addresses with a custom policy, one for each folder.

The policy names one folder and when it ends. CloudFront takes RSA (2,048 bits) and ECDSA (P-256), and without a fourth
cookie that says otherwise expects SHA-1 under either: a signature over what only we write, not over a stranger's words.
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from showsondemand.adapters.delivery.port import PassCookie
from showsondemand.pem_keys import DeliveryKey
from showsondemand.web_hosts import origin_of

# A star or a question mark would be a wildcard of the policy, a semicolon the end of the cookie's path.
_PLAIN_FOLDER = re.compile(r"/(?:(?!\.{1,2}/)(?:[A-Za-z0-9._~!$&'()+=:@-]|%[0-9A-Fa-f]{2})+/)+")
_FOR_COOKIES = bytes.maketrans(b"+=/", b"-_~")


@dataclass(frozen=True)
class CloudFront:
    """A ``Delivery`` by a distribution whose behaviour trusts the key group that ``key_pair_id`` is in."""

    base_url: str
    storage_prefix: str | None
    cookie_domain: str | None
    key_pair_id: str
    key: DeliveryKey

    @property
    def origin(self) -> str:
        return origin_of(self.base_url)

    def passes(self, folder: str, expires_at: datetime) -> list[PassCookie]:
        return [
            PassCookie(f"CloudFront-{name}", value, self.cookie_domain, folder, expires_at)
            for name, value in self._pass(folder, expires_at).items()
        ]

    def opened(self, url: str, expires_at: datetime) -> str:
        parts = urlsplit(url)
        passed = urlencode(self._pass(f"{parts.path.rpartition('/')[0]}/", expires_at))
        return parts._replace(
            query=f"{parts.query}&{passed}" if parts.query else passed, fragment=""
        ).geturl()

    def _pass(self, folder: str, expires_at: datetime) -> dict[str, str]:
        """Its parts, by what CloudFront calls them in addresses."""
        if not _PLAIN_FOLDER.fullmatch(folder):
            raise ValueError("not a folder of its own")
        policy = _policy(f"{self.origin}{folder}*", expires_at)
        return {
            "Policy": _in_a_cookie(policy),
            "Signature": _in_a_cookie(self._signature(policy)),
            "Key-Pair-Id": self.key_pair_id,
        }

    def _signature(self, policy: bytes) -> bytes:
        digest = hashes.SHA1()  # noqa: S303 - see the head of this file
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(policy, ec.ECDSA(digest))
        return self.key.sign(policy, padding.PKCS1v15(), digest)


def _policy(resource: str, expires_at: datetime) -> bytes:
    until = {"DateLessThan": {"AWS:EpochTime": int(expires_at.timestamp())}}
    statement = {"Statement": [{"Resource": resource, "Condition": until}]}
    return json.dumps(statement, separators=(",", ":")).encode()


def _in_a_cookie(data: bytes) -> str:
    return base64.b64encode(data).translate(_FOR_COOKIES).decode()
