"""Becomes another program after asking the kernel to end it with its parent and to bound what it may use and reach.

Run as a script (``python -I -S guarded_exec.py PARENT_PID ORDERS -- PROGRAM ...``) and never imported: doing
this in a ``preexec_fn`` would run Python between fork and exec of a process that has threads. Of what keeps a
program from files and network, each part is taken where this kernel offers it, and done without where it does not.
"""

import ctypes
import json
import os
import resource
import signal
import stat
import sys
from contextlib import suppress

PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 24, 38
CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
# Root may go on reading what belongs to others: which files these are is Landlock's to say.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAPABILITIES = 1, 2, 64
ARGUMENTS_BEFORE_PROGRAM = 4

# Landlock, linux/landlock.h: the numbers are the same on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, RULE_PATH_BENEATH = 1, 1
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
REMOVE_DIR, REMOVE_FILE, MAKE_DIR, MAKE_REG, TRUNCATE = 1 << 4, 1 << 5, 1 << 7, 1 << 8, 1 << 14
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
READING = EXECUTE | READ_FILE | READ_DIR
WRITING = READ_FILE | READ_DIR | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | TRUNCATE
# Version: how many rights over files it knows; over TCP from 4 on, over signals and abstract sockets from 6 on.
RIGHTS_BY_VERSION = {1: 13, 2: 14, 3: 15, 4: 15}
RIGHTS_SINCE_5 = 16
TCP_VERSION, SCOPES_VERSION = 4, 6
EVERY_TCP, EVERY_SCOPE = 0b11, 0b11


class Ruleset(ctypes.Structure):
    """``struct landlock_ruleset_attr``; an older kernel is given the beginning that it knows."""

    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class PathRule(ctypes.Structure):
    """``struct landlock_path_beneath_attr``."""

    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def main() -> None:
    """Follow the orders, then exec the program. Exit code 127: no such program."""
    parent = int(sys.argv[1])
    orders = json.loads(sys.argv[2])
    command = sys.argv[ARGUMENTS_BEFORE_PROGRAM:]
    reach = orders["reach"]
    is_linux = sys.platform == "linux"
    libc = ctypes.CDLL(None, use_errno=True)
    if is_linux and reach is not None:
        leave_the_network(libc)
    if is_linux:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the death signal was set
        sys.exit(1)
    for name, most in orders["limits"].items():
        resource.setrlimit(getattr(resource, name), (most, most))
    if is_linux and reach is not None:
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        see_only(libc, dict.fromkeys(reach["reads"], READING) | dict.fromkeys(reach["writes"], WRITING))
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and what is ignored stays so
        signal.signal(number, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)  # noqa: S606 - becoming the given program is this script's purpose
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(127)


def leave_the_network(libc: ctypes.CDLL) -> None:
    """Into a network with nobody in it: as root directly, else by way of a user namespace."""
    apart = CLONE_NEWNET | CLONE_NEWIPC
    if libc.unshare(apart) != 0:
        libc.unshare(apart | CLONE_NEWUSER)
    for capability in set(range(CAPABILITIES)) - {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}:
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def see_only(libc: ctypes.CDLL, allowed: "dict[str, int]") -> None:
    """Leaves only these files and folders, each with its rights, by Landlock where this kernel has it."""
    version = libc.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return
    known = (1 << RIGHTS_BY_VERSION.get(version, RIGHTS_SINCE_5)) - 1
    ruleset = Ruleset(known, EVERY_TCP, EVERY_SCOPE)
    size = 8 * (1 + (version >= TCP_VERSION) + (version >= SCOPES_VERSION))
    rules = libc.syscall(CREATE_RULESET, ctypes.byref(ruleset), size, 0)
    if rules < 0:
        return
    for name, rights in allowed.items():
        with suppress(OSError):
            add_rule(libc, rules, name, rights & known)
    libc.syscall(RESTRICT_SELF, rules, 0)
    os.close(rules)


def add_rule(libc: ctypes.CDLL, rules: int, name: str, rights: int) -> None:
    """Grants ``rights`` over what is called ``name`` and all below it. Raises ``OSError`` where it is not there."""
    handle = os.open(name, os.O_PATH)
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= OF_A_FILE
        libc.syscall(ADD_RULE, rules, RULE_PATH_BENEATH, ctypes.byref(PathRule(rights, handle)), 0)
    finally:
        os.close(handle)


if __name__ == "__main__":
    main()
