"""The language in which people are written to: that of the request which gave cause to it.

It is bound to the request once, by ``dependencies``, and stored with what is written: a worker sends it, later.
"""

import re
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Words = TypeVar("Words")

# A range of RFC 9110, 12.5.4: the language, whatever narrows it (a country, a script), and how much it is wanted.
_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?")
_MOST_RANGES = 30


class Language(StrEnum):
    """What we can write; the web clients speak the same (``web/src/language``)."""

    EN = "en"
    DE = "de"


@dataclass(frozen=True)
class InEachLanguage(Generic[Words]):
    """The same words in every language: none can be left out."""

    en: Words
    de: Words

    def said_in(self, language: Language) -> Words:
        said: Words = getattr(self, language.value)
        return said


_of_request: ContextVar[Language] = ContextVar("reader_language", default=Language.EN)


def best_language(accept_language: str) -> Language:
    """The one of ours that an ``Accept-Language`` wants most; English where it wants none, or is none at all."""
    wanted: dict[Language, float] = {}
    for part in accept_language.split(",")[:_MOST_RANGES]:
        found = _RANGE.fullmatch(part)
        if found is not None and found[1].lower() in set(Language):
            language, weight = Language(found[1].lower()), float(found[2] or 1)
            wanted[language] = max(weight, wanted.get(language, 0))
    best = max(wanted, key=lambda language: wanted[language], default=Language.EN)
    return best if wanted.get(best) else Language.EN


def read_in(language: Language) -> None:
    """Says which language whoever makes the request reads that this task answers."""
    _of_request.set(language)


def language_of_request() -> Language:
    """What is written for the request that this task answers is in it; English outside of one."""
    return _of_request.get()
