"""Becomes another program as somebody else, because PostgreSQL refuses to run as root.

Run as a script (``python -I -S become.py MEANS UID GID FOLDER -- PROGRAM ...``) and never imported: changing
identity in a ``preexec_fn`` would run Python between fork and exec of a process that has threads. MEANS is
``namespace``: this user, called UID in a new user namespace, where files keep their owner; ``user``: UID
instead of root; or ``user-with-reach``: UID, with root's way through folders that are closed to UID.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
ARGUMENTS_BEFORE_PROGRAM = 6
NOT_ALLOWED = 126


def enter_namespace(uid: int, gid: int) -> None:
    """Be ``uid`` inside of a new user namespace. Raises ``OSError`` where the kernel refuses."""
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are refused")
    process = Path("/proc/self")
    (process / "uid_map").write_text(f"{uid} {outer_uid} 1")
    (process / "setgroups").write_text("deny")
    (process / "gid_map").write_text(f"{gid} {outer_gid} 1")


def give_up_root(uid: int, gid: int) -> None:
    """Be ``uid`` for good, without root's groups."""
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def keep_reach() -> None:
    """Keep the capability that passes closed folders, also through exec. Raises ``OSError`` if not ours."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    effective_permitted_inheritable = (1 << CAP_DAC_OVERRIDE,) * 3
    sets = (ctypes.c_uint32 * 6)(*effective_permitted_inheritable)
    if (
        libc.capset(header, sets) != 0
        or libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0) != 0
    ):
        raise OSError(ctypes.get_errno(), "the capability to reach closed folders is refused")


def die_with(parent: int) -> None:
    """Set the death signal again, which changing identity clears; end now if the parent has already died."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def main() -> None:
    """Change identity, enter FOLDER, exec PROGRAM. Exit code 126: one of these is not allowed."""
    parent = os.getppid()
    means, uid, gid, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    command = sys.argv[ARGUMENTS_BEFORE_PROGRAM:]
    try:
        if means == "namespace":
            enter_namespace(uid, gid)
        elif means == "user-with-reach":
            ctypes.CDLL(None).prctl(PR_SET_KEEPCAPS, 1)
            give_up_root(uid, gid)
            keep_reach()
        else:
            give_up_root(uid, gid)
        os.chdir(folder)
        die_with(parent)
        os.execv(command[0], command)  # noqa: S606 - becoming the given program is this script's purpose
    except OSError as error:
        sys.stderr.write(f"error: as user {uid}: {error.strerror} {error.filename or ''}\n")
        sys.exit(NOT_ALLOWED)


if __name__ == "__main__":
    main()
