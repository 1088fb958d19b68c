"""What happens to the installation itself is written down: processes, settings and keys, migrations."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from showsondemand.assembly import build_wiring
from showsondemand.audit import Action, AuditEntry
from showsondemand.config import SecuritySettings, Settings, WebhookSettings
from showsondemand.process_trail import Part, told
from showsondemand.wiring import Wiring

Told = list[tuple[str, dict[str, Any]]]


async def trail(wiring: Wiring, *but: Action) -> Told:
    """Actions and details, oldest first."""
    async with wiring.database.transaction() as session:
        found = await session.execute(
            select(AuditEntry.action, AuditEntry.details)
            .where(AuditEntry.action.not_in([action.value for action in but]))
            .order_by(AuditEntry.id)
        )
        return [(action, details) for action, details in found]


def run(wiring: Wiring, part: Part = Part.APP) -> None:
    """One life of a process, from its start to its end."""

    async def live() -> None:
        async with told(wiring, part):
            pass
        await wiring.close()

    asyncio.run(live())


def seen(wiring: Wiring, *but: Action) -> Told:
    async def look() -> Told:
        found = await trail(wiring, *but)
        await wiring.close()
        return found

    return asyncio.run(look())


def test_the_first_migration_is_told_of(wiring: Wiring) -> None:
    told_of = seen(wiring)

    assert [(action, details["before"]) for action, details in told_of] == [("migration_done", None)]
    assert told_of[0][1]["after"]


def test_a_process_that_begins_and_ends_is_told_of(wiring: Wiring) -> None:
    run(wiring, Part.WORKER)

    told_of = seen(wiring, Action.MIGRATED)
    assert [action for action, _ in told_of] == ["sys_startup", "sys_shutdown"]
    assert told_of[0][1]["part"] == "worker"


def test_a_process_that_dies_of_an_error_is_told_of_with_its_name_only(wiring: Wiring) -> None:
    async def die() -> None:
        async with told(wiring, Part.APP):
            raise ValueError("something secret")

    with pytest.raises(ValueError, match="secret"):
        asyncio.run(die())

    assert seen(wiring, Action.MIGRATED, Action.STARTED) == [("sys_crash", {"error": "ValueError"})]


_KILLED = """
import asyncio, os, signal
from showsondemand.assembly import build_wiring
from showsondemand.config import Settings
from showsondemand.process_trail import Part, told

async def live():
    async with told(build_wiring(Settings(), os.environ["DATABASE_URL"]), Part.APP):
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(live())
"""


def test_a_process_that_was_killed_is_told_of_by_the_next_one(
    wiring: Wiring, migrated_database_url: str
) -> None:
    environment = {**os.environ, "DATABASE_URL": migrated_database_url, "SECRET_KEY": "x" * 32}
    subprocess.run([sys.executable, "-c", _KILLED], env=environment, check=False)

    run(wiring)
    run(wiring)

    told_of = [action for action, _ in seen(wiring, Action.MIGRATED, Action.SECRET_CHANGED)]
    assert told_of == ["sys_startup", "sys_crash", *["sys_startup", "sys_shutdown"] * 2]


def test_settings_and_keys_that_are_others_than_before_are_told_of_by_name(
    wiring: Wiring, settings: Settings, migrated_database_url: str
) -> None:
    def with_(**changed: object) -> Wiring:
        return build_wiring(settings.model_copy(update=changed), migrated_database_url)

    run(wiring)
    run(wiring)
    run(with_(webhook=WebhookSettings(key=SecretStr("another key: " + "y" * 32)), inbox_folder=Path("inbox")))
    run(with_(security=SecuritySettings(secret_key=SecretStr("z" * 32))))

    told_of = seen(wiring, Action.MIGRATED, Action.STARTED, Action.STOPPED)
    assert told_of == [
        ("key_rotated", {"keys": ["WEBHOOK_KEY"]}),
        ("config_changed", {"settings": ["INBOX_DIR"]}),
        ("key_rotated", {"keys": ["SECRET_KEY"]}),
    ]


def test_a_start_says_nothing_of_what_the_settings_are(wiring: Wiring) -> None:
    run(wiring)

    assert "webhook key of the tests" not in str(seen(wiring))
