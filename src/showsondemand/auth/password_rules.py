"""Which passwords are taken: long rather than odd, and not what anybody would guess first."""

import re
import unicodedata

from showsondemand.auth.common_passwords import is_common
from showsondemand.auth.errors import WeakPassword
from showsondemand.errors import Fault
from showsondemand.tokens import Role

# NIST SP 800-63B-4 asks for 15 where a password is the only factor; docs/decisions/passwords.md says why viewers
# may do with 12.
LEAST_CHARACTERS = 12
LEAST_CHARACTERS_FOR_STAFF = 15
MOST_CHARACTERS = 128
MOST_BYTES = 1024
_LEAST_DISTINCT_CHARACTERS = 5
# A word that anybody could guess counts for nothing; what is around it has to be as long as a password of its own
# would be where every guess is counted.
_LEAST_AROUND_A_WORD = 8
_LEAST_WORD_CHARACTERS = 4
_OUR_WORDS = ("showsondemand", "shows on demand", "shows-on-demand", "password", "passwort")


def least_characters(role: Role) -> int:
    """How long a password has to be of an account with that role."""
    return LEAST_CHARACTERS if role is Role.VIEWER else LEAST_CHARACTERS_FOR_STAFF


def refuse_weak_password(password: str, *, email: str, name: str = "", role: Role = Role.VIEWER) -> None:
    """Raises ``WeakPassword`` with the reason. A password may hold any character but NUL; nothing is composed."""
    fault = _wrong_size(password, least_characters(role)) or _easy_to_guess(
        _folded(password), _words_of(email, name)
    )
    if fault:
        raise WeakPassword(f"The password {fault.detail}.", faults=[fault])


def _fault(detail: str, code: str, limit: float | None = None) -> Fault:
    return Fault("/password", detail, code, limit)


def _wrong_size(password: str, least: int) -> Fault | None:
    if len(password) < least:
        return _fault(f"must have at least {least} characters", "too_short", least)
    if len(password) > MOST_CHARACTERS or len(password.encode()) > MOST_BYTES:
        return _fault(f"must have at most {MOST_CHARACTERS} characters", "too_long", MOST_CHARACTERS)
    if "\0" in password:
        return _fault("must not hold a NUL character", "wrong_form")
    return None


def _easy_to_guess(password: str, personal_words: list[str]) -> Fault | None:
    if len(set(password)) < _LEAST_DISTINCT_CHARACTERS or _repeats(password):
        return _fault("must not repeat the same few characters", "repeated")
    if is_common(password):
        return _fault("is one of those that are tried first", "common")
    if any(_is_little_more_than(word, password) for word in personal_words):
        return _fault(
            "must be more than the e-mail address, the name or the name of this service", "personal"
        )
    return None


def _repeats(password: str) -> bool:
    """``abcabcabcabc``: a short piece over and over."""
    return re.fullmatch(r"(.{1,6}?)\1+(.{0,5})", password, re.DOTALL) is not None


def _words_of(email: str, name: str) -> list[str]:
    local, _, host = email.partition("@")
    words = {_folded(word) for word in (email, local, host, name, *name.split(), *_OUR_WORDS)}
    return [word for word in words if len(word) >= _LEAST_WORD_CHARACTERS]


def _is_little_more_than(word: str, password: str) -> bool:
    return word in password and len(password.replace(word, "")) < _LEAST_AROUND_A_WORD


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
