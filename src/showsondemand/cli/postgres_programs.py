"""PostgreSQL's own ``pg_dump`` and ``pg_restore``: those of the server's version, or the next one on this machine.

No older one reads the server; a newer one writes what the server may not understand when it is brought back.
"""

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url

from showsondemand.adapters.embedded_postgres.installations import installations
from showsondemand.cli.process import CommandFailed
from showsondemand.database import plain_url


def run_postgres_program(
    name: str, arguments: list[str], *, url: str | None = None, major: int | None = None
) -> None:
    """Runs it to its end, if against a database, the one at ``url`` of a server of version ``major``.

    Raises ``CommandFailed`` with its own words.
    """
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    if url is not None:
        where = make_url(plain_url(url))
        environment["PGPASSWORD"] = where.password or ""
        # Not among the arguments, which every user of this machine can read.
        bare = where.set(password=None).render_as_string(hide_password=False)
        arguments = [f"--dbname={bare}", *arguments]
    try:
        subprocess.run(  # noqa: S603 - a program of PostgreSQL's, with arguments of ours
            [_program(name, major), *arguments],
            env=environment,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
    except subprocess.CalledProcessError as error:
        raise CommandFailed(f"{name}: {error.stderr.strip()}") from error


def _program(name: str, major: int | None) -> Path:
    found = [
        (each.major, each.programs / name) for each in installations() if (each.programs / name).exists()
    ]
    if major is None and found:
        return max(found)[1]
    fitting = [(version, program) for version, program in found if major is not None and version >= major]
    if not fitting:
        of_version = f" of version {major} or newer" if major else ""
        raise CommandFailed(
            f"{name}{of_version} is not installed; it comes with PostgreSQL's client programs."
        )
    return min(fitting)[1]
