"""``create-admin``: an account that may manage shows."""

import asyncio
import sys
from getpass import getpass

from pydantic import TypeAdapter, ValidationError

from showsondemand.assembly import build_wiring
from showsondemand.auth import service as auth
from showsondemand.cli.process import CommandFailed, OpenDatabase, console
from showsondemand.config import Settings
from showsondemand.errors import Problem
from showsondemand.tokens import Role
from showsondemand.users.schemas import Email


def create_admin(settings: Settings, database: OpenDatabase, email: str, role: Role) -> None:
    """Makes the account, or gives one that is there the role. Raises ``CommandFailed``."""
    address = email_address(email)
    made = asyncio.run(_create(settings, database, address, _password(), role))
    console.print(f"{address} is {role}" + ("" if made else ", with the password it had"))


def email_address(text: str) -> str:
    """``text`` in the form that accounts have it in. Raises ``CommandFailed``."""
    try:
        return TypeAdapter[str](Email).validate_python(text)
    except ValidationError as error:
        raise CommandFailed(f"{text}: is not an e-mail address.") from error


async def _create(settings: Settings, database: OpenDatabase, email: str, password: str, role: Role) -> bool:
    wiring = build_wiring(settings, database.url)
    try:
        return await auth.make_admin(
            wiring.database, wiring.hasher, email=email, password=password, role=role
        )
    except Problem as problem:
        raise CommandFailed(problem.detail or problem.title) from problem
    finally:
        await wiring.database.close()


def _password() -> str:
    """Asked for twice in a terminal; the first line of standard input otherwise."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise CommandFailed("The two passwords differ.")
    return password
