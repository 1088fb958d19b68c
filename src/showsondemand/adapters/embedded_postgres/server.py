"""One PostgreSQL server as our child: started, watched, started again when it dies, stopped."""

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable

import structlog

from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.adapters.embedded_postgres.server_command import ENVIRONMENT, HOST
from showsondemand.adapters.embedded_postgres.server_log import ServerLog

_log = structlog.get_logger(__name__)

_READY = b"database system is ready to accept connections"
_PORT_IS_TAKEN = "could not bind"
_PORTS_TO_TRY = 5
_READY_SECONDS = 120.0  # after a crash it replays at most max_wal_size first
# Of the ten seconds that Docker gives us. What a server writes when it is shut down fast, it else reads from its log
# at the next start: nothing committed is lost either way.
_FAST_SHUTDOWN_SECONDS = 3.0
_IMMEDIATE_SHUTDOWN_SECONDS = 1.5
_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # having run for so long, it is started again after the first pause


class Server:
    """Runs ``command(port)`` until ``stop``.

    A thread of its own starts the program and waits for it: a child's death signal is tied to the thread that
    started it, and that one lives exactly as long as the server shall.
    """

    def __init__(
        self, command: Callable[[int], list[str]], clear_leftovers: Callable[[], None], log: ServerLog
    ) -> None:
        self._command = command
        self._clear_leftovers = clear_leftovers
        self._output = log
        self._stopping = threading.Event()
        self._settled = threading.Event()  # it answers, or it has ended without ever answering
        self._ready = False
        self._turn = threading.Lock()  # between starting a process and asking it to stop
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        self.port = 0

    def start(self) -> None:
        """Returns when the server answers on ``port``. Raises ``CannotRunHere`` with what it said last."""
        for _ in range(_PORTS_TO_TRY):
            self.port = _free_port()
            self._settled.clear()
            self._output.forget()
            self._watcher = threading.Thread(target=self._watch, name="embedded-postgres", daemon=True)
            self._watcher.start()
            if not self._settled.wait(_READY_SECONDS):
                raise CannotRunHere(f"PostgreSQL was not ready after {_READY_SECONDS:.0f} seconds")
            if self._ready:
                return
            self._watcher.join()
            if not self._output.says(_PORT_IS_TAKEN):
                break
        raise CannotRunHere(f"PostgreSQL did not start ({self._output.complaint})")

    def stop(self) -> None:
        """Shuts down fast: connections are closed, nothing committed is lost. Without an answer, at once."""
        with self._turn:
            self._stopping.set()
        for request, seconds in (
            (signal.SIGINT, _FAST_SHUTDOWN_SECONDS),
            (signal.SIGQUIT, _IMMEDIATE_SHUTDOWN_SECONDS),
            (signal.SIGKILL, None),
        ):
            if self._watcher is None or not self._watcher.is_alive():
                break
            if self._process is not None:
                self._process.send_signal(request)
            self._watcher.join(seconds)
        self._output.close()

    def _watch(self) -> None:
        """Runs the server again and again until it shall stop, or when it has never been ready."""
        pause_seconds = _FIRST_PAUSE_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            exit_code = self._run()
            if self._stopping.is_set() or not self._ready:
                break
            _log.error("embedded_postgres_ended", exit_code=exit_code)
            ran_steadily = time.monotonic() - began > _STEADY_SECONDS
            pause_seconds = _FIRST_PAUSE_SECONDS if ran_steadily else pause_seconds
            self._stopping.wait(pause_seconds)
            pause_seconds = min(pause_seconds * 2, _LONGEST_PAUSE_SECONDS)
        self._settled.set()

    def _run(self) -> int | None:
        """Runs the server to the end of its last process: its exit code, or ``None`` if it did not begin."""
        try:
            process = self._begin()
        except OSError as error:  # no memory, no process numbers: that may pass
            _log.error("embedded_postgres_not_started", reason=str(error))
            return None
        if process is None:
            return None
        reader = threading.Thread(target=self._read, args=(process,), daemon=True)
        reader.start()
        exit_code = process.wait()
        if exit_code != 0:
            self._clear()  # its own processes may outlive it
        reader.join()
        return exit_code

    def _begin(self) -> subprocess.Popen[bytes] | None:
        """Starts the process, unless it shall stop."""
        with self._turn:
            if self._stopping.is_set():
                return None
            self._process = subprocess.Popen(  # noqa: S603 - a program of the chosen installation
                self._command(self.port),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=ENVIRONMENT,
                start_new_session=True,  # Ctrl-C in our terminal is for us alone
            )
            return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Copies what the server says into its log until its last process has ended."""
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                self._output.write(line)
                if _READY in line:
                    self._ready = True
                    self._settled.set()

    def _clear(self) -> None:
        try:
            self._clear_leftovers()
        except CannotRunHere as error:  # the next start fails, or does not: either way we try again
            _log.error("embedded_postgres_leftovers", reason=str(error))


def _free_port() -> int:
    """A port that nobody listens on right now; somebody may take it before PostgreSQL does."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
