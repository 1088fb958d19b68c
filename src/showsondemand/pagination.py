"""Lists page by page: a keyset cursor that this server signed, so that no client can make one up."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from pydantic import AfterValidator

from showsondemand.errors import Malformed
from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text

DEFAULT_LIMIT = 24
MOST_A_PAGE = 100
_LONGEST_WORDS_CHARACTERS = 200
_SIGNATURE_BYTES = 16
_PURPOSE = "cursor"

LimitQuery = Annotated[int, Query(ge=1, le=MOST_A_PAGE, description="How many items a page holds at most.")]
CursorQuery = Annotated[
    str | None,
    Query(description="`nextCursor` of the page before, with the same filters."),
]


def _words(text: str | None) -> str | None:
    return (text or "").strip() or None


WordsQuery = Annotated[
    str | None,
    Query(
        max_length=_LONGEST_WORDS_CHARACTERS,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="What is looked for, in any part of what the list is searched by.",
    ),
    AfterValidator(_words),
]


class ForeignCursor(Malformed):
    title = "The cursor was not issued by this server for this list"


class Cursors:
    """Writes and reads cursors: the sort values of a page's last row, signed together with the list's name."""

    def __init__(self, keys: KeyRing) -> None:
        self._key = keys.key(_PURPOSE)

    def write(self, listing: str, position: Sequence[Any]) -> str:
        """The cursor of ``listing`` (its name with all its filters) after the row with these sort values."""
        body = json.dumps(list(position), separators=(",", ":"), default=str).encode()
        return to_text(signature(self._key, listing.encode() + b"\0" + body, _SIGNATURE_BYTES) + body)

    def read(self, listing: str, cursor: str) -> list[Any]:
        """The sort values in ``cursor``. Raises ``ForeignCursor`` unless ``write`` made it for ``listing``."""
        try:
            data = from_text(cursor)
        except ValueError as error:
            raise ForeignCursor from error
        given, body = data[:_SIGNATURE_BYTES], data[_SIGNATURE_BYTES:]
        if not is_signed(self._key, listing.encode() + b"\0" + body, given, _SIGNATURE_BYTES):
            raise ForeignCursor
        position: list[Any] = json.loads(body)
        return position
