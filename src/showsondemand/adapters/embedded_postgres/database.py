"""The embedded database as the rest of the house sees it: an address, as long as a ``with`` block lasts."""

import fcntl
import functools
import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from showsondemand.adapters.embedded_postgres.cluster import NAME, Credentials, make_cluster
from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.adapters.embedded_postgres.folder import DatabaseFolder
from showsondemand.adapters.embedded_postgres.identity import identity_for, name_of
from showsondemand.adapters.embedded_postgres.installations import installation_of
from showsondemand.adapters.embedded_postgres.leftovers import clear_leftovers
from showsondemand.adapters.embedded_postgres.server import Server
from showsondemand.adapters.embedded_postgres.server_command import (
    HOST,
    server_command,
    server_url,
    socket_path,
)
from showsondemand.adapters.embedded_postgres.server_log import ServerLog

_ATTACH_SECONDS = 150.0  # the owner's first start or its recovery after a crash
_POLL_SECONDS = 0.02
_CONNECT_SECONDS = 2.0


@dataclass(frozen=True)
class EmbeddedDatabase:
    """An address to connect to, and whether this process runs the server (``owned``) or found it running."""

    url: str
    owned: bool


@contextmanager
def embedded_postgres(
    folder: Path, *, durable: bool = True, allow_namespaces: bool = True
) -> Iterator[EmbeddedDatabase]:
    """A PostgreSQL on the data in ``folder``, which is made where missing; blocks until it answers.

    The first process that asks runs the server as its child: it ends with the block, or with the process,
    however that ends, and committed rows outlast both. Others attach to it and lose it when its owner ends.
    Should the server alone die, the owner starts it again at the same address.

    Not ``durable`` is for data that nobody will miss: several times faster, and a power cut ruins it. Without
    ``allow_namespaces``, root's PostgreSQL runs as the user nobody, as where the kernel refuses namespaces.

    Raises ``CannotRunHere``.
    """
    with _explaining():
        place = DatabaseFolder(folder.resolve())
        place.make()
        lock = place.open_private(place.lock, os.O_RDWR)
    try:
        with _explaining():
            found = _claim_or_find(place, lock)
        if found is not None:
            yield EmbeddedDatabase(found, owned=False)
            return
        with _server(place, durable=durable, allow_namespaces=allow_namespaces) as url:
            yield EmbeddedDatabase(url, owned=True)
    finally:
        os.close(lock)


def _claim_or_find(place: DatabaseFolder, lock: int) -> str | None:
    """The running server's URL, or ``None`` once this process holds the lock and is to run it itself."""
    deadline = time.monotonic() + _ATTACH_SECONDS
    while time.monotonic() < deadline:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            port = _published_port(place)
            if port is not None:
                return _url(place, port)
            time.sleep(_POLL_SECONDS)
        else:
            place.port.unlink(missing_ok=True)  # of an owner that was killed
            return None
    raise CannotRunHere(f"another process holds {place.lock}, and its server does not answer")


def _published_port(place: DatabaseFolder) -> int | None:
    """The port that the owner wrote down, if its server answers."""
    try:
        port = int(place.port.read_text(encoding="ascii"))
        path = socket_path(place.cluster, port)
        with socket.socket(socket.AF_INET if path is None else socket.AF_UNIX) as probe:
            probe.settimeout(_CONNECT_SECONDS)
            probe.connect((HOST, port) if path is None else str(path))
    except (FileNotFoundError, ConnectionError, TimeoutError):
        return None
    return port


def _url(place: DatabaseFolder, port: int) -> str:
    return server_url(place.cluster, port, NAME, Credentials.of(place.cluster).password)


@contextmanager
def _server(place: DatabaseFolder, *, durable: bool, allow_namespaces: bool) -> Iterator[str]:
    with _explaining():
        server = _prepared(place, durable=durable, allow_namespaces=allow_namespaces)
    try:
        with _explaining():
            server.start()
            with place.replacing(place.port) as draft:
                draft.write_text(str(server.port), encoding="ascii")
            url = _url(place, server.port)
        yield url
    finally:
        place.port.unlink(missing_ok=True)
        server.stop()


def _prepared(place: DatabaseFolder, *, durable: bool, allow_namespaces: bool) -> Server:
    """A server that can be started, on a cluster that is there and that nobody else runs."""
    for half in place.halves:
        shutil.rmtree(half, ignore_errors=True)
    identity = identity_for(place.cluster, allow_namespaces=allow_namespaces)
    if place.cluster.exists():
        installation = installation_of(place.cluster)
    else:
        installation = make_cluster(place, identity, durable=durable)
    name = Credentials.of(place.cluster).cluster_name
    clear = functools.partial(clear_leftovers, place.cluster, name)
    clear()
    identity.take(place.cluster)

    def command(port: int) -> list[str]:
        run = server_command(installation, place.cluster, name, port, durable=durable)
        return identity.command(run, place.path)

    return Server(command, clear, ServerLog(place))


@contextmanager
def _explaining() -> Iterator[None]:
    """Turns what the file system refuses into a sentence for the user."""
    try:
        yield
    except PermissionError as error:
        raise CannotRunHere(f"the user {name_of(os.geteuid())} may not use {error.filename}") from error
    except OSError as error:
        raise CannotRunHere(f"{error.filename or 'the data folder'}: {error.strerror}") from error
