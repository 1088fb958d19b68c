"""Becomes another program after asking the kernel to end it with its parent and to bound what it may use.

Run as a script (``python -I -S guarded_exec.py PARENT_PID LIMITS -- PROGRAM ...``) and never imported: doing
this in a ``preexec_fn`` would run Python between fork and exec of a process that has threads.
"""

import ctypes
import json
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
ARGUMENTS_BEFORE_PROGRAM = 4


def main() -> None:
    """Set the death signal and limits, then exec the program. Exit code 127: no such program."""
    parent = int(sys.argv[1])
    limits: dict[str, int] = json.loads(sys.argv[2])
    command = sys.argv[ARGUMENTS_BEFORE_PROGRAM:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent died before the death signal was set
        sys.exit(1)
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, name), (most, most))
    try:
        os.execvp(command[0], command)  # noqa: S606 - becoming the given program is this script's purpose
    except OSError as error:
        sys.stderr.write(f"{command[0]}: {error.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    main()
