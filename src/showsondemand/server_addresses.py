"""Where other servers are, as settings say it: checked at the start, not by the first request that needs one."""

from ipaddress import ip_network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr
from redis.asyncio.connection import parse_url

from showsondemand.setting_sources import CommaSeparated


def _mail_server(value: SecretStr) -> SecretStr:
    parts = urlsplit(value.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _has_port_or_none(value):
        raise ValueError("must be smtp://host:port or smtps://host:port")
    return value


def _has_port_or_none(value: SecretStr) -> bool:
    try:
        return urlsplit(value.get_secret_value()).port != 0
    except ValueError:  # its words repeat what was given
        return False


def _redis(value: str) -> str:
    try:
        parse_url(value)
    except ValueError:
        raise ValueError("must be redis://host:port/number or rediss://host:port/number") from None
    return value


def _networks(value: tuple[str, ...]) -> tuple[str, ...]:
    try:
        for each in value:
            ip_network(each, strict=False)
    except ValueError:
        raise ValueError("must name addresses or networks, such as 10.0.0.0/8") from None
    return value


MailServer = Annotated[SecretStr, AfterValidator(_mail_server)]
RedisServer = Annotated[str, AfterValidator(_redis)]
Networks = Annotated[CommaSeparated, AfterValidator(_networks)]
