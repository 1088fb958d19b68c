"""Bringing a database up to date: what a start does, and what it can do without."""

import asyncio
import subprocess
import sys

import pytest

from database_fixtures import execute
from showsondemand.migrate import DatabaseIsNewer, migrate
from showsondemand.revisions import own_revisions, revisions_of

_MIGRATE_AND_SAY = """
import sys
from showsondemand.migrate import migrate
migrate(sys.argv[1])
print("alembic" in sys.modules)
"""


def test_an_empty_database_gets_every_migration(empty_database_url: str) -> None:
    assert asyncio.run(revisions_of(empty_database_url)).at == set()

    migrate(empty_database_url)

    assert asyncio.run(revisions_of(empty_database_url)).at == {own_revisions().newest}


def test_nothing_is_loaded_for_a_database_that_is_up_to_date(migrated_database_url: str) -> None:
    said = subprocess.check_output(
        [sys.executable, "-W", "ignore", "-c", _MIGRATE_AND_SAY, migrated_database_url], text=True
    )

    assert said == "False\n"


def test_the_tables_of_the_next_release_are_left_as_they_are(migrated_database_url: str) -> None:
    asyncio.run(execute(migrated_database_url, "UPDATE alembic_version SET version_num = 'of_next_month'"))

    migrate(migrated_database_url)

    assert asyncio.run(revisions_of(migrated_database_url)).at == {"of_next_month"}


def test_a_database_of_the_release_after_the_next_is_refused(migrated_database_url: str) -> None:
    asyncio.run(
        execute(
            migrated_database_url,
            "UPDATE alembic_version SET version_num = 'of_next_year';"
            "COMMENT ON TABLE alembic_version IS 'of_next_month'",
        )
    )

    with pytest.raises(DatabaseIsNewer, match="of_next_year"):
        migrate(migrated_database_url)
