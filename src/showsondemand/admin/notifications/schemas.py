"""Subscriptions and deliveries as JSON."""

import re
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic.networks import EmailStr

from showsondemand.admin.notifications.models import Channel, DeliveryState, Event
from showsondemand.api_model import ApiModel, Line, Time
from showsondemand.shows.schemas import WebAddress

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_CHECKS = {Channel.EMAIL: TypeAdapter(EmailStr), Channel.WEBHOOK: TypeAdapter(WebAddress)}


WantedEvent = Literal[Event.READY_FOR_REVIEW, Event.REJECTED, Event.PUBLISHED, Event.INGEST_FAILED]


class NewSubscription(ApiModel):
    """Who is to be told of what: an e-mail address, a telephone number (E.164), or the address of a webhook."""

    channel: Channel
    target: Annotated[Line, StringConstraints(min_length=1, max_length=2_048)]
    events: Annotated[list[WantedEvent], Field(min_length=1, max_length=len(Event))]

    @field_validator("target")
    @classmethod
    def _fits_the_channel(cls, target: str, told: ValidationInfo) -> str:
        channel = told.data.get("channel")  # missing where it was refused, which is told by itself
        if channel is not None and not _fits(channel, target):
            raise ValueError(f"must be one of the channel {channel}")
        return target


class SubscriptionDetail(ApiModel):
    id: UUID
    channel: Channel
    target: str
    events: list[Event]
    created_at: Time


class NewSubscriptionDetail(SubscriptionDetail):
    """A subscription that was just made, with what a webhook checks signatures by: it is shown this once."""

    secret: str | None


class SubscriptionPage(ApiModel):
    items: list[SubscriptionDetail]
    next_cursor: str | None


class DeliveryDetail(ApiModel):
    """One event for one subscription, and what became of it."""

    id: UUID
    subscription_id: UUID
    channel: Channel
    target: str
    event: Event
    title: Annotated[str, Field(description="Of the show or film that it is about.")]
    state: DeliveryState
    attempts: int
    failure: str | None
    created_at: Time
    delivered_at: Time | None


class DeliveryPage(ApiModel):
    items: list[DeliveryDetail]
    next_cursor: str | None


def _fits(channel: Channel, target: str) -> bool:
    if channel is Channel.SMS:
        return _E164.fullmatch(target) is not None
    try:
        _CHECKS[channel].validate_python(target)
    except ValidationError:
        return False
    return True
