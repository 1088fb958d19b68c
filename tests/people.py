"""Accounts for tests: one call makes somebody and signs them in."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from fastapi.testclient import TestClient

from showsondemand.tokens import Role
from showsondemand.users import service as users
from showsondemand.wiring import Wiring

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Person:
    """Somebody with an account, signed in."""

    id: UUID
    email: str
    headers: dict[str, str]


class People:
    """Registers accounts through the app and gives them roles."""

    def __init__(self, client: TestClient, wiring: Wiring) -> None:
        self._client = client
        self._wiring = wiring
        self._numbers = count(1)

    def viewer(self) -> Person:
        return self.with_role(Role.VIEWER)

    def reviewer(self) -> Person:
        return self.with_role(Role.REVIEWER)

    def editor(self) -> Person:
        return self.with_role(Role.EDITOR)

    def admin(self) -> Person:
        return self.with_role(Role.ADMIN)

    def with_role(self, role: Role) -> Person:
        email = f"{role}{next(self._numbers)}@example.org"
        answer = self._client.post("/auth/register", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        user_id = UUID(answer.json()["user"]["id"])
        self._client.cookies.clear()
        if role is not Role.VIEWER:
            assert self._client.portal
            self._client.portal.call(self._set_role, user_id, role)
        return Person(user_id, email, {"Authorization": f"Bearer {answer.json()['accessToken']}"})

    async def _set_role(self, user_id: UUID, role: Role) -> None:
        async with self._wiring.database.transaction() as session:
            await users.set_role(session, user_id, role)
