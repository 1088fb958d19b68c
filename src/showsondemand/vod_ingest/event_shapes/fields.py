"""The kinds of values that strangers' events hold, and how far each is believed.

What a show or a path is made of is looked at closely. Of the rest, what is not as expected counts as not told: an
encoder that adds a field or leaves one empty must not cost a film.
"""

import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)
from pydantic.alias_generators import to_camel

from showsondemand.vod_ingest.event_shapes.told import UnknownShape

_LONGEST_REASON_CHARACTERS = 500
_END_OF_TIME_MILLISECONDS = 4_102_444_800_000  # the year 2100

# What names a Step Functions execution may have, which the AWS solution gives its guid to.
Guid = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._+=@()!'-]+$")]
Text = Annotated[str, StringConstraints(max_length=2_048, pattern=r"^[^\x00-\x1f\x7f]*$")]
EventId = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$")]
Pixels = Annotated[int, Field(ge=1, le=16_384)]
BitsPerSecond = Annotated[int, Field(ge=1, le=1_000_000_000)]
Seconds = Annotated[float, Field(ge=0, le=7 * 24 * 3600, allow_inf_nan=False)]
Milliseconds = Annotated[int, Field(ge=0, le=7 * 24 * 3_600_000)]
EpochMilliseconds = Annotated[int, Field(ge=0, le=_END_OF_TIME_MILLISECONDS)]

_JOB_AND_ATTEMPT = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-([0-9]{1,6})")
_M = TypeVar("_M", bound=BaseModel)


def _none_unless_valid(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    try:
        return validate(value)
    except ValidationError:
        return None


# After a type: what is not of it counts as not told.
OrNothing = WrapValidator(_none_unless_valid)


class Shape(BaseModel):
    """Keys in camelCase, any order, and as many more as the sender likes."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


def read_as(shape: type[_M], value: object) -> _M:
    """``value`` as a ``shape``. Raises ``UnknownShape`` naming the places that are not as expected."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        places = ", ".join(".".join(str(part) for part in fault["loc"]) for fault in error.errors()[:5])
        raise UnknownShape(f"not as expected: {shown(places)}") from error


def shown(words: str) -> str:
    """Words out of an event, fit to be kept and read: a sender chooses even the keys of an object."""
    printable = (letter if letter.isprintable() else "?" for letter in words)
    return "".join(printable)[:_LONGEST_REASON_CHARACTERS]


def decoded(text: object) -> object:
    """JSON that a field holds as text; ``None`` where it holds none."""
    if not isinstance(text, str):
        return None
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def job_and_attempt(guid: str) -> tuple[str, int] | None:
    """Which job of ours and which attempt a guid names that we gave to an encoder: ``JOB-ATTEMPT``."""
    named = _JOB_AND_ATTEMPT.fullmatch(guid)
    return (named[1], int(named[2])) if named else None


def moment(milliseconds: int | None) -> datetime | None:
    """Of milliseconds since 1970."""
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
