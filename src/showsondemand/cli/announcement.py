"""What ``serve`` says once it answers: where to go, how others reach it, and how to become its administrator."""

import socket
from dataclasses import dataclass

from showsondemand.auth.setup import setup_link
from showsondemand.cli.process import OpenDatabase, console, own_command
from showsondemand.config import Settings
from showsondemand.signing import load_key_ring

_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised here, not listened on
_THIS_MACHINE = "127.0.0.1"


@dataclass(frozen=True)
class Opening:
    """What there is to say of a service that begins to answer."""

    taken: socket.socket
    settings: Settings
    database: OpenDatabase
    has_admin: bool


def address_of(taken: socket.socket) -> str:
    """The URL, without a slash at its end, by which this machine reaches ``taken``."""
    host, port = taken.getsockname()[:2]
    if host in _EVERY_ADDRESS:
        host = _THIS_MACHINE
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def announce(opening: Opening) -> None:
    """Writes it to the terminal, a line for each thing that somebody new has to know."""
    console.print("\n".join(["", *_lines(opening), ""]), soft_wrap=True, highlight=False)


def _lines(opening: Opening) -> list[str]:
    address, settings = address_of(opening.taken), opening.settings
    lines = [
        f"[bold]Shows on Demand[/bold] answers at {address}",
        f"  the API, to read and try out:  {address}/docs",
    ]
    is_reached_by_others = opening.taken.getsockname()[0] in _EVERY_ADDRESS
    if is_reached_by_others:
        lines.append("  and on every other address of this machine")
    if settings.base_url != address:
        lines.append(f"  links and streams begin with:  {settings.base_url}  (PUBLIC_BASE_URL)")
    elif is_reached_by_others:
        lines.append(
            f"  films play from {address} only:  set PUBLIC_BASE_URL to what others call this machine"
        )
    if not opening.has_admin:
        lines.append(f"  nobody may manage shows yet:   {setup_link(settings, load_key_ring(settings))}")
        lines.append(f"  or, on this machine:           {own_command()} create-admin YOU@EXAMPLE.ORG")
    if settings.database.url is None and not opening.database.is_ours:
        lines.append("  the database is run by another showsondemand on this folder, and ends with it")
    return lines
