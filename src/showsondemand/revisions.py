"""Which migration is the newest, told without Alembic: most starts have nothing to migrate.

Alembic with its templates takes 10 MB of a process that never uses it again, and a tenth of a start.
"""

import ast
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from showsondemand.database import plain_url

_IN_THE_PACKAGE = Path(__file__).with_name("migrations")
_IN_THE_REPOSITORY = Path(__file__).parents[2] / "migrations"


def migrations_folder() -> Path:
    """Where the migrations are, whichever way the package was installed."""
    return _IN_THE_PACKAGE if _IN_THE_PACKAGE.is_dir() else _IN_THE_REPOSITORY


@dataclass(frozen=True)
class OwnRevisions:
    """The revisions that this release knows, and the ``newest``, which no other of them comes after."""

    known: frozenset[str]
    newest: str


def own_revisions() -> OwnRevisions:
    """Reads the migrations. ``ValueError`` where several are the newest."""
    known, followed = set[str](), set[str]()
    for path in (migrations_folder() / "versions").glob("*.py"):
        for statement in ast.parse(path.read_bytes()).body:
            match statement:
                case ast.Assign([ast.Name("revision")], ast.Constant(str(name))):
                    known.add(name)
                case ast.Assign([ast.Name("down_revision")], ast.Constant(str(name))):
                    followed.add(name)
    (newest,) = known - followed
    return OwnRevisions(frozenset(known), newest)


@dataclass(frozen=True)
class FoundRevisions:
    """What a database says of itself.

    The revisions it is ``at``, none while it has had no migration; and ``suits_since``: a release that knows that
    revision works on its tables. ``None`` where nobody wrote it down.
    """

    at: frozenset[str]
    suits_since: str | None

    def unknown_to(self, ours: OwnRevisions) -> frozenset[str]:
        """The revisions that only a later release can have left here."""
        return self.at - ours.known

    def suits(self, ours: OwnRevisions) -> bool:
        """Whether this release may work on the tables though a later one has migrated them."""
        return self.suits_since in ours.known


async def revisions_of(url: str) -> FoundRevisions:
    """Asks the database at ``url``; raises what asyncpg raises."""
    connection = await asyncpg.connect(plain_url(url))
    try:
        rows = await connection.fetch("SELECT version_num FROM alembic_version")
        comment = await connection.fetchval("SELECT obj_description('alembic_version'::regclass)")
    except asyncpg.UndefinedTableError:
        return FoundRevisions(frozenset(), None)
    finally:
        await connection.close()
    return FoundRevisions(frozenset(row["version_num"] for row in rows), comment)
