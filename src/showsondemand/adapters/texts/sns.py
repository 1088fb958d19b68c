"""Text messages by AWS SNS."""

from dataclasses import dataclass

import aioboto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from showsondemand.adapters.texts.port import TextDelayed, TextRefused

_SECONDS = 10
_NEVER = frozenset({"InvalidParameter", "InvalidParameterValue", "OptedOut", "AuthorizationError"})


@dataclass(frozen=True)
class SnsTexts:
    """A ``TextMessenger``. ``sender`` is the name that the message comes from, where the country allows one."""

    sender: str
    region: str | None = None
    endpoint_url: str | None = None

    async def send(self, number: str, words: str) -> None:
        """Publishes to the number itself; no topic is needed."""
        config = Config(connect_timeout=_SECONDS, read_timeout=_SECONDS, retries={"max_attempts": 0})
        try:
            async with aioboto3.Session().client(
                "sns", region_name=self.region, endpoint_url=self.endpoint_url, config=config
            ) as sns:
                sender = {"DataType": "String", "StringValue": self.sender}
                await sns.publish(
                    PhoneNumber=number, Message=words, MessageAttributes={"AWS.SNS.SMS.SenderID": sender}
                )
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            raise (TextRefused if code in _NEVER else TextDelayed)(code) from error
        except (BotoCoreError, OSError) as error:
            raise TextDelayed(type(error).__name__) from error
