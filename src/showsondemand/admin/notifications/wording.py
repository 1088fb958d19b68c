"""What a notification says: to people in words, to programs as signed JSON."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from uuid import UUID

from showsondemand.adapters.notifier.port import Mail
from showsondemand.admin.notifications.models import Delivery, Event
from showsondemand.mail_page import SERVICE, button, mail_page, paragraphs
from showsondemand.reader_language import InEachLanguage, Language

_SENTENCES = {
    Event.READY_FOR_REVIEW: InEachLanguage(
        en="“{title}” is ready for review.",
        de="„{title}“ wartet auf die Prüfung.",
    ),
    Event.REJECTED: InEachLanguage(
        en="“{title}” was rejected.",
        de="„{title}“ wurde abgelehnt.",
    ),
    Event.PUBLISHED: InEachLanguage(
        en="“{title}” was published.",
        de="„{title}“ wurde veröffentlicht.",
    ),
    Event.INGEST_FAILED: InEachLanguage(
        en="“{title}” could not be made into a show.",
        de="„{title}“ konnte nicht verarbeitet werden.",
    ),
    Event.TEST: InEachLanguage(
        en="A test: notifications arrive here.",
        de="Ein Test: Benachrichtigungen kommen hier an.",
    ),
}
# Why a film failed is told by programs, which speak English; what a reviewer wrote stands by itself.
_DETAILS = {
    Event.INGEST_FAILED: InEachLanguage(en="{detail}", de="Die Verarbeitung meldet (auf Englisch): {detail}"),
}
_BUTTON = InEachLanguage(en="Open the administration", de="Verwaltung öffnen")
# A text message holds 160 letters, or 70 outside of its small alphabet; a long title is not worth a second one.
_LONGEST_TITLE_IN_TEXT = 60
_PURPOSE = b"notification/"


def sentence(delivery: Delivery, language: Language, *, longest_title: int | None = None) -> str:
    title = " ".join(str(delivery.payload["subject"]["title"]).split())
    return _SENTENCES[Event(delivery.event)].said_in(language).format(title=title[:longest_title])


def text_message(delivery: Delivery, language: Language) -> str:
    """The event in one text message."""
    return f"{SERVICE}: {sentence(delivery, language, longest_title=_LONGEST_TITLE_IN_TEXT)}"


def mail(delivery: Delivery, language: Language, recipient: str, base_url: str) -> Mail:
    """The event as a mail, with where to go on."""
    said, detail, link = sentence(delivery, language), _detail(delivery, language), f"{base_url}/admin"
    way_on = button(language, _BUTTON.said_in(language), link)
    return Mail(
        id=str(delivery.id),
        recipient=recipient,
        subject=said,
        text="\n\n".join(part for part in (said, detail, link) if part) + "\n",
        html=mail_page(language, said, paragraphs(said), paragraphs(detail), way_on, base_url=base_url),
    )


def _detail(delivery: Delivery, language: Language) -> str:
    detail = str(delivery.payload["detail"])
    around = _DETAILS.get(Event(delivery.event))
    return around.said_in(language).format(detail=detail) if around and detail else detail


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
