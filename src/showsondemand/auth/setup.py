"""The first administrator: made by whoever reads the log of the first start, by a link that it shows."""

import struct
from datetime import UTC, datetime, timedelta

from showsondemand import audit
from showsondemand.audit import Action, Target
from showsondemand.auth.credentials import keep_password
from showsondemand.auth.errors import SetupRefused
from showsondemand.auth.password_rules import refuse_weak_password
from showsondemand.auth.schemas import NewAccount
from showsondemand.auth.service import SignedIn
from showsondemand.auth.sessions import Device, begin_session
from showsondemand.auth.sign_in_limits import Ask, limit_asks
from showsondemand.config import Settings
from showsondemand.signing import KeyRing, from_text, is_signed, signature, to_text
from showsondemand.tokens import Role
from showsondemand.users import service as users
from showsondemand.wiring import Wiring

# docs/security.md, tokens. A later start shows another link.
_LIFETIME = timedelta(hours=24)
_PURPOSE = "setup"
_BODY = struct.Struct(">Q")


def setup_link(settings: Settings, keys: KeyRing) -> str:
    """A link that makes one account an admin, for a day, and only as long as there is no admin."""
    body = _BODY.pack(int((datetime.now(UTC) + _LIFETIME).timestamp()))
    code = to_text(body + signature(keys.key(_PURPOSE), body))
    return f"{settings.base_url}/admin/setup?code={code}"


async def set_up(wiring: Wiring, code: str, account: NewAccount, device: Device) -> SignedIn:
    """Makes the first admin and signs them in.

    Raises ``SetupRefused`` for a wrong or old code, and for ever once there is an admin; ``WeakPassword``,
    ``EmailTaken``, ``TooManyTries``.
    """
    await limit_asks(wiring.throttle, wiring.database, Ask.CODE, device.address)
    _refuse_wrong(wiring.keys, code)
    refuse_weak_password(account.password, email=account.email, name=account.name, role=Role.ADMIN)
    hashed = await wiring.hasher.hash(account.password)
    async with wiring.database.transaction() as session:
        if not await users.lacks_admin(session):
            raise SetupRefused
        user = await users.create_user(session, email=account.email, name=account.name)
        await keep_password(session, user.id, hashed)
        await audit.record(session, Action.USER_MADE, target=Target("user", user.id), actor=user.id)
        await users.set_role(session, user.id, Role.ADMIN)
        await audit.record(
            session,
            Action.ROLE_CHANGED,
            target=Target("user", user.id),
            actor=user.id,
            details={"before": None, "after": Role.ADMIN.value},
        )
        return SignedIn(user, Role.ADMIN, await begin_session(session, user.id, Role.ADMIN, device))


def _refuse_wrong(keys: KeyRing, code: str) -> None:
    try:
        data = from_text(code)
        body, given = data[: _BODY.size], data[_BODY.size :]
        (expires_at,) = _BODY.unpack(body)
    except (ValueError, struct.error) as error:
        raise SetupRefused from error
    if not is_signed(keys.key(_PURPOSE), body, given) or datetime.now(UTC).timestamp() >= expires_at:
        raise SetupRefused
