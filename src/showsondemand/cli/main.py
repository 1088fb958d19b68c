"""``showsondemand``: every command, and the exit codes they share (0 done, 1 failed, 2 usage, 78 settings)."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from showsondemand.cli.process import (
    WRONG_SETTINGS,
    CommandFailed,
    SettingsWrong,
    end_on_sigterm,
    load_settings,
    open_database,
)
from showsondemand.tokens import Role

app = typer.Typer(
    help="Shows on Demand: a streaming service of one's own.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

# Each command imports what it needs by itself: `openapi` has no use for ffmpeg, `worker` none for uvicorn.


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
    *,
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Leave jobs to other processes.")] = False,
) -> None:
    """Run the API, the web clients and a job worker; with no settings at all on embedded parts."""
    from showsondemand.cli import serving

    settings = load_settings(is_service=True)
    with serving.listener(host, port) as taken, open_database(settings) as database:
        serving.serve(settings, database, taken, with_worker=not no_worker)


@app.command()
def worker(
    concurrency: Annotated[
        int | None, typer.Option(help="Jobs at once; else TRANSCODE_CONCURRENCY.", min=1, max=64)
    ] = None,
) -> None:
    """Run jobs only: as many machines as you like on one database."""
    from showsondemand.cli.process import traces_of
    from showsondemand.worker import run_worker

    settings = load_settings(is_service=True)
    with open_database(settings) as database:
        at_once = concurrency or settings.media.transcode_concurrency
        tracing = traces_of(settings, "worker")
        asyncio.run(run_worker(settings, database.url, concurrency=at_once, tracing=tracing))


@app.command()
def migrate() -> None:
    """Bring the database up to date: one does it, others wait."""
    with open_database(load_settings()):
        pass


@app.command("create-admin")
def create_admin(
    email: Annotated[str, typer.Argument(help="Of an account that is there, or that is to be made.")],
    role: Annotated[Role, typer.Option(help="What it may do.")] = Role.ADMIN,
) -> None:
    """Let an account manage shows. Asks for the password, or reads it from standard input."""
    from showsondemand.cli import accounts

    settings = load_settings()
    with open_database(settings) as database:
        accounts.create_admin(settings, database, email, role)


@app.command()
def ingest(
    films: Annotated[list[Path], typer.Argument(help="Video files.")],
    title: Annotated[str | None, typer.Option(help="The show's title; else the file's name.")] = None,
    *,
    wait: Annotated[bool, typer.Option("--wait", help="Stay until each film is a show.")] = False,
) -> None:
    """Upload and transcode films, with a progress bar."""
    from showsondemand.cli import ingesting

    settings = load_settings()
    with open_database(settings) as database:
        ingesting.ingest(settings, database, films, title=title, wait=wait)


@app.command()
def demo() -> None:
    """Bring in a small library to look at: real clips, transcoded, reviewed, published."""
    from showsondemand.cli import demo as demonstration

    settings = load_settings()
    with open_database(settings) as database:
        demonstration.demo(settings, database)


@app.command()
def doctor() -> None:
    """Check settings, database, cache, storage, ffmpeg and worker, and say what to do about each fault."""
    from showsondemand.cli import doctor as consultation

    consultation.examine(load_settings())


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="Empty, or not there yet.")]) -> None:
    """Write database and files to a folder, while the service runs or not."""
    from showsondemand.cli import backing_up

    settings = load_settings()
    with open_database(settings) as database:
        backing_up.back_up(settings, database, folder)


@app.command()
def restore(folder: Annotated[Path, typer.Argument(help="What `backup` has written.")]) -> None:
    """Bring a backup back into an installation that has nothing yet."""
    from showsondemand.cli import restoring
    from showsondemand.cli.process import reached_database

    settings = load_settings()
    with reached_database(settings) as database:
        restoring.restore(settings, database, folder)


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    from pydantic import SecretStr

    from showsondemand.app import create_app
    from showsondemand.assembly import build_wiring
    from showsondemand.config import SecuritySettings, Settings

    # Nothing is connected to, and no secret file is made, for a document that depends on neither.
    settings = Settings(security=SecuritySettings(secret_key=SecretStr("not used")))
    wiring = build_wiring(settings, "postgresql://nobody@127.0.0.1/none")
    sys.stdout.write(json.dumps(create_app(wiring).openapi(), indent=2, ensure_ascii=False) + "\n")


def run() -> None:
    """The console script: a failure is a sentence on standard error, not a traceback."""
    end_on_sigterm()
    try:
        app()
    except CommandFailed as failure:
        sys.stderr.write(f"{failure}\n")
        sys.exit(WRONG_SETTINGS if isinstance(failure, SettingsWrong) else 1)


if __name__ == "__main__":
    run()
