"""Starts a program as an engine starts it: another user, no capabilities, and Docker's ban on namespaces and mounts.

``python confine.py UID:GID yes|no COMMAND...``; ``yes`` leaves user namespaces to it, as ``seccomp=unconfined`` does.
"""

import ctypes
import os
import struct
import sys
from errno import ENOSYS, EPERM

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER, _DROP_BOUNDING = 38, 22, 2, 24
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER, _FIRST_ARGUMENT = 0, 16  # where struct seccomp_data has them
_CLONE, _MOUNT, _UNSHARE, _SETNS, _CLONE3 = 56, 165, 272, 308, 435  # x86-64
_NEW_NAMESPACES = 0x7E020000
_CAPABILITIES = 41


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _ban_namespaces(libc: ctypes.CDLL) -> None:
    """What Docker's own profile refuses to whoever has not CAP_SYS_ADMIN, of what a sandbox would ask for."""
    rules: list[tuple[int, int, int, int]] = [(_LOAD, 0, 0, _NUMBER)]
    for number, error in ((_MOUNT, EPERM), (_UNSHARE, EPERM), (_SETNS, EPERM), (_CLONE3, ENOSYS)):
        rules += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERROR | error)]
    rules += [(_EQUAL, 0, 3, _CLONE), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_ANY_BIT, 0, 1, _NEW_NAMESPACES)]
    rules += [(_RETURN, 0, 0, _ERROR | EPERM), (_RETURN, 0, 0, _ALLOW)]
    program = _Program(len(rules), b"".join(struct.pack("HBBI", *rule) for rule in rules))
    if libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "seccomp")


def main() -> None:
    user, namespaces, *command = sys.argv[1:]
    uid, gid = map(int, user.split(":"))
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(_CAPABILITIES):
        libc.prctl(_DROP_BOUNDING, capability, 0, 0, 0)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if namespaces == "no":
        _ban_namespaces(libc)
    os.execvp(command[0], command)  # its words are ours


if __name__ == "__main__":
    main()
