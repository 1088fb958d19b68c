"""A service that is spoken to over bare sockets."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from database_fixtures import new_database
from server_fixtures import Server, new_server


@dataclass
class Wire:
    """Sends bytes as they are, and reads what comes back."""

    host: str
    port: int

    def open(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=30)

    def answers(self, sent: bytes) -> bytes:
        """Everything that comes back until the service ends the connection."""
        with closing(self.open()) as connection:
            connection.sendall(sent)
            return rest_of(connection)

    def status(self, sent: bytes) -> int:
        return int(self.answers(sent).split(b" ", 2)[1])


def rest_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    received = b""
    try:
        while chunk := connection.recv(65_536):
            received += chunk
    except ConnectionResetError:
        pass
    return received


@pytest.fixture(scope="package")
def place(
    tmp_path_factory: pytest.TempPathFactory, postgres: str, migrated_template: str
) -> Iterator[Server]:
    """One running service for all tests of this folder, without a worker."""
    with new_database(postgres, migrated_template) as url:
        server = new_server(tmp_path_factory.mktemp("place"), DATABASE_URL=url)
        server.start("--no-worker")
        yield server
        server.stop()


@pytest.fixture
def wire(place: Server) -> Wire:
    host, _, port = place.url.removeprefix("http://").partition(":")
    return Wire(host, int(port))
