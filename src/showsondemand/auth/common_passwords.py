"""The passwords that are tried first."""

from functools import cache
from importlib.resources import files

_LIST = "common_passwords.txt"


def is_common(password: str) -> bool:
    """Whether ``password``, folded, is one of the list."""
    return password in _common_passwords()


@cache
def _common_passwords() -> frozenset[str]:
    lines = files(__package__).joinpath(_LIST).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
