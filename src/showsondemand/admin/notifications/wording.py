"""What a notification says: to people in words, to programs as signed JSON."""

import hashlib
import hmac
import html
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from showsondemand.adapters.notifier.port import Mail
from showsondemand.admin.notifications.models import Delivery, Event

_SENTENCES = {
    Event.READY_FOR_REVIEW: "“{title}” is ready for review.",
    Event.REJECTED: "“{title}” was rejected.",
    Event.PUBLISHED: "“{title}” was published.",
    Event.INGEST_FAILED: "“{title}” could not be made into a show.",
    Event.TEST: "A test: notifications arrive here.",
}
# A text message holds 160 letters, or 70 outside of its small alphabet; a long title is not worth a second one.
_LONGEST_TITLE_IN_TEXT = 60
_PURPOSE = b"notification/"


def sentence(delivery: Delivery, *, longest_title: int | None = None) -> str:
    title = " ".join(str(delivery.payload["subject"]["title"]).split())
    return _SENTENCES[Event(delivery.event)].format(title=title[:longest_title])


def text_message(delivery: Delivery) -> str:
    """The event in one text message."""
    return f"Shows on Demand: {sentence(delivery, longest_title=_LONGEST_TITLE_IN_TEXT)}"


def mail(delivery: Delivery, recipient: str, base_url: str) -> Mail:
    """The event as a mail, with where to go on."""
    said, detail = sentence(delivery), str(delivery.payload["detail"])
    parts = [part for part in (said, detail, f"{base_url}/admin") if part]
    return Mail(
        id=str(delivery.id),
        recipient=recipient,
        subject=said,
        text="\n\n".join(parts) + "\n",
        html="".join(f"<p>{html.escape(part)}</p>" for part in parts),
    )


def webhook_body(delivery: Delivery) -> bytes:
    """The event as JSON; the same bytes at every attempt."""
    body: dict[str, Any] = {"id": str(delivery.id), "event": delivery.event, **delivery.payload}
    return json.dumps(body, ensure_ascii=False, sort_keys=True).encode()


def webhook_secret(key: bytes, subscription_id: UUID) -> str:
    """What a subscriber checks signatures with; derived, so that none is stored."""
    return hmac.new(key, _PURPOSE + subscription_id.bytes, hashlib.sha256).hexdigest()


def signature(secret: str, body: bytes, now: datetime) -> str:
    """``t=SECONDS,v1=HEX``: HMAC-SHA256 over the time, a dot and the body, so that an old one cannot be sent again."""
    seconds = int(now.timestamp())
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"
