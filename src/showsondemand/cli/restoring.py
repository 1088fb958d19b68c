"""``restore``: a backup into an installation that has nothing yet.

Files first, then the database in one transaction: whenever it is broken off there is no show without its media, and it
can be done again.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

import asyncpg
import typer
from sqlalchemy.exc import DBAPIError

from showsondemand.adapters.storage.port import StorageAway
from showsondemand.assembly import build_wiring
from showsondemand.audit import Action
from showsondemand.cli import backup_folder
from showsondemand.cli.backing_up import count_rows, fingerprint, major_of, write_down
from showsondemand.cli.backup_folder import DUMP, FILES, Manifest
from showsondemand.cli.postgres_programs import run_postgres_program
from showsondemand.cli.process import CommandFailed, OpenDatabase, reason_of
from showsondemand.config import Settings
from showsondemand.database import plain_url
from showsondemand.migrate import migrate
from showsondemand.revisions import own_revisions
from showsondemand.wiring import Wiring


def restore(settings: Settings, database: OpenDatabase, folder: Path) -> None:
    """Brings back what ``folder`` holds. Raises ``CommandFailed`` before anything is touched if it cannot be."""
    manifest = backup_folder.read_manifest(folder)
    _refuse_newer(manifest)
    backup_folder.verify(folder, manifest)
    try:
        major = asyncio.run(_major_of_empty(database))
        wiring = build_wiring(settings, database.url)
        asyncio.run(_put_files(wiring, folder, manifest))
        run_postgres_program(
            "pg_restore",
            ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(folder / DUMP)],
            url=database.url,
            major=major,
        )
        rows = asyncio.run(_rows(database))
        migrate(database.url)
    except (OSError, asyncpg.PostgresError, DBAPIError, StorageAway) as error:
        raise CommandFailed(f"The restoration was broken off: {reason_of(error)}.") from error
    if rows != manifest.rows:
        different = [name for name in manifest.rows if rows.get(name) != manifest.rows[name]]
        raise CommandFailed(f"Other numbers of rows than the backup says: {', '.join(different)}.")
    write_down(wiring.database, Action.RESTORED, {"madeAt": manifest.made_at.isoformat()})
    typer.echo(
        f"{sum(rows.values())} rows and {len(manifest.files)} files are back, as of {manifest.made_at}."
    )
    if fingerprint(wiring.keys) != manifest.secret:
        typer.echo("SECRET_KEY is another one than it was: everybody has to sign in again.")


def _refuse_newer(manifest: Manifest) -> None:
    if manifest.revision not in own_revisions().known:
        raise CommandFailed(
            f"The backup was made by version {manifest.version}, which is newer than this one."
        )


async def _major_of_empty(database: OpenDatabase) -> int:
    """The server's version. Raises ``CommandFailed`` where there is something already."""
    connection = await asyncpg.connect(plain_url(database.url))
    try:
        tables, major = await count_rows(connection), major_of(connection)
    finally:
        await connection.close()
    if tables:
        raise CommandFailed("The database is not empty: restore into a new one, so that nothing is lost.")
    return major


async def _rows(database: OpenDatabase) -> dict[str, int]:
    connection = await asyncpg.connect(plain_url(database.url))
    try:
        return await count_rows(connection)
    finally:
        await connection.close()


async def _put_files(wiring: Wiring, folder: Path, manifest: Manifest) -> None:
    """Each whole, under its key; one that is there already from a time before is replaced by the same."""
    wiring.settings.data_folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=wiring.settings.data_folder, prefix="restore-") as scratch:
            for key in manifest.files:
                copy = Path(scratch) / Path(key).name
                await asyncio.to_thread(shutil.copyfile, folder / FILES / key, copy)
                await wiring.storage.adopt_file(copy, key)
    finally:
        await wiring.close()
