"""Databases for tests: one server a session, and a database of its own for each test that asks for one."""

import asyncio
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.migrate import migrate

_MEMORY = Path("/dev/shm")
_MEMORY_NEEDED_BYTES = 2 * 1024**3  # containers often have 64 MiB of it, which one database would fill
_DROP_TRIES = 40
_DROP_PAUSE_SECONDS = 0.25


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server that lives as long as the test session; its role may make databases.

    Not in pytest's own folder: that is closed to the user ``nobody``, to whom root may hand the server.
    """
    with tempfile.TemporaryDirectory(prefix="postgres-", dir=_fast_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        try:
            with embedded_postgres(folder / "database", durable=False) as database:
                yield database.url
        except CannotRunHere as reason:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(reason))


def _fast_folder() -> Path | None:
    """Where there is memory for it, a folder in memory: a database of hundreds of files is made for nearly each test.

    On a disk that takes 0.4 s and more for each, in memory 0.03 s. ``None`` is the usual place for temporary files.
    """
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _MEMORY_NEEDED_BYTES:
        return _MEMORY
    return None


@pytest.fixture
def empty_database_url(postgres: str) -> Iterator[str]:
    """The URL of a database with nothing in it, dropped after the test."""
    with new_database(postgres, "template1") as url:
        yield url


@pytest.fixture
def migrated_database_url(postgres: str, migrated_template: str) -> Iterator[str]:
    """The URL of a database with every migration applied and no rows, dropped after the test."""
    with new_database(postgres, migrated_template) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(postgres: str) -> Iterator[str]:
    """The name of a database to copy: migrating takes far longer than copying."""
    with new_database(postgres, "template1") as url:
        migrate(url)
        yield str(make_url(url).database)


@contextmanager
def new_database(server_url: str, template: str) -> Iterator[str]:
    name = f"test_{secrets.token_hex(8)}"
    asyncio.run(execute(server_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    try:
        yield make_url(server_url).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_drop(server_url, name))


async def _drop(server_url: str, name: str) -> None:
    """Drops a database; an autovacuum worker in it belongs to the superuser, and is waited for."""
    for _ in range(_DROP_TRIES):
        try:
            await execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")
        except (asyncpg.InsufficientPrivilegeError, asyncpg.ObjectInUseError):
            await asyncio.sleep(_DROP_PAUSE_SECONDS)
        else:
            return
    await execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")


async def execute(url: str, statement: str) -> None:
    """One or several statements, each committed, on a connection of their own."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
