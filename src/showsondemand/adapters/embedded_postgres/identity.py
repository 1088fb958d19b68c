"""Who PostgreSQL runs as: ourselves where that will do, somebody else where we are root or have no name."""

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from showsondemand.adapters.embedded_postgres.errors import CannotRunHere
from showsondemand.child_process import guarded

_BECOME = Path(__file__).with_name("become.py")
_ROOT = 0
_OVERFLOW = 65534  # what a user namespace calls everybody it does not know


class Means(StrEnum):
    """How a child process comes to run as somebody; but for the first, these are words of ``become.py``."""

    OURSELVES = "ourselves"
    NAMESPACE = "namespace"
    USER = "user"
    USER_WITH_REACH = "user-with-reach"


@dataclass(frozen=True)
class Identity:
    """Somebody that PostgreSQL agrees to run as. ``uid`` and ``gid`` count inside the namespace, if any."""

    means: Means
    uid: int
    gid: int

    def command(self, command: Sequence[str], folder: Path) -> list[str]:
        """``command`` run as this somebody in ``folder``, dying with the thread that starts it."""
        if self.means is Means.OURSELVES:
            return guarded(command)
        become = [sys.executable, "-I", "-S", str(_BECOME), self.means, str(self.uid), str(self.gid)]
        return guarded([*become, str(folder), "--", *command])

    def take(self, tree: Path) -> None:
        """Gives ``tree`` to this somebody, its top last: cut short, the next call does it again."""
        if self.means not in (Means.USER, Means.USER_WITH_REACH) or tree.stat().st_uid == self.uid:
            return
        for folder, _, files in os.walk(tree, topdown=False):
            for path in (*(Path(folder, name) for name in files), Path(folder)):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)


def identity_for(cluster: Path, *, allow_namespaces: bool) -> Identity:
    """Who shall run the cluster at ``cluster``, which need not be there yet.

    Raises ``CannotRunHere`` where there is no such somebody.
    """
    us = os.geteuid()
    owner = cluster.stat() if cluster.exists() else None
    if us == _ROOT:
        return _for_root(cluster.parent, owner, allow_namespaces=allow_namespaces)
    if owner is not None and owner.st_uid != us:
        raise CannotRunHere(f"{cluster} belongs to {name_of(owner.st_uid)}, not to {name_of(us)}")
    if _has_name(us):
        return Identity(Means.OURSELVES, us, os.getegid())
    if allow_namespaces and (inner := _in_a_namespace()) is not None:
        return inner
    raise CannotRunHere(f"the user {us} has no name in /etc/passwd and may not make a user namespace")


def _for_root(folder: Path, owner: os.stat_result | None, *, allow_namespaces: bool) -> Identity:
    """Root's own cluster runs in a user namespace, else as the user nobody; another user's as that user."""
    is_roots_own = owner is None or owner.st_uid == _ROOT
    if is_roots_own and allow_namespaces and (inner := _in_a_namespace()) is not None:
        return inner
    nobody = _nobody()
    if owner is not None and owner.st_uid not in (_ROOT, nobody.uid):
        return Identity(Means.USER, owner.st_uid, owner.st_gid)
    if _can_be(nobody, folder):
        return nobody
    # A folder that nobody can reach is one where no other process of that user can tamper with the settings
    # of a server that reaches more than they do.
    with_reach = replace(nobody, means=Means.USER_WITH_REACH)
    if _can_be(with_reach, folder):
        return with_reach
    raise CannotRunHere(
        "PostgreSQL refuses to run as root, user namespaces are refused, and the user nobody cannot reach "
        f"{folder}: move DATA_DIR to where everybody may pass"
    )


def _in_a_namespace() -> Identity | None:
    """Ourselves under the name of any ordinary user (initdb asks for a name), or ``None`` where refused."""
    ordinary = next((user for user in pwd.getpwall() if user.pw_uid not in (_ROOT, _OVERFLOW)), None)
    if sys.platform != "linux" or ordinary is None:
        return None
    inner = Identity(Means.NAMESPACE, ordinary.pw_uid, ordinary.pw_gid)
    return inner if _can_be(inner, Path("/")) else None


def _nobody() -> Identity:
    try:
        user = pwd.getpwnam("nobody")
    except KeyError as missing:
        raise CannotRunHere(
            "PostgreSQL refuses to run as root, and there is no user nobody to run it as"
        ) from missing
    return Identity(Means.USER, user.pw_uid, user.pw_gid)


def _can_be(identity: Identity, folder: Path) -> bool:
    """Whether the kernel lets us run a program as ``identity`` in ``folder``."""
    attempt = identity.command(["/bin/sh", "-c", ":"], folder)
    return subprocess.run(attempt, check=False, capture_output=True).returncode == 0  # noqa: S603 - a fixed command


def _has_name(uid: int) -> bool:
    return name_of(uid) != str(uid)


def name_of(uid: int) -> str:
    """The user's name, or the number where there is no name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
