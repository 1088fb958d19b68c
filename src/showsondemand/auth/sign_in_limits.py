"""How often passwords may be guessed, by account, by address, and by both; docs/security.md has the table.

Failures are counted after a password was checked, and holds are asked for before and after: whoever sends many
guesses at one instant learns nothing from those that were checked once a hold had begun.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from showsondemand import audit
from showsondemand.audit import Action
from showsondemand.auth.errors import TooManyTries
from showsondemand.client_addresses import network_of
from showsondemand.database import Database
from showsondemand.throttle import Throttle

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0

_TRIES_A_PAIR, _PAIR_WINDOW = 5, 15 * _MINUTE
_LONGEST_WAIT = 60.0
_TRIES_AN_ACCOUNT, _ACCOUNT_WINDOW, _ACCOUNT_HOLD = 20, 15 * _MINUTE, 15 * _MINUTE
_TRIES_IN_A_ROW, _ROW_WINDOW = 100, 30 * _DAY
_TRIES_AN_ADDRESS, _ADDRESS_WINDOW, _ADDRESS_HOLD = 30, 10 * _MINUTE, 15 * _MINUTE
TELL_OWNER_AT = 10


@dataclass(frozen=True)
class Try:
    """Somebody tries a password: for which account, from where, and whether the account was used from there.

    Where it was, only what went wrong from there counts: nobody else can shut the owner out.
    """

    account: str
    address: str
    from_known_address: bool

    @property
    def pair(self) -> str:
        return f"{self.account}\0{network_of(self.address)}"


@dataclass(frozen=True)
class Failures:
    """What a failed try has come to: how many for the account, and whether it began a hold."""

    of_account: int
    began_hold: bool


class Ask(StrEnum):
    """What a stranger may ask for only so often."""

    LETTER = "letter"
    TAKEN_ADDRESS = "taken"
    ACCOUNT = "account"
    CODE = "code"


# How many, in which time. A registration that meets an account tells a stranger that there is one; new accounts
# cost a hash each, and a school or a household has one address.
_ASKS_AN_ADDRESS = {
    Ask.LETTER: (20, _DAY),
    Ask.TAKEN_ADDRESS: (20, _DAY),
    Ask.ACCOUNT: (300, _HOUR),
    Ask.CODE: (20, _HOUR),
}
_LETTERS_AN_ACCOUNT, _LETTERS_WINDOW = 3, _HOUR


async def refuse_held(throttle: Throttle, attempt: Try) -> None:
    """Raises ``TooManyTries`` while the account, the address or both of them together have to wait."""
    held = [_hold("pair", attempt.pair), _hold("address", network_of(attempt.address))]
    if not attempt.from_known_address:
        held.append(_hold("account", attempt.account))
    _refuse(await throttle.seconds_left(held))


async def count_failure(throttle: Throttle, attempt: Try) -> Failures:
    """Counts a wrong password for the account, the address and both together, and begins the holds due."""
    network = network_of(attempt.address)
    of_pair = await throttle.add(f"pair:{attempt.pair}", _PAIR_WINDOW)
    of_account = await throttle.add(f"account:{attempt.account}", _ACCOUNT_WINDOW)
    in_a_row = await throttle.add(f"row:{attempt.account}", _ROW_WINDOW)
    of_address = await throttle.add(f"address:{network}", _ADDRESS_WINDOW)
    if of_pair >= _TRIES_A_PAIR:
        wait = min(_LONGEST_WAIT, 2.0 ** min(of_pair - _TRIES_A_PAIR, 10))
        await throttle.hold(_hold("pair", attempt.pair), wait)
    if of_address >= _TRIES_AN_ADDRESS:
        await throttle.hold(_hold("address", network), _ADDRESS_HOLD)
    if in_a_row >= _TRIES_IN_A_ROW:
        await throttle.hold(_hold("account", attempt.account), _ROW_WINDOW)
    elif of_account >= _TRIES_AN_ACCOUNT:
        await throttle.hold(_hold("account", attempt.account), _ACCOUNT_HOLD)
    began_hold = (
        of_pair == _TRIES_A_PAIR or of_account == _TRIES_AN_ACCOUNT or of_address == _TRIES_AN_ADDRESS
    )
    return Failures(of_account, began_hold)


async def forget_failures(throttle: Throttle, attempt: Try) -> None:
    """After the right password: what went wrong before it from there, and in a row, counts no more."""
    await throttle.forget([f"pair:{attempt.pair}", _hold("pair", attempt.pair), f"row:{attempt.account}"])


async def open_account(throttle: Throttle, account: str) -> None:
    """After the owner has proved to be one by mail: no hold on the account is left."""
    await throttle.forget([_hold("account", account), f"account:{account}", f"row:{account}"])


async def limit_asks(throttle: Throttle, database: Database, ask: Ask, address: str) -> None:
    """Counts what a stranger asks for. Raises ``TooManyTries`` when that was too often from this address."""
    most, window = _ASKS_AN_ADDRESS[ask]
    key = f"{ask}:{network_of(address)}"
    asked = await throttle.add(key, window)
    if asked == most + 1:  # only the first: nobody fills the audit trail by asking on
        async with database.transaction() as session:
            await audit.record(session, Action.LIMIT_EXCEEDED, details={"asked": ask.value})
    if asked > most:
        _refuse(await throttle.seconds_left([key]) or 1.0)


async def may_write_to(throttle: Throttle, account: str) -> bool:
    """Counts a letter that somebody asked to have sent to an account; false when it had too many already."""
    return await throttle.add(f"letters:{account}", _LETTERS_WINDOW) <= _LETTERS_AN_ACCOUNT


def _hold(kind: str, subject: str) -> str:
    return f"hold:{kind}:{subject}"


def _refuse(seconds: float) -> None:
    if seconds > 0:
        raise TooManyTries(headers={"Retry-After": str(ceil(seconds))})
