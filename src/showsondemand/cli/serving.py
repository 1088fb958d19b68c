"""``serve``: the API and the web clients, a worker beside them, and an embedded database where none is named."""

import asyncio
from contextlib import nullcontext

import uvicorn
from fastapi import FastAPI
from rich.console import Console

from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.auth import service as auth
from showsondemand.auth.errors import WeakPassword
from showsondemand.cli.process import CommandFailed, OpenDatabase, console
from showsondemand.cli.worker_process import worker_process
from showsondemand.config import Settings
from showsondemand.tokens import Role
from showsondemand.users import service as users
from showsondemand.wiring import Wiring

# SIGTERM with streams open: they get this long to end, then the process goes.
_GRACE_SECONDS = 8
_KEEP_ALIVE_SECONDS = 5


def serve(settings: Settings, database: OpenDatabase, *, host: str, port: int, with_worker: bool) -> None:
    """Serves until SIGTERM or SIGINT."""
    asyncio.run(_serve(settings, database, host=host, port=port, with_worker=with_worker))


async def _serve(
    settings: Settings, database: OpenDatabase, *, host: str, port: int, with_worker: bool
) -> None:
    wiring = build_wiring(settings, database.url)
    has_admin = await _ensure_first_admin(wiring)
    server = _AnnouncingServer(_uvicorn_config(create_app(wiring), host, port), settings, has_admin=has_admin)
    async with worker_process() if with_worker else nullcontext():
        await server.serve()
    if not server.started:
        raise CommandFailed(f"Could not listen on {host}:{port}.")


def _uvicorn_config(app: FastAPI, host: str, port: int) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # uvicorn would believe anybody on 127.0.0.1; dependencies.client_address reads them
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


class _AnnouncingServer(uvicorn.Server):
    """Says where to go once requests are answered."""

    def __init__(self, config: uvicorn.Config, settings: Settings, *, has_admin: bool) -> None:
        super().__init__(config)
        self._settings = settings
        self._has_admin = has_admin

    async def startup(self, *arguments: object, **named: object) -> None:
        await super().startup(*arguments, **named)  # type: ignore[arg-type]  # handed on as it came
        if self.started:
            _announce(console, self._settings, self.config, has_admin=self._has_admin)


def _announce(out: Console, settings: Settings, config: uvicorn.Config, *, has_admin: bool) -> None:
    address = f"http://{config.host}:{config.port}"
    out.print(f"\n[bold]Shows on Demand[/bold] answers at {address}")
    out.print(f"  the API, to read and try out:  {address}/docs")
    if settings.base_url != address:
        out.print(f"  links and streams begin with:  {settings.base_url}  (PUBLIC_BASE_URL)")
    if not has_admin:
        out.print("  nobody may manage shows yet:   showsondemand create-admin YOU@EXAMPLE.ORG")
    out.print()


async def _ensure_first_admin(wiring: Wiring) -> bool:
    """Makes the admin of ``ADMIN_EMAIL`` when there is none; whether there is one now."""
    async with wiring.database.transaction() as session:
        if await users.has_admin(session):
            return True
    first = wiring.settings.first_admin
    if first.email is None or first.password is None:
        return False
    try:
        await auth.make_admin(
            wiring.database,
            wiring.hasher,
            email=first.email,
            password=first.password.get_secret_value(),
            role=Role.ADMIN,
        )
    except WeakPassword as error:
        raise CommandFailed(f"ADMIN_PASSWORD: {error.detail}") from error
    return True
