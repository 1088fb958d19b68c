"""Brings the database up to date: one process does it, others that start at the same time wait."""

import asyncio
from typing import TYPE_CHECKING

from showsondemand.database import plain_url
from showsondemand.revisions import migrations_folder, own_revisions, revisions_of

if TYPE_CHECKING:
    from alembic.config import Config


class DatabaseIsNewer(Exception):
    """A later release has migrated the database; the text is a sentence that says so."""


def alembic_config(url: str) -> "Config":
    """Alembic's settings for the database at ``url``."""
    from alembic.config import Config  # noqa: PLC0415 - see revisions.py

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["url"] = plain_url(url)
    return config


def migrate(url: str) -> None:
    """Runs every migration that the database at ``url`` has not had. Not for use inside an event loop.

    Each migration is a transaction; killed in one, the next start runs it again. What the next release has migrated is
    left as it is: until that release is all that runs, this one works on its tables. Raises ``DatabaseIsNewer``.
    """
    ours, found = own_revisions(), asyncio.run(revisions_of(url))
    if unknown := found.unknown_to(ours):
        if found.suits(ours):
            return
        raise DatabaseIsNewer(
            f"The database belongs to a later release (migration {', '.join(sorted(unknown))}): "
            "run that release, or restore a backup that this one has made into an empty database."
        )
    if found.at == {ours.newest}:
        return
    from alembic import command  # noqa: PLC0415 - see revisions.py

    command.upgrade(alembic_config(url), "head")
