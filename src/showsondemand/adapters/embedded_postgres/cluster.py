"""Makes a database cluster, whole or not at all, with one role that may log in and one database for it."""

import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder
from showsondemand.adapters.embedded_postgres.identity import Identity
from showsondemand.adapters.embedded_postgres.installations import Installation, installations
from showsondemand.adapters.embedded_postgres.server_command import ENVIRONMENT

NAME = "showsondemand"  # of the role and of its database
_CREDENTIALS = "showsondemand.json"
_BUILTIN_LOCALES_SINCE = 17
_MAKING_SECONDS = 120.0

# The superuser may not log in at all; ours may, over the socket and from this machine.
_WHO_MAY_CONNECT = f"local all {NAME} scram-sha-256\nhost all {NAME} 127.0.0.1/32 scram-sha-256\n"

# What counts as a letter follows LC_CTYPE; macOS calls C.UTF-8 by another name, and C, with ASCII letters
# only, is there everywhere.
_CHARACTER_TYPES = ("C.UTF-8", "UTF-8", "C")


@dataclass(frozen=True)
class Credentials:
    """What is needed to log in, and the mark on every process that runs this very cluster."""

    cluster_name: str
    password: str

    @classmethod
    def of(cls, cluster: Path) -> "Credentials":
        return cls(**json.loads((cluster / _CREDENTIALS).read_text(encoding="utf-8")))


class _NotMade(Exception):
    """One way to make the cluster failed; the text is what the program said last."""


def make_cluster(folder: DatabaseFolder, identity: Identity, *, durable: bool) -> Installation:
    """Makes ``folder.cluster`` with the first installation that can and returns that installation.

    Killed at any point, it leaves no cluster. Raises ``CannotRunHere`` where no installation can.
    """
    failures = []
    for installation in installations():
        for character_type in _CHARACTER_TYPES:
            try:
                _make(folder, installation, identity, character_type, durable=durable)
            except _NotMade as failure:
                failures.append(f"{installation.programs}: {failure}")
            else:
                return installation
    raise CannotRunHere(failures[0] if failures else "there is no PostgreSQL 15 or newer on this machine")


def _make(
    folder: DatabaseFolder,
    installation: Installation,
    identity: Identity,
    character_type: str,
    *,
    durable: bool,
) -> None:
    half = folder.new_half()
    try:
        identity.take(half)
        options = _initdb_options(half, installation.major, character_type, durable=durable)
        _run(identity.command([installation.initdb, *options], folder.path))
        _write_for_good(os.open(half / "pg_hba.conf", os.O_WRONLY | os.O_TRUNC), _WHO_MAY_CONNECT)
        credentials = Credentials(f"{NAME}-{secrets.token_hex(8)}", secrets.token_urlsafe(32))
        single = [installation.postgres, "--single", "-D", str(half), "-c", "exit_on_error=on", "template1"]
        _run(identity.command(single, folder.path), _first_statements(credentials))
        _write_for_good(
            folder.open_private(half / _CREDENTIALS, os.O_WRONLY), json.dumps(asdict(credentials))
        )
        half.rename(folder.cluster)
        _sync_folder(folder.path)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _initdb_options(cluster: Path, major: int, character_type: str, *, durable: bool) -> list[str]:
    options = [
        f"--pgdata={cluster}",
        "--username=postgres",
        "--auth=reject",
        "--encoding=UTF8",
        "--locale=C",
        f"--lc-ctype={character_type}",
        "--data-checksums",
    ]
    if major >= _BUILTIN_LOCALES_SINCE:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return options if durable else [*options, "--no-sync"]


def _first_statements(credentials: Credentials) -> str:
    """One statement a line, as PostgreSQL reads them alone. The password's alphabet needs no quoting."""
    return (
        f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{credentials.password}'\n"
        f"CREATE DATABASE {NAME} OWNER {NAME}\n"
    )


def _run(command: Sequence[str], text: str = "") -> None:
    try:
        done = subprocess.run(  # noqa: S603 - programs of the chosen installation
            command,
            input=text,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=ENVIRONMENT,
            timeout=_MAKING_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise _NotMade(f"no end after {error.timeout:.0f} seconds") from error
    if done.returncode != 0:
        raise _NotMade(_complaint(done.stdout.splitlines()) or f"exit code {done.returncode}")


def _complaint(lines: Sequence[str]) -> str:
    """The first line that names an error, else the last one."""
    said = [line.strip() for line in lines if line.strip()]
    errors = [line for line in said if "error:" in line or "FATAL:" in line or "ERROR:" in line]
    return (errors or said[-1:] or [""])[0]


def _write_for_good(descriptor: int, text: str) -> None:
    """Writes and closes what has to be there after a power cut."""
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Makes a rename in ``path`` outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
