"""Runs the benchmarks of this folder in turn: ``python bench [NAME...]``, say ``python bench pipeline``.

Without names it runs all, and writes the tables of docs/benchmarks.md and README.md anew, from this one run. With names
it only prints: a document never mixes what different runs have found.
"""

import subprocess
import sys
from pathlib import Path

from record import circumstances, write_down

FOLDER = Path(__file__).parent
_NONE_ITSELF = ("__main__", "record")


def main() -> None:
    """Run those that were named, or all; each in a process of its own, so that none finds another's leftovers."""
    every = {path.stem: path for path in sorted(FOLDER.glob("*.py")) if path.stem not in _NONE_ITSELF}
    wanted = sys.argv[1:] or list(every)
    unknown = [name for name in wanted if name not in every]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(every)}")
    run = circumstances()
    print(run)
    told = {name: _told_by(name, every[name]) for name in wanted}
    failed = [name for name, said in told.items() if said is None]
    if failed:
        sys.exit(f"\n{', '.join(failed)} did not end well: nothing is written")
    if not sys.argv[1:]:
        write_down(run, {name: said or "" for name, said in told.items()})
        print("\nwritten to docs/benchmarks.md and README.md")


def _told_by(name: str, file: Path) -> str | None:
    """What a benchmark prints, shown as it comes; nothing where it fails, and the others are run all the same."""
    print(f"\n{name}", flush=True)
    said = []
    with subprocess.Popen([sys.executable, file], stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            said.append(line)
    return None if process.returncode else "".join(said)


if __name__ == "__main__":
    main()
