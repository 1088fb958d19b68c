"""What every command begins with: settings that hold, logs, and a database that answers and is up to date."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import ValidationError
from rich.console import Console

from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.config import Settings
from showsondemand.logs import configure_logs
from showsondemand.migrate import migrate

WRONG_SETTINGS = 78  # EX_CONFIG of sysexits.h
_DATABASE_FOLDER = "postgres"

console = Console(stderr=True)


class CommandFailed(Exception):
    """The command did not do what it was asked for; the text says why and what to do."""


@dataclass(frozen=True)
class OpenDatabase:
    """Where the database answers. ``is_ours``: this process runs it, so nobody else works its jobs."""

    url: str
    is_ours: bool


def load_settings() -> Settings:
    """The settings; wrong ones are named, without their values, and end the process with 78."""
    try:
        settings = Settings()
    except ValidationError as error:
        for fault in error.errors(include_input=False, include_url=False):
            name = ".".join(str(part) for part in fault["loc"]) or "settings"
            sys.stderr.write(f"{name}: {fault['msg'].removeprefix('Value error, ')}\n")
        raise SystemExit(WRONG_SETTINGS) from None
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        raise SystemExit(WRONG_SETTINGS) from None
    configure_logs(settings.logs)
    return settings


@contextmanager
def open_database(settings: Settings) -> Iterator[OpenDatabase]:
    """The database of ``DATABASE_URL``, or the embedded one, started if nobody runs it yet; migrated."""
    if settings.database.url is not None:
        migrate(settings.database.url)
        yield OpenDatabase(settings.database.url, is_ours=False)
        return
    try:
        with embedded_postgres(settings.data_folder / _DATABASE_FOLDER) as database:
            migrate(database.url)
            yield OpenDatabase(database.url, is_ours=database.owned)
    except CannotRunHere as error:
        raise CommandFailed(str(error)) from error
