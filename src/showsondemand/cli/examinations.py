"""What ``doctor`` finds out about settings, database, worker, cache and storage, by using each of them."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from showsondemand.adapters.analyser.port import AnalyserAway, CannotAnalyse
from showsondemand.adapters.storage.port import StorageAway
from showsondemand.adapters.transcoder.remote.port import EncoderAway, OrderRefused
from showsondemand.cli.process import own_command, reason_of
from showsondemand.config import Settings
from showsondemand.database import DatabaseAway
from showsondemand.jobs import is_worked
from showsondemand.revisions import own_revisions, revisions_of
from showsondemand.transcoder_settings import TranscoderKind
from showsondemand.vod_ingest.incoming import MOST_FILM_BYTES
from showsondemand.web_hosts import origin_of
from showsondemand.wiring import Wiring

_GIGABYTE = 1_000_000_000
# A film on its way in, and a set of it beside it, before the first is done with.
_LEAST_FREE_BYTES = 2 * _GIGABYTE
_AMPLE_FREE_BYTES = 2 * MOST_FILM_BYTES
_OLDEST_POSTGRESQL = 150_000  # 15.0, the oldest that its makers still mend in 2026 and 2027


class Standing(Enum):
    """How a part stands; what is ``REMARKABLE`` works, though perhaps not as somebody would wish."""

    GOOD = auto()
    REMARKABLE = auto()
    FAULTY = auto()


@dataclass(frozen=True)
class Finding:
    """What was found of one part, and what to do about it where there is something to do."""

    part: str
    standing: Standing
    said: str
    advice: str = ""


def examine_settings(settings: Settings) -> Finding:
    """They hold, or there would be no ``Settings``; whether they are meant for strangers is another matter."""
    said = f"environment {settings.environment}, data in {settings.data_folder.absolute()}"
    if settings.is_production:
        return Finding("settings", Standing.GOOD, said)
    advice = "Before strangers may reach it, set ENVIRONMENT=production, which refuses weak settings."
    return Finding("settings", Standing.REMARKABLE, said, advice)


async def examine_database(wiring: Wiring, *, embedded: bool) -> Finding:
    """Whether it answers, is young enough, and has had every migration."""
    ours = own_revisions()
    try:
        async with wiring.database.transaction() as session:
            version = int(str(await session.scalar(text("SHOW server_version_num"))))
        found = await revisions_of(wiring.database.url)
    except (DatabaseAway, DBAPIError, asyncpg.PostgresError, OSError) as error:
        advice = "See that PostgreSQL runs, and that DATABASE_URL names its host, port, user and database."
        return Finding("database", Standing.FAULTY, f"does not answer: {reason_of(error)}", advice)
    said = f"{'embedded ' if embedded else ''}PostgreSQL {version // 10_000}.{version % 10_000}"
    if version < _OLDEST_POSTGRESQL:
        return Finding("database", Standing.FAULTY, said, "Its makers mend it no more: use 15 or newer.")
    if found.at == {ours.newest}:
        return Finding("database", Standing.GOOD, f"{said}, up to date")
    said += f", at migration {', '.join(sorted(found.at)) or 'none'} of {ours.newest}"
    if found.unknown_to(ours):
        return _of_a_later_release(said, suits=found.suits(ours))
    if embedded:
        return Finding("database", Standing.REMARKABLE, said, "The next start brings it up to date.")
    return Finding("database", Standing.FAULTY, said, f"Run: {own_command()} migrate")


def _of_a_later_release(said: str, *, suits: bool) -> Finding:
    """What ``migrate`` lets pass is the way back of an upgrade, and no fault."""
    if suits:
        advice = "The next release has migrated it, and this one works on its tables."
        return Finding("database", Standing.REMARKABLE, said, advice)
    return Finding("database", Standing.FAULTY, said, "It belongs to a later release: run that one.")


async def examine_worker(wiring: Wiring, *, is_served: bool) -> Finding:
    """Whether anybody does the jobs of a service that runs."""
    async with wiring.database.transaction() as session:
        if await is_worked(session):
            return Finding("worker", Standing.GOOD, "connected")
    advice = f"It comes with `{own_command()} serve`; by itself: {own_command()} worker"
    if is_served:
        return Finding("worker", Standing.FAULTY, "none is connected: films wait", advice)
    return Finding("worker", Standing.REMARKABLE, "none: the service is not running", advice)


async def examine_cache(wiring: Wiring) -> Finding:
    """Whether the Redis of the settings answers."""
    answers = await wiring.cache.answers()
    if answers is None:
        return Finding("cache", Standing.GOOD, "in memory: each process remembers for itself")
    if answers:
        return Finding("cache", Standing.GOOD, "Redis answers")
    advice = "Everything stays right, only slower. See that Redis runs, and that REDIS_URL names it."
    return Finding("cache", Standing.FAULTY, "Redis does not answer", advice)


async def examine_encoder(wiring: Wiring) -> Finding | None:
    """Whether the encoder elsewhere takes orders, and can tell of them; ``None`` where films are encoded here."""
    if wiring.remote_transcoder is None:
        return None
    kind = wiring.settings.transcoding.kind
    try:
        await wiring.remote_transcoder.examine()
    except (EncoderAway, OrderRefused) as error:
        advice = "See AWS_REGION and the credentials, which need what docs/aws-events.md lists."
        return Finding("encoder", Standing.FAULTY, f"{kind} does not take orders: {reason_of(error)}", advice)
    if not wiring.settings.webhook.keys:
        advice = "Set WEBHOOK_KEY, and have POST /internal/vod/events called: docs/aws-events.md."
        said = f"{kind}, which nobody lets us hear of"
        worse = kind is TranscoderKind.EXTERNAL
        return Finding("encoder", Standing.FAULTY if worse else Standing.REMARKABLE, said, advice)
    return Finding("encoder", Standing.GOOD, f"{kind}, told of by events")


async def examine_storage(wiring: Wiring) -> Finding:
    """Whether a file can be put there, is found, and can be removed again."""
    key = f"examinations/{uuid4()}"
    try:
        with _new_file(wiring.settings.data_folder) as file:
            await wiring.storage.adopt_file(file, key)
        is_found = key in await wiring.storage.keys(key.rpartition("/")[0])
        await wiring.storage.remove(key)
    except (OSError, StorageAway) as error:
        return Finding(
            "storage", Standing.FAULTY, f"cannot be written: {reason_of(error)}", _storage_advice(wiring)
        )
    if not is_found:
        return Finding("storage", Standing.FAULTY, "does not keep what is put there", _storage_advice(wiring))
    return Finding("storage", Standing.GOOD, "takes, lists and removes a file")


async def examine_uploads(wiring: Wiring) -> Finding:
    """Whether our pages may send parts of films straight to the storage."""
    origin = origin_of(wiring.settings.base_url)
    if wiring.settings.storage.bucket is None:
        return Finding("uploads", Standing.GOOD, "parts of films come through this service")
    advice = "Give the bucket the CORS rule in docs/operating.md, as deploy/aws does."
    try:
        refusal = await wiring.storage.parts.refusal(origin)
    except StorageAway as error:
        said = f"the bucket's CORS rules cannot be read: {reason_of(error)}"
        return Finding("uploads", Standing.REMARKABLE, said, f"Allow s3:GetBucketCORS to look. {advice}")
    if refusal is not None:
        return Finding("uploads", Standing.FAULTY, f"the bucket takes none from browsers: {refusal}", advice)
    return Finding("uploads", Standing.GOOD, f"the bucket takes parts of films from pages of {origin}")


def examine_delivery(settings: Settings) -> Finding:
    """Whether media come from a network, and whether it keeps strangers out."""
    network = settings.media.cdn_url
    if network is None:
        return Finding("delivery", Standing.GOOD, "media come from this service")
    if settings.media.cloudfront_private_key is None:
        said = f"{network} without a key: what shows name there plays for everybody, our own media come from here"
        advice = "To deliver from there and keep strangers out, see docs/aws.md."
        return Finding("delivery", Standing.REMARKABLE, said, advice)
    if settings.storage.bucket is None:
        said = f"{network}, though our own media lie on this machine and come from here"
        return Finding(
            "delivery", Standing.REMARKABLE, said, "Set STORAGE_URL to the bucket that it delivers."
        )
    where = settings.cdn_cookie_domain or settings.public_base_url.host
    return Finding("delivery", Standing.GOOD, f"{network}, with cookies for {where}")


async def examine_media_hosts(settings: Settings) -> Finding | None:
    """Whether the hosts that media may come from are there at all; ``None`` where none is listed."""
    listed = settings.media.media_hosts
    if not listed:
        return None
    nowhere = [host for host in listed if not await _has_address(host)]
    if not nowhere:
        return Finding("hosts", Standing.GOOD, f"media may lie on {', '.join(listed)}")
    said = f"no address is known of {', '.join(nowhere)}"
    return Finding("hosts", Standing.REMARKABLE, said, "Are they spelled right in MEDIA_HOSTS?")


async def _has_address(host: str) -> bool:
    name = urlsplit(f"//{host}").hostname
    try:
        return bool(await asyncio.get_running_loop().getaddrinfo(name, None))
    except OSError:
        return False


@contextmanager
def _new_file(folder: Path) -> Iterator[Path]:
    """An empty file in ``folder``, removed at the end unless it has been moved away."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _storage_advice(wiring: Wiring) -> str:
    if wiring.settings.storage.bucket is not None:
        return (
            "See that STORAGE_URL names a bucket, and its credentials have the rights in docs/operating.md."
        )
    return f"Give the user that runs this the right to write in {wiring.settings.data_folder.absolute()}."


async def examine_analyser(wiring: Wiring) -> Finding:
    """Whether films would be looked at before people do."""
    analyser = wiring.analyser
    if analyser is None:
        return Finding("analyser", Standing.GOOD, "none: people are the first to look at films")
    try:
        await analyser.answers()
    except (AnalyserAway, CannotAnalyse) as error:
        advice = "Shows go to reviewers without findings. See what ANALYSER names, and AWS's credentials."
        return Finding("analyser", Standing.FAULTY, f"{analyser.name}: {error}", advice)
    return Finding("analyser", Standing.GOOD, f"{analyser.name}, policy {wiring.settings.reviews.policy}")


def examine_space(settings: Settings) -> Finding:
    """Whether a film of any size that is accepted finds room."""
    folder = settings.data_folder.absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{free / _GIGABYTE:.1f} GB free for uploads and the work on them"
    advice = f"Films of up to {MOST_FILM_BYTES / _GIGABYTE:.0f} GB are accepted: make room, or move DATA_DIR."
    if free < _LEAST_FREE_BYTES:
        return Finding("space", Standing.FAULTY, said, advice)
    if free < _AMPLE_FREE_BYTES:
        return Finding("space", Standing.REMARKABLE, said, advice)
    return Finding("space", Standing.GOOD, said)
