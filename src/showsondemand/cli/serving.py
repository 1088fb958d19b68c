"""``serve``: the API and the web clients, a worker beside them, and an embedded database where none is named."""

import asyncio
import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import uvicorn
from fastapi import FastAPI
from pydantic import HttpUrl, TypeAdapter, ValidationError

from showsondemand.app import create_app
from showsondemand.assembly import build_wiring
from showsondemand.auth import service as auth
from showsondemand.auth.errors import WeakPassword
from showsondemand.cli.announcement import Opening, address_of, announce
from showsondemand.cli.process import CommandFailed, OpenDatabase, SettingsWrong, traces_of
from showsondemand.cli.worker_process import worker_process
from showsondemand.config import Settings
from showsondemand.connections import BoundedConnection
from showsondemand.process_trail import Part, told
from showsondemand.tokens import Role
from showsondemand.users import service as users
from showsondemand.users.schemas import Email
from showsondemand.wiring import Wiring

# SIGTERM with answers under way: they get this long to end, then they are cut off. Docker kills after ten seconds in
# all, and database and worker have to end in them as well, also on a busy machine.
_GRACE_SECONDS = 4
_CUT_OFF_SECONDS = 1
_KEEP_ALIVE_SECONDS = 5
# What the kernel lets us have at most; a few thousand slow sockets must not use up what a shell gives by default.
_MOST_FILES = 65_536


@contextmanager
def listener(host: str, port: int) -> Iterator[socket.socket]:
    """The address to listen on, taken before anything is started. Raises ``CommandFailed``."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        taken = socket.socket(family, kind, protocol)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
    except OSError as error:
        raise CommandFailed(_refusal(host, port, error)) from error
    with taken:
        yield taken


def serve(settings: Settings, database: OpenDatabase, taken: socket.socket, *, with_worker: bool) -> None:
    """Serves on ``taken`` until SIGTERM or SIGINT."""
    _allow_many_connections()
    asyncio.run(_serve(_with_base_url(settings, taken), database, taken, with_worker=with_worker))


async def _serve(
    settings: Settings, database: OpenDatabase, taken: socket.socket, *, with_worker: bool
) -> None:
    wiring = build_wiring(settings, database.url)
    opening = Opening(taken, settings, database, has_admin=await _ensure_first_admin(wiring))
    tracing = traces_of(settings, "app")
    if tracing is not None:
        tracing.watch(wiring.database)
    async with (
        told(wiring, Part.APP),
        worker_process(settings) if with_worker else nullcontext() as worker,
    ):
        server = _Server(
            create_app(wiring, tracing), opening, ending=worker.end_soon if worker else lambda: None
        )
        try:
            await server.serve(sockets=[taken])
        except OSError as error:  # somebody else began to listen there since we took the address
            host, port = taken.getsockname()[:2]
            raise CommandFailed(_refusal(host, port, error)) from error
        finally:
            if tracing is not None:
                tracing.close()


def _allow_many_connections() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if hard == resource.RLIM_INFINITY else min(_MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _refusal(host: str, port: int, error: OSError) -> str:
    return f"Cannot listen on {host}:{port}: {error.strerror}. Choose another with --host and --port."


def _with_base_url(settings: Settings, taken: socket.socket) -> Settings:
    """Without PUBLIC_BASE_URL, links begin with the address that we really listen on."""
    if "public_base_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"public_base_url": HttpUrl(address_of(taken))})


def _uvicorn_config(app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=partial(BoundedConnection, refused=app.state.metrics.refused),  # type: ignore[arg-type]  # it is called as one
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # uvicorn would believe anybody on 127.0.0.1; dependencies.client_address reads them
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_GRACE_SECONDS + _CUT_OFF_SECONDS,
    )


class _Server(uvicorn.Server):
    """Says where to go once requests are answered, and leaves ending the process to its caller."""

    def __init__(self, app: FastAPI, opening: Opening, *, ending: Callable[[], None]) -> None:
        super().__init__(_uvicorn_config(app))
        self._app = app
        self._opening = opening
        self._ending = ending

    async def startup(self, *arguments: object, **named: object) -> None:
        await super().startup(*arguments, **named)  # type: ignore[arg-type]  # handed on as it came
        if self.started:
            announce(self._opening)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends what would not end by itself, at once and together: event streams and the worker."""
        self._ending()
        self._app.state.job_watch.end_streams()
        cutting_off = asyncio.get_running_loop().call_later(_GRACE_SECONDS, self._cut_off)
        await super().shutdown(sockets)
        cutting_off.cancel()

    def _cut_off(self) -> None:
        """Uvicorn would cancel the tasks, and then answer 500 and log each as a fault of ours."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, BoundedConnection):
                connection.cut_off()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Uvicorn raises what it caught once more at the end: we would die before our database is shut down."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()


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
            email=TypeAdapter[str](Email).validate_python(first.email),
            password=first.password.get_secret_value(),
            role=Role.ADMIN,
        )
    except ValidationError as error:
        raise SettingsWrong("ADMIN_EMAIL: must be an e-mail address") from error
    except WeakPassword as error:
        raise SettingsWrong(f"ADMIN_PASSWORD: {error.detail}") from error
    return True
