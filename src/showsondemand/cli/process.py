"""What every command begins with: settings that hold, logs, and a database that answers and is up to date."""

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

import asyncpg
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import ArgumentError, DBAPIError

from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.config import Settings
from showsondemand.database import plain_url
from showsondemand.logs import configure_logs
from showsondemand.migrate import DatabaseIsNewer, migrate
from showsondemand.tracing import TracesNotInstalled, Tracing, start_tracing

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h
_DATABASE_FOLDER = "postgres"
_NAME = "showsondemand"
_KILLED_BY = 128  # what a shell adds to the number of the signal that ended a program

console = Console(stderr=True)


class CommandFailed(Exception):
    """The command did not do what it was asked for; the text says why and what to do."""


class SettingsWrong(CommandFailed):
    """A setting is wrong, as only shows when it is used; the text names it, without its value."""


@dataclass(frozen=True)
class OpenDatabase:
    """Where the database answers. ``is_ours``: this process runs its server, which ends when we do."""

    url: str
    is_ours: bool


def load_settings(*, is_service: bool = False) -> Settings:
    """The settings; wrong ones are named, without their values, and end the process with 78.

    Only a service logs what goes well: elsewhere it would stand between the lines for the person who asked.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            name = ".".join(str(part) for part in fault["loc"])
            said = fault["msg"].removeprefix("Value error, ")
            sys.stderr.write(f"{name}: {said}\n" if name else f"{said}\n")
        raise SystemExit(WRONG_SETTINGS) from None
    except OSError as error:  # a NAME_FILE that cannot be read
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        raise SystemExit(WRONG_SETTINGS) from None
    if not is_service and "level" not in settings.logs.model_fields_set:
        settings = settings.model_copy(update={"logs": settings.logs.model_copy(update={"level": "warning"})})
    configure_logs(settings.logs)
    return settings


@contextmanager
def open_database(settings: Settings) -> Iterator[OpenDatabase]:
    """The database of ``DATABASE_URL``, or the embedded one, started if nobody runs it yet; migrated."""
    with reached_database(settings) as database:
        try:
            migrate(database.url)
        except (OSError, asyncpg.PostgresError, DBAPIError) as error:
            raise CommandFailed(
                f"The database could not be brought up to date: {reason_of(error)}."
            ) from error
        except DatabaseIsNewer as error:
            raise CommandFailed(str(error)) from error
        yield database


@contextmanager
def reached_database(settings: Settings) -> Iterator[OpenDatabase]:
    """The same as it is: neither migrated nor, where ``DATABASE_URL`` names it, asked whether it answers."""
    if settings.database.url is not None:
        try:
            plain_url(settings.database.url)
        except ArgumentError:
            sys.stderr.write("DATABASE_URL: must be like postgresql://user:password@host:5432/name\n")
            raise SystemExit(WRONG_SETTINGS) from None
        yield OpenDatabase(settings.database.url, is_ours=False)
        return
    try:
        with embedded_postgres(settings.data_folder / _DATABASE_FOLDER) as database:
            yield OpenDatabase(database.url, is_ours=database.owned)
    except CannotRunHere as error:
        raise CommandFailed(str(error)) from error


def traces_of(settings: Settings, part: str) -> Tracing | None:
    """The traces of this process, where the settings ask for any."""
    endpoint = settings.logs.traces_to
    try:
        return start_tracing(str(endpoint) if endpoint else None, part)
    except TracesNotInstalled as error:
        raise CommandFailed("Traces need more packages: pip install 'showsondemand[traces]'") from error


def reason_of(error: Exception) -> str:
    """What the driver or the system says of a database that refuses, in its own first line."""
    innermost: BaseException = error
    while innermost.__cause__ is not None:
        innermost = innermost.__cause__
    return (str(innermost).splitlines() or [type(innermost).__name__])[0].rstrip(".")


def own_command() -> str:
    """How whoever reads our output calls us: by name, or by a path where the name is not found."""
    ours = Path(sys.argv[0])
    if ours.name != _NAME or shutil.which(_NAME) == str(ours.absolute()):
        return _NAME
    try:
        return str(ours.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(ours)


def end_on_sigterm() -> None:
    """Lets SIGTERM end any command the way Ctrl-C does: what it runs is shut down first."""

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(_KILLED_BY + number)

    signal.signal(signal.SIGTERM, end)
