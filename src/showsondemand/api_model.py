"""How JSON looks here: camelCase names, unknown fields refused, strings trimmed and free of control characters."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
)
from pydantic.alias_generators import to_camel

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_CONTROL_BUT_BREAKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def _one_line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("must be one line without control characters")
    return value


def _prose(value: str) -> str:
    if _CONTROL_BUT_BREAKS.search(value):
        raise ValueError("must hold no control characters")
    return value.replace("\r\n", "\n").replace("\r", "\n")


def _utc(value: datetime) -> datetime:
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("must lie between the years 1 and 9999 in UTC") from error


def _rfc3339(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text_only(value: Any) -> Any:
    """Refuses a number where a time is asked for: pydantic would read it as seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("must be an RFC 3339 time")  # noqa: TRY004 - pydantic turns a ValueError into a fault
    return value


Line = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_one_line)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_prose)]
Time = Annotated[
    AwareDatetime,
    BeforeValidator(_text_only),
    AfterValidator(_utc),
    PlainSerializer(_rfc3339, return_type=str, when_used="json"),
]


class ApiModel(BaseModel):
    """What every body that comes in or goes out is made of."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="forbid",
        from_attributes=True,
        allow_inf_nan=False,
    )
