"""What pydantic found wrong with a field, said as one says it to a person, with a code for programs."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic_core.core_schema import ErrorType

from showsondemand.errors import Fault

# The least and the most, as pydantic's errors name them.
_LIMITS = ("min_length", "max_length", "ge", "gt", "le", "lt")
_NOTHING_GIVEN = {"missing", "cannot_be_emptied"}
_SIZES = {
    "string_too_short": ("too_short", "must have at least {} characters"),
    "string_too_long": ("too_long", "must have at most {} characters"),
    "greater_than_equal": ("too_small", "must be {} or more"),
    "greater_than": ("too_small", "must be more than {}"),
    "less_than_equal": ("too_large", "must be {} or less"),
    "less_than": ("too_large", "must be less than {}"),
}
_OF_LISTS = {
    "too_short": ("too_few", "must hold at least {}"),
    "too_long": ("too_many", "must hold at most {}"),
}
_SAID = {
    "extra_forbidden": ("not_taken", "is not a field that can be set here"),
    "json_invalid": ("not_json", "is not JSON"),
    "string_pattern_mismatch": ("wrong_form", "is not written as it has to be"),
}
# Any other is a PydanticCustomError of ours, by the code that it is to have.
_PYDANTICS = frozenset(get_args(ErrorType))
# Where a field takes some members of an enum, pydantic names them as Python does: <Event.REJECTED: 'show.rejected'>.
_MEMBER = re.compile(r"<[A-Za-z_.]+: ('[^']*')>")


def field_fault(pointer: str, found: Mapping[str, Any]) -> Fault:
    """One entry of pydantic's ``errors()`` as a fault. Holds nothing of what was sent."""
    kind = _kind(found)
    if kind in _NOTHING_GIVEN:
        return Fault(pointer, "must be given", "required")
    limit = next((found["ctx"][name] for name in _LIMITS if name in found.get("ctx", {})), None)
    if kind == "string_too_short" and limit == 1:
        return Fault(pointer, "must be given", "required")
    sized = _SIZES.get(kind) or _OF_LISTS.get(kind)
    if sized and isinstance(limit, int | float):
        code, words = sized
        return Fault(pointer, words.format(limit), code, limit)
    if kind in _SAID:
        code, words = _SAID[kind]
        return Fault(pointer, words, code)
    if kind not in _PYDANTICS:
        return Fault(pointer, _words(found), kind)
    return Fault(pointer, _words(found), "refused" if kind == "value_error" else "wrong_form")


def _kind(found: Mapping[str, Any]) -> str:
    """Where a check follows another one, pydantic counts the items of texts too."""
    kind: str = found["type"]
    if kind in _OF_LISTS and isinstance(found.get("input"), str):
        return f"string_{kind}"
    return kind


def _words(found: Mapping[str, Any]) -> str:
    return _MEMBER.sub(r"\1", str(found["msg"]).removeprefix("Value error, "))
