"""Which passwords are taken: long rather than odd, and not what anybody would guess first."""

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
_OUR_WORDS = ("showsondemand", "shows on demand")


def refuse_weak_password(password: str, *, email: str, role: Role = Role.VIEWER) -> None:
    """Raises ``WeakPassword`` with the reason. A password may hold any character but NUL; nothing is composed."""
    fault = _weakness(
        password, email, LEAST_CHARACTERS if role is Role.VIEWER else LEAST_CHARACTERS_FOR_STAFF
    )
    if fault:
        raise WeakPassword(f"The password {fault}.", faults=[Fault("/password", fault)])


def _weakness(password: str, email: str, least_characters: int) -> str | None:
    if len(password) < least_characters:
        return f"must have at least {least_characters} characters"
    if len(password) > MOST_CHARACTERS or len(password.encode()) > MOST_BYTES:
        return f"must have at most {MOST_CHARACTERS} characters"
    if "\0" in password:
        return "must not hold a NUL character"
    folded = password.casefold()
    if len(set(folded)) < _LEAST_DISTINCT_CHARACTERS:
        return "must not repeat the same few characters"
    if folded in {email.casefold(), email.casefold().partition("@")[0]} or folded in _OUR_WORDS:
        return "must not be the e-mail address or the name of this service"
    return None
