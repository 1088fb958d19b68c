"""Addresses of this app that take one part of one upload: signed, so that whoever sends needs nothing else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text
from showsondemand.vod_ingest.errors import PartAddressRefused

ADDRESS_LIFETIME = timedelta(hours=1)
_PURPOSE = "upload part"
_SIGNATURE_BYTES = 16


@dataclass(frozen=True)
class PartTicket:
    """What an address allows: this part of this upload, of exactly this size, until then."""

    upload_id: UUID
    number: int
    size_bytes: int
    expires_at: datetime

    @property
    def message(self) -> bytes:
        return f"{self.upload_id}/{self.number}/{self.size_bytes}/{int(self.expires_at.timestamp())}".encode()


class PartAddresses:
    """Writes addresses and reads them again."""

    def __init__(self, keys: KeyRing, base_url: str) -> None:
        self._key = keys.key(_PURPOSE)
        self._base_url = base_url

    def write(self, ticket: PartTicket) -> str:
        query = {
            "size": ticket.size_bytes,
            "expires": int(ticket.expires_at.timestamp()),
            "signature": to_text(signature(self._key, ticket.message, _SIGNATURE_BYTES)),
        }
        return f"{self._base_url}/ingest/uploads/{ticket.upload_id}/parts/{ticket.number}?{urlencode(query)}"

    def read(self, upload_id: str, number: str, *, size: str, expires: str, given: str) -> PartTicket:
        """The ticket in an address's parts. Raises ``PartAddressRefused``: forged, or its time is over."""
        try:
            ticket = PartTicket(
                UUID(upload_id), int(number), int(size), datetime.fromtimestamp(int(expires), UTC)
            )
            told = from_text(given)
        except (ValueError, OverflowError, OSError) as error:
            raise PartAddressRefused from error
        if not is_signed(self._key, ticket.message, told, _SIGNATURE_BYTES):
            raise PartAddressRefused
        if ticket.expires_at <= datetime.now(UTC):
            raise PartAddressRefused("The address has expired: ask for a new one.")
        return ticket
