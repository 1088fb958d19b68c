"""What happens to the installation itself, written down: a process began, ended or died; settings and keys are others.

A process that is killed writes nothing down. The next one of the same host and kind does that for it.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from enum import StrEnum
from importlib.metadata import version
from typing import Any
from uuid import UUID

from pydantic import BaseModel, SecretStr
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from uuid6 import uuid7

from showsondemand import audit
from showsondemand.audit import Action, AuditEntry, Target
from showsondemand.config import Settings
from showsondemand.database import Database
from showsondemand.errors import Problem
from showsondemand.signing import KeyRing
from showsondemand.token_keys import token_keys
from showsondemand.wiring import Wiring

_KIND = "process"
_SECRET = "SECRET_KEY"  # noqa: S105 - a setting's name
_TOKEN_KEY = "TOKEN_PRIVATE_KEY"  # noqa: S105
_MARK_CHARACTERS = 8
# Whoever waits for the process to end waits for this too.
_END_SECONDS = 1.0
_LOOKED_BACK = 100


class Part(StrEnum):
    """What a process does for the service."""

    APP = "app"
    WORKER = "worker"


@asynccontextmanager
async def told(wiring: Wiring, part: Part) -> AsyncIterator[None]:
    """Writes down that this process begins and, after the block, that it ends, or what it died of.

    A database that is away keeps nobody from either.
    """
    process = Target(_KIND, uuid7())
    with suppress(Problem):
        async with wiring.database.transaction() as session:
            await _begin(session, wiring, part, process)
    ending, details = Action.STOPPED, dict[str, Any]()
    try:
        yield
    except Exception as error:
        ending, details = Action.CRASHED, {"error": type(error).__name__}
        raise
    finally:
        await _end(wiring.database, ending, process, details)


async def _begin(session: AsyncSession, wiring: Wiring, part: Part, process: Target) -> None:
    # Two that begin at once see each other: else both would find the same one dead.
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext("process trail"))))
    host = socket.gethostname()
    for dead in await _dead(session, host, part):
        await audit.record(session, Action.CRASHED, target=Target(_KIND, dead))
    details: dict[str, Any] = {"part": part.value, "host": host, "pid": os.getpid()}
    if part is Part.APP:
        details |= {"version": version("showsondemand"), "marks": _marks(wiring.settings, wiring.keys)}
        await _tell_changes(session, details["marks"])
    await audit.record(session, Action.STARTED, target=process, details=details)


async def _end(database: Database, action: Action, process: Target, details: Mapping[str, Any]) -> None:
    with suppress(Problem, TimeoutError):
        async with asyncio.timeout(_END_SECONDS):
            async with database.transaction() as session:
                await audit.record(session, action, target=process, details=details)
            await database.close()


async def _dead(session: AsyncSession, host: str, part: Part) -> list[UUID]:
    """Those that began on this host, are not running, and whose end nobody wrote down."""
    ended = aliased(AuditEntry)
    has_ended = select(ended.id).where(
        ended.target_id == AuditEntry.target_id,
        ended.action.in_([Action.STOPPED.value, Action.CRASHED.value]),
    )
    begun = await session.execute(
        select(AuditEntry.target_id, AuditEntry.details["pid"].as_integer())
        .where(
            AuditEntry.action == Action.STARTED.value,
            AuditEntry.details["host"].as_string() == host,
            AuditEntry.details["part"].as_string() == part.value,
            ~has_ended.exists(),
        )
        .order_by(AuditEntry.id.desc())
        .limit(_LOOKED_BACK)
    )
    return [process for process, pid in begun if process is not None and not _is_running(pid)]


def _is_running(pid: int) -> bool:
    """Whether another process has this number; in a container ours is always the same one."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _tell_changes(session: AsyncSession, marks: Mapping[str, str]) -> None:
    """Which settings and keys are others than at the last start: their names, never what they say."""
    before = await session.scalar(
        select(AuditEntry.details["marks"])
        .where(AuditEntry.action == Action.STARTED.value, AuditEntry.details.has_key("marks"))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    if before is None:
        return
    changed = sorted(name for name in before.keys() | marks.keys() if before.get(name) != marks.get(name))
    if _SECRET in changed:  # the others' marks were made with it, and tell nothing now
        changed = [_SECRET]
    keys = [name for name in changed if name in _SECRET_NAMES]
    others = [name for name in changed if name not in _SECRET_NAMES]
    if keys:
        await audit.record(session, Action.SECRET_CHANGED, details={"keys": keys})
    if others:
        await audit.record(session, Action.SETTINGS_CHANGED, details={"settings": others})


def _marks(settings: Settings, keys: KeyRing) -> dict[str, str]:
    """Of each setting that is given, and of the keys, a few characters that nobody can get it back from."""
    given = {name: _mark(keys, f"{name}={value}") for name, value in _given(settings)}
    return given | {
        _SECRET: _mark(keys, _SECRET),
        _TOKEN_KEY: token_keys(settings, keys)[0].id[:_MARK_CHARACTERS],
    }


def _mark(keys: KeyRing, text: str) -> str:
    return keys.key(f"mark of {text}").hex()[:_MARK_CHARACTERS]


def _given(subject: BaseModel) -> Iterator[tuple[str, str]]:
    """The names and values of all settings that are not left at what they are by nature."""
    for name, about in type(subject).model_fields.items():
        value = getattr(subject, name)
        if isinstance(value, BaseModel):
            yield from _given(value)
        elif name in subject.model_fields_set:
            yield str(about.validation_alias), _plain(value)


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _secret_names(subject: type[BaseModel]) -> Iterator[str]:
    for about in subject.model_fields.values():
        kind = about.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _secret_names(kind)
        elif kind == SecretStr | None:
            yield str(about.validation_alias)


_SECRET_NAMES = frozenset(_secret_names(Settings))
