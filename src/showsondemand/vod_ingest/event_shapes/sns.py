"""The envelope in which SNS posts to an address: a message as text, signed, or a question whether one wants any."""

import re
from typing import Annotated, Any, Literal

from pydantic import ConfigDict

from showsondemand.vod_ingest.event_shapes.fields import EventId, OrNothing, Shape, Text, read_as

# Everything is asked of such a host and no other: a message names its own certificate.
_OF_SNS = re.compile(r"https://sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?/")
Kind = Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]
_SIGNED_IN_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_SIGNED_IN_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


class SnsMessage(Shape):
    """Keys begin with capitals."""

    model_config = ConfigDict(alias_generator=None)

    Type: Kind
    MessageId: EventId
    TopicArn: Text
    Message: str
    Timestamp: Text
    SignatureVersion: Literal["1", "2"] | None = None
    Signature: Annotated[Text | None, OrNothing] = None
    SigningCertURL: Annotated[Text | None, OrNothing] = None
    Subject: str | None = None
    Token: Text | None = None
    SubscribeURL: Text | None = None

    def signed_text(self) -> bytes:
        """What its signature is over: names and values, each on a line, of the fields that it has."""
        names = _SIGNED_IN_NOTIFICATION if self.Type == "Notification" else _SIGNED_IN_CONFIRMATION
        told = ((name, getattr(self, name)) for name in names)
        return "".join(f"{name}\n{value}\n" for name, value in told if value is not None).encode()


def is_sns(message: dict[str, Any]) -> bool:
    """Whether it is an envelope of SNS."""
    return "Type" in message and "TopicArn" in message and "MessageId" in message


def read_sns(message: dict[str, Any]) -> SnsMessage:
    """Raises ``UnknownShape``."""
    return read_as(SnsMessage, message)


def is_of_sns(url: str | None) -> bool:
    """Whether an address is one of SNS itself."""
    return url is not None and _OF_SNS.match(url) is not None
