"""Old traces of people become coarser and then go."""

from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient
from sqlalchemy import select
from uuid6 import uuid7

from showsondemand.audit import AuditEntry
from showsondemand.auth.sweeping import sweep_identity
from showsondemand.wiring import Wiring


def test_addresses_are_shortened_after_a_month_and_entries_go_after_400_days(
    client: TestClient, wiring: Wiring
) -> None:
    ages = {"192.0.2.7": 1, "192.0.2.8": 31, "2001:db8:1:2::3": 31, "not an address": 31, "192.0.2.9": 401}

    async def sweep() -> list[str]:
        async with wiring.database.transaction() as session:
            for address, days in ages.items():
                at = datetime.now(UTC) - timedelta(days=days)
                session.add(AuditEntry(id=uuid7(), at=at, action="user_created", address=address))
        await sweep_identity(wiring)
        async with wiring.database.transaction() as session:
            return list(await session.scalars(select(AuditEntry.address).where(AuditEntry.address != "")))

    assert client.portal
    left = client.portal.call(sweep)

    assert sorted(left) == ["192.0.2.0", "192.0.2.7", "2001:db8:1::", "not an address"]


def test_renewals_of_sessions_go_after_a_month(client: TestClient, wiring: Wiring) -> None:
    async def sweep() -> list[str]:
        async with wiring.database.transaction() as session:
            for days, action in ((29, "session_renewed"), (31, "session_renewed"), (31, "session_created")):
                at = datetime.now(UTC) - timedelta(days=days)
                session.add(AuditEntry(id=uuid7(), at=at, action=action, address="", details={"days": days}))
        await sweep_identity(wiring)
        async with wiring.database.transaction() as session:
            left = await session.scalars(select(AuditEntry.action).where(AuditEntry.details.has_key("days")))
            return list(left)

    assert client.portal
    assert sorted(client.portal.call(sweep)) == ["session_created", "session_renewed"]
