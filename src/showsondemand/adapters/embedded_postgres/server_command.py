"""The command line that a server runs with and how clients address it: pure functions of what was chosen."""

import os
import re
from pathlib import Path
from urllib.parse import quote

from showsondemand.adapters.embedded_postgres.installations import Installation

HOST = "127.0.0.1"
_LONGEST_SOCKET_BYTES = 103  # sun_path holds 104 bytes with its final zero on macOS, 108 on Linux
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")

# Nothing else of our environment: it holds secrets, and PG* or LC_* variables that would change the server.
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"} | {
    name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ
}

_SETTINGS = {
    "listen_addresses": HOST,
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_checkpoints": "off",
    "lc_messages": "C",  # we read in the log whether it is ready
    "logging_collector": "off",
    "update_process_title": "on",  # shows the cluster's name, by which left-over processes are known
}

# For data that nobody will miss, such as a test's.
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_command(
    installation: Installation, cluster: Path, cluster_name: str, port: int, *, durable: bool
) -> list[str]:
    """PostgreSQL in the foreground, on ``port`` of 127.0.0.1 and on a socket in ``cluster`` if that fits."""
    by_socket = socket_path(cluster, port)
    settings = _SETTINGS | {
        "cluster_name": cluster_name,
        "port": str(port),
        "unix_socket_directories": "" if by_socket is None else str(cluster),
        "unix_socket_permissions": "0700",
    }
    if not durable:
        settings |= _FORGETFUL
    options = (option for name, value in settings.items() for option in ("-c", f"{name}={value}"))
    return [installation.postgres, "-D", str(cluster), *options]


def socket_path(cluster: Path, port: int) -> Path | None:
    """The Unix socket in the cluster; ``None`` where the kernel or a URL cannot hold such a path."""
    path = cluster / f".s.PGSQL.{port}"
    fits = len(os.fsencode(path)) <= _LONGEST_SOCKET_BYTES and _PLAIN_PATH.fullmatch(str(path))
    return path if fits else None


def server_url(cluster: Path, port: int, name: str, password: str) -> str:
    """``postgresql://...`` by the socket where there is one (a query costs 40 % less), else by TCP."""
    login = f"postgresql://{name}:{quote(password, safe='')}@"
    if socket_path(cluster, port) is None:
        return f"{login}{HOST}:{port}/{name}"
    return f"{login}/{name}?host={cluster}&port={port}"
