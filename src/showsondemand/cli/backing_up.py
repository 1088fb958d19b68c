"""``backup``: the database as it is at one instant, then every file that it may speak of.

In this order, because files are never changed and are removed only long after what named them: those that are copied
later are all that the dump knows, and perhaps some more.
"""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg
import typer

from showsondemand import audit
from showsondemand.adapters.storage.port import Storage, StorageAway
from showsondemand.assembly import build_wiring
from showsondemand.audit import Action
from showsondemand.cli import backup_folder
from showsondemand.cli.backup_folder import DUMP, FILES, Manifest, StoredFile
from showsondemand.cli.postgres_programs import run_postgres_program
from showsondemand.cli.process import CommandFailed, OpenDatabase, reason_of
from showsondemand.config import Settings
from showsondemand.database import Database, DatabaseAway, plain_url
from showsondemand.shows.media_addresses import MEDIA_SETS
from showsondemand.signing import KeyRing
from showsondemand.vod_ingest.models import SOURCES
from showsondemand.wiring import Wiring

# Everything that is ever put into the storage lies below one of these.
KEPT = (MEDIA_SETS, SOURCES)
_FINGERPRINT_CHARACTERS = 12


def back_up(settings: Settings, database: OpenDatabase, folder: Path) -> None:
    """Writes a backup to ``folder``, which is empty or not there yet, beside a service that runs or not."""
    backup_folder.begin(folder)
    wiring = build_wiring(settings, database.url)
    try:
        manifest = asyncio.run(_back_up(wiring, folder))
    except (OSError, asyncpg.PostgresError, StorageAway) as error:
        write_down(wiring.database, Action.BACKUP_FAILED, {"error": type(error).__name__})
        raise CommandFailed(f"The backup was broken off: {reason_of(error)}.") from error
    backup_folder.write_manifest(folder, manifest)
    write_down(
        wiring.database, Action.BACKED_UP, {"files": len(manifest.files), "bytes": manifest.size_bytes}
    )
    rows = sum(manifest.rows.values())
    typer.echo(
        f"{rows} rows and {len(manifest.files)} files, {manifest.size_bytes / 1e6:.1f} MB, in {folder}"
    )
    if manifest.vanished:
        typer.echo(f"{len(manifest.vanished)} files were removed meanwhile, and are not in it.")


def write_down(database: Database, action: Action, details: Mapping[str, Any]) -> None:
    """An entry in the trail of what happened; where the database is away there is none, only what we say here."""

    async def entered() -> None:
        with suppress(DatabaseAway):
            async with database.transaction() as session:
                await audit.record(session, action, details=details)
        await database.close()

    asyncio.run(entered())


def fingerprint(keys: KeyRing) -> str:
    """Two installations with the same SECRET_KEY have the same one; the key cannot be had from it."""
    return keys.key("fingerprint of a backup").hex()[:_FINGERPRINT_CHARACTERS]


async def _back_up(wiring: Wiring, folder: Path) -> Manifest:
    try:
        async with _instant(wiring.database.url) as (connection, snapshot):
            dumping = ["--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data"]
            await asyncio.to_thread(
                run_postgres_program,
                "pg_dump",
                [*dumping, f"--snapshot={snapshot}", f"--file={folder / DUMP}"],
                url=wiring.database.url,
                major=major_of(connection),
            )
            await asyncio.to_thread(run_postgres_program, "pg_restore", ["--list", str(folder / DUMP)])
            rows = await count_rows(connection)
            revision = str(await connection.fetchval("SELECT version_num FROM alembic_version"))
        files: dict[str, StoredFile] = {}
        vanished = []
        async for key in keys_below(wiring.storage, KEPT):
            copied = await _copy(wiring.storage, key, folder / FILES / key)
            if copied is None:
                vanished.append(key)
            else:
                files[key] = copied
    finally:
        await wiring.close()
    return Manifest(
        version=version("showsondemand"),
        revision=revision,
        made_at=datetime.now(UTC),
        secret=fingerprint(wiring.keys),
        dump=backup_folder.described(folder / DUMP),
        rows=rows,
        files=files,
        vanished=vanished,
    )


@asynccontextmanager
async def _instant(url: str) -> AsyncIterator[tuple["asyncpg.Connection[asyncpg.Record]", str]]:
    """A transaction whose view of the database others can share by the name of its snapshot."""
    connection = await asyncpg.connect(plain_url(url))
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection, str(await connection.fetchval("SELECT pg_export_snapshot()"))
    finally:
        await connection.close()


def major_of(connection: "asyncpg.Connection[asyncpg.Record]") -> int:
    """The server's version."""
    return int(connection.get_server_version().major)


async def count_rows(connection: "asyncpg.Connection[asyncpg.Record]") -> dict[str, int]:
    """The rows of each table that a dump has, by its name."""
    tables = await connection.fetch(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        " AND relpersistence = 'p' ORDER BY relname"
    )
    return {
        name: int(await connection.fetchval(f'SELECT count(*) FROM "{name}"') or 0)  # noqa: S608 - from the catalogue
        for (name,) in tables
    }


async def keys_below(storage: Storage, prefixes: tuple[str, ...]) -> AsyncIterator[str]:
    """The keys of all files below ``prefixes``."""
    for prefix in prefixes:
        for name in await storage.keys(prefix):
            if await storage.size_bytes(name) is not None:
                yield name
            else:
                async for key in keys_below(storage, (name,)):
                    yield key


async def _copy(storage: Storage, key: str, to: Path) -> StoredFile | None:
    """Copies one file and hashes it on the way; ``None`` where it is there no more."""
    digest, size = hashlib.sha256(), 0
    try:
        passage = await storage.passage(key)
    except FileNotFoundError:
        return None
    to.parent.mkdir(parents=True, exist_ok=True)
    with to.open("wb") as file:
        async for chunk in passage.chunks:
            digest.update(chunk)
            size += len(chunk)
            await asyncio.to_thread(file.write, chunk)
        file.flush()
        await asyncio.to_thread(os.fsync, file.fileno())
    if size != passage.size_bytes:
        raise CommandFailed(f"{key} has {passage.size_bytes} bytes, and {size} came.")
    return StoredFile(size_bytes=size, sha256=digest.hexdigest())
