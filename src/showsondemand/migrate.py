"""Brings the database up to date: one process does it, others that start at the same time wait."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from showsondemand.database import plain_url

_IN_THE_PACKAGE = Path(__file__).with_name("migrations")
_IN_THE_REPOSITORY = Path(__file__).parents[2] / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's settings for the database at ``url``, whichever way the package was installed."""
    folder = _IN_THE_PACKAGE if _IN_THE_PACKAGE.is_dir() else _IN_THE_REPOSITORY
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["url"] = plain_url(url)
    return config


def migrate(url: str) -> None:
    """Runs every migration that the database at ``url`` has not had. Not for use inside an event loop.

    Each migration is a transaction; killed in one, the next start runs it again.
    """
    command.upgrade(alembic_config(url), "head")
