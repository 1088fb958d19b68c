"""A program that reads a stranger's file is left with that file, a folder to write to, and nothing else."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from showsondemand import sandbox
from showsondemand.child_process import NO_LIMITS, Limits, Reach

# Says which of the attempts named on its command line succeed.
TRIAL = """
import json, os, socket, sys
given, folder, secret, port, process = sys.argv[1:]
def succeeds(attempt):
    try:
        attempt()
    except OSError:
        return False
    return True
print(json.dumps({name: succeeds(attempt) for name, attempt in {
    "reads what it was given": lambda: open(given).close(),
    "writes into its folder": lambda: open(folder + "/made", "w").close(),
    "renames what it wrote": lambda: os.rename(folder + "/made", folder + "/done"),
    "changes what it was given": lambda: open(given, "a").close(),
    "reads a secret": lambda: open(secret).close(),
    "reads the environment of others": lambda: open(f"/proc/{process}/environ").close(),
    "connects to a neighbour": lambda: socket.create_connection(("127.0.0.1", int(port)), 2).close(),
    "signals its parent": lambda: os.kill(int(process), 0),
    "reads who lives here": lambda: open("/etc/passwd").close(),
}.items()}))
"""
ALLOWED = ["reads what it was given", "writes into its folder", "renames what it wrote"]


@pytest.fixture(params=["bubblewrap", "the kernel alone"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way that this machine has; CI has both."""
    if request.param == "the kernel alone":
        monkeypatch.setattr(sandbox, "working_bubblewrap", lambda: None)
    elif sandbox.working_bubblewrap() is None and not os.environ.get("CI"):
        pytest.skip("needs bubblewrap, and a system that lets it work")
    else:
        assert sandbox.working_bubblewrap()


def run(words: list[str], reach: Reach, limits: Limits = NO_LIMITS) -> subprocess.CompletedProcess[str]:
    command = sandbox.confined(words, limits, reach)
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)


@pytest.mark.usefixtures("_way")
def test_it_reaches_its_file_and_its_folder_and_no_other_file_process_or_machine(tmp_path: Path) -> None:
    given, folder, secret = tmp_path / "film", tmp_path / "set", tmp_path / "secret"
    given.touch()
    folder.mkdir()
    secret.touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        places = [str(given), str(folder), str(secret), str(server.getsockname()[1]), str(os.getpid())]
        words = [sys.executable, "-I", "-S", "-c", TRIAL, *places]

        ended = run(words, Reach((*sandbox.of_python(), given), (folder,)))

    assert ended.returncode == 0, ended.stderr
    done = json.loads(ended.stdout)
    assert [name for name, succeeded in done.items() if succeeded] == ALLOWED
    assert [file.name for file in folder.iterdir()] == ["done"]


@pytest.mark.usefixtures("_way")
def test_an_interpreter_behind_a_chain_of_links_runs_our_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path(sys.executable).resolve()
    environment = tmp_path / "environment"
    environment.mkdir()
    (environment / "python").symlink_to("../linked")
    (tmp_path / "linked").symlink_to(real)
    monkeypatch.setattr(sys, "prefix", str(environment))
    monkeypatch.setattr(sys, "executable", str(environment / "python"))

    ended = run(
        [sys.executable, "-I", "-S", "-c", "import json; print(json.dumps(1))"], Reach(sandbox.of_python())
    )

    assert (ended.returncode, ended.stdout) == (0, "1\n"), ended.stderr


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGXFSZ, signal.SIGSEGV])
def test_what_a_signal_ended_says_so(number: signal.Signals) -> None:
    ended = run(["sh", "-c", f"kill -{number} $$"], Reach())

    assert sandbox.exit_code_of(ended.returncode) == -number


@pytest.mark.usefixtures("_way")
def test_its_limits_hold_inside(tmp_path: Path) -> None:
    ended = run(
        ["sh", "-c", "ulimit -n; ulimit -v"], Reach(), Limits(open_files=99, address_space_bytes=1 << 30)
    )

    assert ended.stdout.split() == ["99", str((1 << 30) // 1024)]


def test_a_bubblewrap_that_may_make_no_namespaces_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    sandbox.working_bubblewrap.cache_clear()

    found = sandbox.working_bubblewrap()
    sandbox.working_bubblewrap.cache_clear()

    assert shutil.which("bwrap") == str(refusing)
    assert found is None
